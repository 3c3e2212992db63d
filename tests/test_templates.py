"""The program's own templates for new posts: each makes a sound draft."""

import datetime
import shutil

import pytest
import yaml

from editor import resources
from editor.settings import Settings
from editor.site.find import open_site
from editor.site.new_post import new_post, templates

TEMPLATES = sorted(path.stem for path in resources.path("templates").glob("*.md"))
TITLE = 'Two words: "yes" & no'


@pytest.fixture
def site(tmp_path):
    return open_site(shutil.copytree(resources.path("demo-site"), tmp_path / "site"), Settings.load())


def test_they_are_offered(site):
    assert set(TEMPLATES) <= set(templates(site))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_makes_a_draft(site, name):
    path, text = new_post(site, TITLE, template=name, today=datetime.date(2026, 11, 23))
    assert path.is_relative_to(site.root)
    _, block, body = text.split("---\n", 2)
    values = yaml.safe_load(block)
    assert values["title"] == TITLE
    assert values["date"] == datetime.date(2026, 11, 23)
    assert values["draft"] is True
    assert "<!-- more -->" in body
    assert "{{" not in text
    assert text.endswith("\n")

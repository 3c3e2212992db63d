"""What is called broken is broken in the site that the real generator builds, and nothing else is.

Skipped where a generator is not installed (see tests/end_to_end/published/programs.py).
"""

from collections import Counter

import pytest

from tests.end_to_end.links.__main__ import followed
from tests.end_to_end.links.sites import ALL
from tests.end_to_end.published.programs import GeneratorError, program

_PATIENCE = 300


@pytest.mark.timeout(_PATIENCE)
@pytest.mark.parametrize("name", ALL)
def test_verdicts_are_those_of_the_built_site(name, tmp_path):
    planted = ALL[name]
    if planted.generator == "mkdocs":
        pytest.importorskip("material")
    else:
        try:
            program(planted.generator)
        except GeneratorError as error:
            pytest.skip(str(error))
    site = tmp_path / "given"
    for path, text in planted.files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    links = list(followed(site, planted.generator, scratch))
    assert [
        (link.href, link.truth, link.said)
        for link in links
        if link.said is not None and link.truth is not link.said
    ] == []
    assert Counter(link.href for link in links if not link.truth) == Counter(planted.broken)
    assert [link.href for link in links if link.said is None and not link.truth] == []
    assert [link.href for link in links if link.told is link.truth] == []

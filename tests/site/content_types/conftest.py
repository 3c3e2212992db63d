from pathlib import Path

import pytest

from editor.site.content_types.site_types import SiteTypes, read_site_types


@pytest.fixture
def types_of(tmp_path, write):
    """Read what the files of a site say: a text by path below the site."""

    def read(files: dict[str, str]) -> SiteTypes:
        return read_site_types(write(tmp_path, files))

    return read


@pytest.fixture
def fields_of(tmp_path, types_of):
    """Read files, and give the fields, by key, that they declare for one post."""

    def read(files: dict[str, str], post: str = "post.md", **values):
        site_types = types_of(files)
        assert [problem.located() for problem in site_types.problems] == []
        [declared] = site_types.of(tmp_path / Path(post), values)
        return {field.key: field for field in declared.type.fields}

    return read

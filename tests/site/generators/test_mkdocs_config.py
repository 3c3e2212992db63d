import pytest

from editor.errors import SiteError
from editor.site.generators import mkdocs_config


def _parse(text, path):
    return mkdocs_config.parse(text.encode(), path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mkdocs.yml"


def test_python_objects_stay_descriptions(path):
    values, problems = _parse(
        "a: !!python/name:material.extensions.emoji.twemoji\n"
        "b: !!python/name:x.y ''\n"
        "c: !!python/object/apply:pymdownx.slugs.slugify\n  kwds: {case: lower}\n"
        "d: !!python/object/apply:f [1, {e: !!python/name:g.h }]\n"
        "e: !!python/tuple [1, 2]\n",
        path,
    )
    assert not problems
    assert values == {
        "a": {"$python": "material.extensions.emoji.twemoji"},
        "b": {"$python": "x.y"},
        "c": {"$python": "pymdownx.slugs.slugify", "args": [], "kwds": {"case": "lower"}},
        "d": {"$python": "f", "args": [1, {"e": {"$python": "g.h"}}], "kwds": {}},
        "e": [1, 2],
    }


def test_nothing_is_run(path, tmp_path):
    target = tmp_path / "made"
    values, _problems = _parse(f"a: !!python/object/apply:pathlib.Path.touch ['{target}']\n", path)
    assert values["a"]["$python"] == "pathlib.Path.touch"
    assert not target.exists()


def test_environment(path, monkeypatch):
    monkeypatch.setenv("COPYDESK_TEST_A", "true")
    monkeypatch.setenv("COPYDESK_TEST_B", "12")
    monkeypatch.delenv("COPYDESK_TEST_C", raising=False)
    values, problems = _parse(
        "a: !ENV COPYDESK_TEST_A\nb: !ENV [COPYDESK_TEST_C, COPYDESK_TEST_B, x]\n"
        "c: !ENV COPYDESK_TEST_C\nd: !ENV [COPYDESK_TEST_C, false]\ne: !ENV [COPYDESK_TEST_C]\n",
        path,
    )
    assert values == {"a": True, "b": 12, "c": None, "d": False, "e": None}
    assert not problems


def test_relative_folders(path):
    values, _problems = _parse("a: !relative $docs_dir/x\nb: !relative\n", path)
    assert values == {"a": {"$relative": "$docs_dir/x"}, "b": {"$relative": ""}}


def test_unknown_tags_are_reported_with_their_place(path):
    values, problems = _parse("a: 1\nb:\n  - !!python/object:os.x {}\n  - !what 2\n", path)
    assert values == {"a": 1, "b": [None, None]}
    assert [(problem.line, problem.column) for problem in problems] == [(3, 5), (4, 5)]
    assert "!what" in problems[1].message


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(n)}: &{chr(n)} [{', '.join([f'*{chr(n - 1)}'] * 10)}]\n" for n in range(ord("b"), ord("j"))
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b: c", (1, 5)),
        ("a: 1\nb: [1\n", (3, 1)),
        ("a: 1\nb: \x07\n", (2, 4)),
        ("- a\n", (1, None)),
        ("? [a]\n: b\n", (1, 3)),
        ("a: &a [*a]\n", (1, 4)),
        ("a: " + "[" * 500, (1, 103)),
        (LAUGHS, (1, 1)),
    ],
    ids=["colon", "open list", "control character", "list", "key", "loop", "deep", "laughs"],
)
def test_what_is_no_configuration_says_where(path, text, place):
    with pytest.raises(SiteError) as caught:
        _parse(text, path)
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.path == path


@pytest.mark.parametrize("data", [b"a: 2024-13-45\n", b"a: 1\nb: \xff\n", b"a" * 3_000_000])
def test_bad_bytes_are_told(path, data):
    with pytest.raises(SiteError):
        mkdocs_config.parse(data, path)


def test_inheritance_merges_maps_and_replaces_the_rest(tmp_path, write):
    write(
        tmp_path,
        {
            "base.yml": "INHERIT: ../root.yml\ntheme: {name: material, palette: {primary: red}}\nplugins: [a, b]\n",
            "site/mkdocs.yml": "INHERIT: ../base.yml\ntheme: {palette: {accent: blue}}\nplugins: [c]\n",
        },
    )
    (tmp_path.parent / "root.yml").write_text("site_name: Root\n", "utf-8")
    read = mkdocs_config.read(tmp_path / "site/mkdocs.yml")
    assert read.values["theme"] == {"name": "material", "palette": {"primary": "red", "accent": "blue"}}
    assert read.values["plugins"] == ["c"]
    assert read.values["site_name"] == "Root"
    assert "INHERIT" not in read.values
    assert read.files == (tmp_path / "site/mkdocs.yml", tmp_path / "base.yml", tmp_path.parent / "root.yml")
    assert read.values["docs_dir"] == str(tmp_path / "site/docs")


def test_inheritance_stays_inside(tmp_path, write):
    write(tmp_path, {"base.yml": "site_name: Outside\n", "site/mkdocs.yml": "INHERIT: ../base.yml\n"})
    read = mkdocs_config.read(tmp_path / "site/mkdocs.yml", inside=tmp_path / "site")
    assert "site_name" not in read.values
    assert read.files == (tmp_path / "site/mkdocs.yml",)
    assert "base.yml" in read.problems[0].message


def test_a_link_does_not_lead_outside(tmp_path, write):
    write(tmp_path, {"base.yml": "site_name: Outside\n", "site/mkdocs.yml": "INHERIT: base.yml\n"})
    (tmp_path / "site/base.yml").symlink_to(tmp_path / "base.yml")
    assert mkdocs_config.read(tmp_path / "site/mkdocs.yml", inside=tmp_path / "site").problems


@pytest.mark.parametrize(
    "files", [{"mkdocs.yml": "INHERIT: mkdocs.yml\n"}, {"mkdocs.yml": "INHERIT: none.yml\n"}]
)
def test_inheritance_that_leads_nowhere(tmp_path, write, files):
    write(tmp_path, files)
    with pytest.raises(SiteError):
        mkdocs_config.read(tmp_path / "mkdocs.yml")


def test_an_error_in_an_inherited_file_names_that_file(tmp_path, write):
    write(tmp_path, {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "a: 1\nb: c: d\n"})
    with pytest.raises(SiteError) as caught:
        mkdocs_config.read(tmp_path / "mkdocs.yml")
    assert caught.value.located().startswith(f"{tmp_path / 'base.yml'}:2:5: ")

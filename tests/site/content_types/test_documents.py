import pytest

from editor.errors import SiteError
from editor.site.content_types.documents import read_document


@pytest.fixture
def read(tmp_path):
    def document(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_document(path)

    return document


def test_json_as_editors_allow_it(read):
    lines = [
        "{",
        "  // why",
        '  "a": [',
        '    {"b": "x // no, ]",},',
        "    /* a,",
        ' */ {"b": [1, 2,]},',
        "  ],",
    ]
    text = "\n".join([*lines, '  "c": {"d,}": 1},', "}", ""])
    document = read("a.json", text)
    assert document.values == {"a": [{"b": "x // no, ]"}, {"b": [1, 2]}], "c": {"d,}": 1}}
    assert document.line("a") == 3
    assert document.line("a", 0, "b") == 4
    assert document.line("a", 1) == 6
    assert document.line("a", 1, "b", 1, "deeper") == 6
    assert document.line("c", "d,}") == 8
    assert document.line("nothing") is None


def test_yaml_with_anchors_and_merges(read):
    text = "base: &b\n  kind: x\nlist:\n  - <<: *b\n    name: one\n\n  - name: two\n"
    document = read("a.yml", text)
    assert document.values["list"][0] == {"kind": "x", "name": "one"}
    assert document.line("list", 0, "name") == 5
    assert document.line("list", 0, "kind") == 4
    assert document.line("list", 1) == 7


def test_toml_with_tables_of_every_kind(read):
    text = '# first\n[a]\nb = 1\n\n[a.c."d.e"]\nf = """\n[a.b]\ng = 1\n"""\n[a.h]\ni.j = 2\n'
    document = read("a.toml", text)
    assert document.values["a"]["h"] == {"i": {"j": 2}}
    assert document.line("a", "b") == 3
    assert document.line("a", "c", "d.e") == 5
    assert document.line("a", "c", "d.e", "f") == 6
    assert document.line("a", "h", "i", "j") == 11


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_do_not_depend_on_their_ends(read, ending):
    assert read("a.yml", f"a: 1{ending}b: 2{ending}c: 3{ending}").line("c") == 3
    assert read("a.json", ending.join(["{", '"a": 1,', '"b": 2', "}"])).line("b") == 3


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.json", '{\n"a": 1\n"b": 2\n}', 3),
        ("a.json", "[1, 2]", 1),
        ("a.json", "", 1),
        ("a.yml", "a: 1\nb: [\n", None),
        ("a.yml", "a: 1\n\tb: 2\n", 2),
        ("a.yml", "a: !!python/object:os.system x\n", 1),
        ("a.yml", "- a\n", 1),
        ("a.yml", "when: 2024-02-31\n", None),
        ("a.toml", "a = 1\na = 2\n", None),
        ("a.toml", "a = \n", 1),
        ("a.yml", b"a: caf\xe9\n", 1),
    ],
)
def test_what_is_wrong_has_its_line(read, tmp_path, name, text, line):
    with pytest.raises(SiteError) as caught:
        read(name, text)
    assert caught.value.path == tmp_path / name
    if line is not None:
        assert caught.value.line == line


def test_an_empty_file_says_nothing(read):
    assert read("a.yml", "# nothing yet\n").values == {}
    assert read("a.toml", "").values == {}


def test_nothing_is_too_deep_or_too_much(read):
    with pytest.raises(SiteError):
        read("a.json", "[" * 100_000)
    with pytest.raises(SiteError):
        read("a.yml", "a: " + "[" * 100_000)
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    with pytest.raises(SiteError, match="aliases"):
        read("a.yml", bomb)
    with pytest.raises(SiteError, match="contains itself"):
        read("b.yml", "a: &a\n  b: *a\n")

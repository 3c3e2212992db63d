"""How configuration files, globs, YAML of other readers and literals of JavaScript are read."""

import time

import pytest

from editor.errors import SiteError
from editor.site.generators import globs
from editor.site.generators.data_files import lowered, read_data
from editor.site.generators.js_literals import Script, Unread, readable
from editor.site.generators.yaml_values import load_yaml


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.toml", "x = 1\ny =\n", 2),
        ("a.yaml", "x: 1\ny: [\n", 3),
        ("a.json", '{"x": 1,\n}', 2),
        ("a.toml", b"x = '\xff'", 1),
        ("a.json", "[1]", None),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_place(tmp_path, name, text, line):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SiteError) as told:
        read_data(file)
    assert (told.value.path, told.value.line) == (file, line)


def test_keys_are_lowered_at_every_depth():
    assert lowered({"A": [{"bC": 1}], "D": {"E": "F"}}) == {"a": [{"bc": 1}], "d": {"e": "F"}}


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("**/*.md", "a/b/c.md", True),
        ("**/*.md", "c.md", True),
        ("*.md", "a/c.md", False),
        ("**/[!_]*.{md,mdx}", "a/c.mdx", True),
        ("**/[!_]*.{md,mdx}", "a/_c.md", False),
        ("/{posts,posts/**}", "/posts/deep/one", True),
        ("/{posts,posts/**}", "/postscript", False),
        ("a?c", "abc", True),
        ("[", "[", True),
        ("posts/**", "posts/a", True),
    ],
)
def test_globs(pattern, path, found):
    assert globs.matches(pattern, path) is found


def test_yaml_of_other_readers():
    source = "a: yes\nb: 012\nc: 12:30\nd: 2024-01-31\ne: True\nf: ~\ng: 1_000\nh: 1.5\ni: 0x1F\nj: 'no'\n"
    values = load_yaml(source, dates=False)
    assert values == {
        "a": "yes",
        "b": 12,
        "c": "12:30",
        "d": "2024-01-31",
        "e": True,
        "f": None,
        "g": "1_000",
        "h": 1.5,
        "i": 31,
        "j": "no",
    }
    assert load_yaml("d: 2024-01-31", dates=True)["d"].year == 2024
    assert load_yaml("d: 2024-01-31 09:05", dates=True)["d"] == "2024-01-31 09:05"


def test_a_key_that_is_there_twice_is_refused():
    with pytest.raises(Exception, match="twice"):
        load_yaml("a:\n  b: 1\n  b: 2\n", dates=True)


def test_literals():
    script = Script(
        """
        // const no = "comment";
        import thing from "thing"
        const site = `https://example.org`, sub = "/a" + '/b'
        const quote = /["']/g;
        export default defineConfig({
          site, base: sub, port: -4321, on: true, none: null, list: ["a", 'b\\u0021',],
          computed: process.env.X ?? "/", ...rest, [key]: 1, "quo-ted": `x${y}`,
          method() { return { dir: "no" } }, deep: { er: { e: 1.5 } },
        } satisfies Config);
        """
    )
    found = script.exported()
    assert readable(found) == {
        "site": "https://example.org",
        "base": "/a/b",
        "port": -4321,
        "on": True,
        "none": None,
        "list": ["a", "b!"],
        "deep": {"er": {"e": 1.5}},
    }
    assert isinstance(found["computed"], Unread)
    assert found["computed"].line == 8


def test_calls_and_returns():
    script = Script(
        'module.exports = (c) => {\n  c.addPassthroughCopy({ "a": "b" }, { mode: m });\n'
        '  c.amend("x", (d) => { if (d.draft) { return false } });\n  return { dir: { input: "src" } };\n};\n'
    )
    [call] = script.calls("addPassthroughCopy")
    assert call.arguments[0] == {"a": "b"}
    assert isinstance(call.arguments[1]["mode"], Unread)
    assert list(script.returned()) == [{"dir": {"input": "src"}}]
    [amend] = script.calls("amend")
    assert "return false" in amend.source


@pytest.mark.parametrize(
    "source", ["a(" * 50_000, "[" * 100_000, "{a:" * 60_000, "const x = (" * 15_000, "`" * 99_999]
)
def test_a_hostile_script_takes_no_time(source):
    start = time.process_time()
    script = Script(source)
    script.exported()
    list(script.calls("a"))
    list(script.returned())
    assert time.process_time() - start < 10

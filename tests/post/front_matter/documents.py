"""Random posts with front matter, made of fields whose places are known without the code under test."""

import datetime
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
AWKWARD = st.sampled_from(
    [
        "no", "y", "On", "~", "null", "", " ", "a ", " a", "12:30", "1.10", "1e3", "0o14", "0x1F", "1_000", "1,000",
        "2024-01-01", "2013-06-27 11:00:01 +0000", "@x", "`x", "- a", "-", "-a", "? a", ":a", "a: b", "a:", "a #b",
        "#a", "a,b", "[a]", "{a}", "&a", "*a", "!a", "|", ">", "%a", "'", '"', "it's \"so\"", "\\", "a\tb", "\t",
        "---", "...", "--- a", "=", "<<", ".inf", "a\nb", "a\n", "\na", "a\n\n b\n", "\u2028", "\x85", "\ufeff",
        "\x7f", "é\U0001f600", "\xa0a", "a\r\nb", "a\rb", "+++", "# a\nb", "  a\nb", "a\n---\nb",
    ]
)  # fmt: skip
TEXTS = AWKWARD | WORDS
ZONES = st.sampled_from([None, datetime.UTC, datetime.timezone(datetime.timedelta(hours=-5, minutes=-30))])
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.dates(datetime.date(1000, 1, 1))
    | st.datetimes(datetime.datetime(1000, 1, 1), timezones=ZONES)
)
KEYS = st.sampled_from(["title", "x", "on", "1", "a key", "a.b", "date", "k-1", "é", "~", "a: b", "#"])


@dataclass(frozen=True)
class Chunk:
    """Some lines of the front matter: a field, or what stands between fields."""

    text: str
    key: str | None = None


def chunks(
    fields: "st.SearchStrategy[tuple[str, str]]", between: list[str]
) -> "st.SearchStrategy[list[Chunk]]":
    """Return lists of fields with distinct keys, comments and blank lines between them."""
    some = st.lists(fields, unique_by=lambda field: field[0], max_size=5)
    gaps = st.lists(st.sampled_from(["", "", "", *between]), min_size=6, max_size=6)

    def woven(parts: Any) -> list[Chunk]:
        known, gap = parts
        made = [Chunk(gap[0])]
        for index, (key, text) in enumerate(known):
            made += [Chunk(text, key), Chunk(gap[index + 1])]
        return made

    return st.tuples(some, gaps).map(woven)


def _joined(parts: Any) -> tuple[str, list[Chunk]]:
    (fence, closing), made, ending, body = parts
    made = [Chunk(chunk.text.replace("\n", ending), chunk.key) for chunk in made]
    inner = "".join(chunk.text for chunk in made)
    return f"{fence}{ending}{inner}{closing}{ending}{body}", made


def posts(
    fences: list[tuple[str, str]], made: "st.SearchStrategy[list[Chunk]]"
) -> "st.SearchStrategy[tuple[str, list[Chunk]]]":
    """Return posts, each with its chunks."""
    bodies = st.sampled_from(["", "Body", "\n# T\n\ntext\r\n\n---\n", "\r\n\u2028 \x0c"])
    return st.tuples(st.sampled_from(fences), made, st.sampled_from(["\n", "\r\n"]), bodies).map(_joined)


_YAML_KEYS = {"a": "a", "b": '"b"', "c": "'c'", "no": "no", "2": "2", "d e": "d e", "f.g": "f.g"}
_YAML_VALUES = [
    " plain # c\n", ": \n"[1:], "\n", "   # only a comment\n", " 'it''s'\n", ' "q \\" # no"   # c\n', " true\n",
    " yes\n", " 1.10\n", " 2024-01-01\n", " 2024-02-30\n", " 2024-01-01T10:00:00Z # t\n", " ~\n", " one\n  two\n",
    ' "one\n  two"\n', "\n  on the next line\n", " # c\n  below\n", " >-\n  one two\n  three\n",
    " |\n  one\n   two\n\n  three\n", " | # c\n  one\n\n\n", " |2-\n   x\n", " ! 'tagged'\n", " !own x\n",
    " []\n", " [ ]\n", " [x, 'y', \"z\"] # c\n", " [x,y,]\n", " [ x , y ]\n",
    " [\n  x, # one\n  y # two\n  ]\n", " [\n  x,\n  y,\n  ]\n", " [x, y,\n   z]\n", "\n  - x\n  - y # c\n",
    "\n- x\n-   'y'\n", "\n  - x\n  # comment\n  - y\n\n", "\n  -\n  - # c\n    z\n", "\n  - k: 1\n    l: [2]\n  - m\n",
    "\n  - 'x'\n  - 'y'\n", " {}\n", " {k: 1, l: 'm'} # c\n", "\n  k: 1 # c\n\n  # c\n  l:\n    - m\n  n: {o: p}\n",
    "\n  k: |\n    text\n", "\n    k:\n", " \U0001f600\U0001f600 # \U0001f600\n", " 12:30  \n", " =\n",
]  # fmt: skip
YAML_FIELDS = st.tuples(st.sampled_from(sorted(_YAML_KEYS)), st.sampled_from(_YAML_VALUES)).map(
    lambda field: (field[0], _YAML_KEYS[field[0]] + ":" + field[1])
)
YAML_POSTS = posts(
    [("---", "---"), ("---  ", "...\t"), ("---", "--- ")],
    chunks(YAML_FIELDS, ["# note\n", "\n", "\n# n\n\n", "  # i\n"]),
)

_TOML_KEYS = {"a": "a", "b": '"b"', "c": "'c'", "d": "d.e.f", "no": "no", "2": "2"}
_TOML_VALUES = [
    '"x" # c', "'x'#c", '"a \\" # b"', "''' \nt = 'no'\n[x]\n'''", '"""\nt = "no" # x\n\\"""" # c', "true", "1.10",
    "1_000", "0xFF", "inf", "2024-01-01", "2024-01-01 10:00:00", "2024-01-01T10:00:00Z", "10:00:00", "[]", "[ ]",
    '["x"]', '["x", \'y\',] # c', '[\n  "x", # one, two\n  "y" # two\n]', '[\n  "x",\n  "y",\n]', '["x",\n "y"]',
    '[["]", 1], [2]]', "{}", '{ x = "}", y.z = [1] } # c',
]  # fmt: skip
TOML_FIELDS = st.tuples(st.sampled_from(sorted(_TOML_KEYS)), st.sampled_from(_TOML_VALUES)).map(
    lambda field: (field[0], f"{_TOML_KEYS[field[0]]} = {field[1]}\n")
)
_TOML_TABLES = {
    "": None,
    "[t]\nx = 1\n": "t",
    '\n# c\n[t]\n\n[t.u]\na = "x"\n': "t",
    "[[s]]\na = 1\n[[s]]\na = 2\n": "s",
}
TOML_POSTS = posts(
    [("+++", "+++"), ("+++ ", "+++\t")],
    st.tuples(
        chunks(TOML_FIELDS, ["# note\n", "\n", "\n# n\n\n"]), st.sampled_from(sorted(_TOML_TABLES))
    ).map(lambda parts: [*parts[0], Chunk(parts[1], _TOML_TABLES[parts[1]])]),
)

"""Feed random texts to what reads posts: `python -m tests.hostile.fuzz TARGET --minutes 10 [--seed N]`.

TARGET is a reader of front matter (`yaml`, `toml`, `json`, `pelican`, `multimarkdown`, `nikola`, `hugo`, `hexo`,
`content`: by content alone), or what cuts a page (`splitter`, `cutter`, `html`, `body`). Prints how many texts, of which
seeds, and the longest time that one took. Ends with 1 at the first text that makes it crash, take too long, or change
what it must not; the text is made as small as it goes first.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

LIMIT = 3.0
"""s of the processor that one text of some kB may take."""

_PIECES = [
    "\n", "\r\n", "\r", " ", "  ", "    ", "\t", "---", "---\n", "+++", "+++\n", ";;;", "...", "\n---\n", "\n+++\n",
    "a: ", "title: x\n", "date: 2024-01-01\n", "tags: [a, b]\n", "- ", "? ", ": ", "&a ", "*a", "<<: *a", "!!python/name:os.system ",
    "!x ", "|", ">", "|2-", "'", '"', "\\", "[", "]", "{", "}", ",", "#", "%", "@", "`", "=", "a = ", "[[a]]\n", "[a]\n", "'''", '"""',
    "0x", "1e999999", "9" * 400, "1_0", "nan", "inf", "true", "null", "2024-02-30", "\\u0000", "\\ud800", "\0", "\x85", "\u2028",
    "\ufeff", "\ufffe", "\x1b", "\x7f", "\u202e", "\U0001f600", "\ud800", ".. title: x\n", ".. ", "<!--", "-->", "```", "~~~", "```\n",
    "<div>", "</div>", "<div markdown>", "<pre>", "<script>", "<!", "<?", "<![CDATA[", "<a href='", "&amp;", "> ", "1. ", "* ", "!!! note\n",
    '=== "A"\n', "??? x\n", "[^1]: ", "[x]: /u\n", "[^1]", "*[A]: b\n", "| a | b |\n", "|--|--|\n", ": d\n", "{: .a }", "{{", "}}", "{%", "%}",
    "$$", "--8<--", "# ", "## x\n", "***", "__", "**", "<b x='", "word", "x" * 90, "é", "\xa0", "Key: value\n", "Key:\n    more\n",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=40).map("".join)
"""Texts of what such texts are made of, in any order."""


def _fenced(fence: str, closing: str | None = None) -> "st.SearchStrategy[str]":
    return TEXTS.map(lambda text: f"{fence}\n{text}\n{closing or fence}\nbody\n") | TEXTS.map(
        lambda text: f"{fence}\n{text}"
    )


class Slow(Exception):
    """A text took longer than LIMIT."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Slow where what is inside takes more time of the processor; in the main thread of a Unix alone."""

    def stop(_signal: int, _frame: object) -> None:
        raise Slow(f"took more than {seconds} s")

    start = time.process_time()
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if time.process_time() - start > seconds:  # and something swallowed what was raised
        stop(0, None)


def front_matter(reader: str | None) -> Callable[[str], None]:
    """Return what reads a text's front matter, and makes every kind of edit of every field."""
    from editor.errors import FrontMatterError, NotEditable
    from editor.post.front_matter import read

    def check(text: str) -> None:
        found = read(text, reader)
        assert 0 <= found.start <= found.end <= len(text)
        assert found.problem is None or found.problem.message
        for key in [*found.values, "new", "title", "a.b"]:
            found.lock(key)
            found.span(key)
            found.style(key)
            found.source(key)
            found.line(key)
            for edit in (
                lambda key: found.set(key, "x: # y"),
                lambda key: found.set(key, ["a", "b, c"]),
                lambda key: found.add(key, "item"),
                lambda key: found.remove(key, "a"),
                lambda key: found.set_source(key, "'x"),
                lambda key: found.rename(key, "other"),
                found.move,
                found.unset,
            ):
                try:
                    change = edit(key)
                except (NotEditable, FrontMatterError) as error:
                    assert error.message
                    continue
                if change is None:
                    continue
                after = read(change.apply(text), reader)
                assert after.problem is None or found.problem is not None or len(found.values) == 1, (
                    key,
                    change,
                )
                if not after.values or (reader is None and after.format != found.format):
                    continue  # with the last field, or a title, goes what told that there are any
                body, kept = text[found.body_start :], after.text[after.body_start :]
                assert kept == body or found.format == "none", (key, change)

    return check


def _splitter(text: str) -> None:
    import markdown

    from editor.render.python_markdown.constructs import Constructs
    from editor.render.python_markdown.splitter import Splitter

    made = Splitter(Constructs(markdown.Markdown(extensions=["extra", "admonition"])))
    made.open(text)
    assert "".join(piece.source for piece in made.pieces) == text
    middle = len(text) // 2
    made.edit(middle, min(len(text), middle + 3), "\n\n```\n")
    changed = f"{text[:middle]}\n\n```\n{text[middle + 3 :]}"
    assert "".join(piece.source for piece in made.pieces) == changed
    again = Splitter(Constructs(markdown.Markdown(extensions=["extra", "admonition"])))
    again.open(changed)
    assert [piece.source for piece in made.pieces] == [piece.source for piece in again.pieces]


def _html(text: str) -> None:
    from editor.render.display import for_screen
    from editor.render.python_markdown.html_blocks import open_after, split_again, split_blocks

    blocks = split_blocks(text)
    assert "".join(blocks) == text
    middle = len(text) // 2
    changed = f"{text[:middle]}</div><p>{text[middle:]}"
    assert split_again(changed, text, blocks) == split_blocks(changed)
    open_after(text, [])
    for_screen(text, {}, lambda _address: (1, 1))


def _cutter(text: str) -> None:
    from editor.render.commonmark import flavours
    from editor.render.commonmark.cutter import Cutter

    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    for name in ("plain", "hugo", "eleventy", "hexo"):
        flavour = flavours.make({"flavour": name})
        made, again = Cutter(flavour), Cutter(flavour)
        made.open(text)
        assert made.body == text
        middle = len(text) // 2
        made.edit(middle, min(len(text), middle + 3), "\n\n```\n")
        again.open(f"{text[:middle]}\n\n```\n{text[middle + 3 :]}")
        assert made.body == again.body


def _body(text: str) -> None:
    from editor.render.python_markdown.front_matter import other_body, page_body, post_body
    from editor.render.python_markdown.notes import Notes

    for body in (
        page_body(text),
        post_body(text, Notes()),
        *(other_body(text, rule) for rule in ("lines", "nikola", "nikola-lines", "hexo", "fenced")),
    ):
        assert text.endswith(body) or not body


TARGETS: dict[str, tuple[Callable[[], Callable[[str], None]], "st.SearchStrategy[str]"]] = {
    "yaml": (lambda: front_matter("mkdocs-material"), _fenced("---")),
    "toml": (lambda: front_matter("zola"), _fenced("+++")),
    "json": (lambda: front_matter("hugo"), TEXTS.map(lambda text: f"{{{text}}}\n") | _fenced("{", "}")),
    "pelican": (lambda: front_matter("pelican"), TEXTS.map(lambda text: f"Title: x\n{text}")),
    "multimarkdown": (lambda: front_matter("mkdocs"), TEXTS.map(lambda text: f"title: x\n{text}")),
    "nikola": (lambda: front_matter("nikola"), TEXTS.map(lambda text: f".. title: x\n{text}")),
    "hugo": (lambda: front_matter("hugo"), TEXTS | _fenced("---") | _fenced("+++")),
    "hexo": (lambda: front_matter("hexo"), TEXTS | TEXTS.map(lambda text: f"title: x\n{text}\n---\n")),
    "content": (lambda: front_matter(None), TEXTS),
    "splitter": (lambda: _splitter, TEXTS),
    "html": (lambda: _html, TEXTS),
    "cutter": (lambda: _cutter, TEXTS),
    "body": (lambda: _body, TEXTS | _fenced("---")),
}
"""Name -> what makes the check, and the texts for it."""


def run(target: str, examples: int, number: int) -> float:
    """Feed `examples` texts to `target`, chosen by the seed `number`; raises what the check raises.

    Returns the longest time that one took, in seconds of the processor.
    """
    make, texts = TARGETS[target]
    check = make()
    longest = 0.0

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def one(text: str) -> None:
        nonlocal longest
        start = time.process_time()
        with within(LIMIT):
            check(text)
        longest = max(longest, time.process_time() - start)

    one()
    return longest


def main() -> int:
    """Fuzz until the time is up."""
    parser = argparse.ArgumentParser(description="Feed random texts to what reads posts.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    until = time.monotonic() + 60 * arguments.minutes
    rounds, longest = 0, 0.0
    while time.monotonic() < until:
        longest = max(longest, run(arguments.target, 1000, arguments.seed + rounds))
        rounds += 1
    print(
        f"{arguments.target}: {rounds * 1000} texts, seeds {arguments.seed} to {arguments.seed + rounds - 1}, "
        f"the longest took {1000 * longest:.0f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How exact, and how fast, pages of Python-Markdown are patched: real posts, opened, typed in and edited.

    python -m tests.benchmarks.incremental FOLDER… [--extensions site|material|extra] [--runs open,typed,random,hostile]
                                           [--posts N] [--edits N] [--seed N] [--parts-from N] [--json FILE]
    python -m tests.benchmarks.incremental POST --repeat 100 [--keys N]

A FOLDER is a site, whose own configuration counts (`site`), or any folder of posts, read with all that Material's
documentation recommends (`material`) or with Markdown's `extra`. A folder that is not there is passed over. Runs:

- open: every post, its blocks joined against the whole rendered at once;
- typed: posts from their first to their last character, compared at every 50th key;
- random: letters, punctuation, line feeds and deletions anywhere; hostile: fragments of all constructs at beginnings of
  lines, deleted lines and ranges, pastes. Compared after each.

`wrong` counts pages that are another tree for a browser (before any verification); `whole` those that were rendered at
once. Times are processor time of one process in ms, for the cut and the patch together. `--parts-from 0` keeps even
short lists and boxes as their parts, which is harder. The second form times keys in the words of a long post.
"""

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from editor.render.python_markdown.chunked_text import ChunkedText
from editor.render.python_markdown.confined import Confinement
from editor.render.python_markdown.documents import Document
from editor.render.python_markdown.incremental import IncrementalPage
from editor.render.python_markdown.opened import LONG
from editor.render.python_markdown.renderer import Renderer
from editor.settings import Settings
from editor.site.find import open_site
from tests.render.generated import Shown, tree


def _python(name: str, **call: Any) -> dict[str, Any]:
    return {"$python": name, **call}


MATERIAL: dict[str, Any] = {
    "extensions": [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
        *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji"),
        *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink"),
        *("pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences"),
        *("pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
    ],
    "extension_configs": {
        "toc": {"permalink": True},
        "pymdownx.arithmatex": {"generic": True},
        "pymdownx.betterem": {"smart_enable": "all"},
        "pymdownx.emoji": {
            "emoji_index": _python("material.extensions.emoji.twemoji"),
            "emoji_generator": _python("material.extensions.emoji.to_svg"),
        },
        "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
        "pymdownx.superfences": {
            "custom_fences": [
                {
                    "name": "mermaid",
                    "class": "mermaid",
                    "format": _python("pymdownx.superfences.fence_code_format"),
                }
            ]
        },
        "pymdownx.tabbed": {
            "alternate_style": True,
            "combine_header_slug": True,
            "slugify": _python("pymdownx.slugs.slugify", kwds={"case": "lower"}),
        },
        "pymdownx.tasklist": {"custom_checkbox": True},
    },
}
EXTRA: dict[str, Any] = {
    "extensions": ["extra", "codehilite", "toc"],
    "extension_configs": {"codehilite": {"css_class": "highlight"}},
}
FRAGMENTS = (
    *("`", "```\n", "```py\n", "~~~\n", "\n```\n", "    ", "\t", "- ", "\n- x\n", "\n\n- y\n", "1. ", "> "),
    *("\n> q\n", "<div>", "</div>", "<div markdown>\n", "<!--", "-->", "<b>", "<", "<a", "<?", "?>", "<p"),
    *("<![CDATA[", "]]>", "<details>\n<summary>", "</details>", "<script>", "</script>", "<pre>", "</pre>"),
    *(
        "[x]: /u\n",
        "\n[x]: /v\n",
        "[^1]",
        "\n[^1]: note\n",
        "*[HTML]: t\n",
        "!!! note\n",
        "\n!!! note\n    a\n",
    ),
    *("??? info\n", '=== "T"\n', '\n=== "T"\n\n    a\n', "# ", "\n# H\n", "\n---\n", "\n===\n", ": d\n"),
    *(
        "\nT\n: d\n",
        "|",
        "\n|a|b|\n|-|-|\n",
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "{",
        "}",
        "{: .c }",
        "*",
        "**",
        "_",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "&",
        "&amp;",
        "\\",
        "$$",
        "\n$$\n",
        '--8<-- "x"',
        "\n--8<--\n",
        "[TOC]",
        "\n[TOC]\n",
    ),
    *("\x02", "\f", "\u00a0", "\n    code\n", "{++", "++}", "///", "/// note\n", "\n///\n"),
)
LETTERS = "abcdefgh etaoin.,;:!?-"
MARKS = "*_`#[]()<>&|~^$\"'{}="

Edit = tuple[int, int, str]


class Post(NamedTuple):
    """One post with what it is rendered by."""

    path: Path
    options: dict[str, Any]
    root: str
    name: str
    facts: dict[str, Any]


class Bench:
    """Renders posts in this process, block by block and at once."""

    def __init__(self, parts_from: int) -> None:
        self._parts_from = parts_from
        self._renderer = Renderer(Confinement())

    def page(self, post: Post) -> tuple[IncrementalPage, Any, str]:
        """Return an empty page for a post, what renders it at once, and its body."""
        text = post.path.read_bytes().decode("utf-8-sig", "replace")
        document = Document(1, ChunkedText(text), post.options, post.root, post.name, post.facts)
        found: list[Any] = []
        # The benchmark goes without the confinement and the account of files: it times what a key costs beside.
        self._renderer._with_converter(document, lambda made, body: found.append((made, body)), cut=True)
        converter, body = found[0]
        cut = converter.cut.renderer if converter.cut is not None else None

        def whole(text: str) -> str:
            return str(converter.md.reset().convert(text))

        return IncrementalPage(cut, whole, open_from=self._parts_from), whole, body


class Tally:
    """What one run came to."""

    def __init__(self) -> None:
        self.compared = self.wrong = self.whole = 0
        self.times: list[float] = []
        self.rendered: list[int] = []
        self.found: list[str] = []

    def compare(self, wanted: str, shown: Shown, what: str) -> bool:
        """Take in one page; return whether it is right."""
        self.compared += 1
        right = wanted == shown.html or tree(wanted) == tree(shown.html)
        if not right:
            self.wrong += 1
            self.found.append(what)
        return right

    def as_data(self) -> dict[str, Any]:
        """Return the figures."""
        data: dict[str, Any] = {"pages": self.compared, "wrong": self.wrong, "whole": self.whole}
        if self.times:
            data["ms"] = {name: round(1000 * _at(self.times, part), 2) for name, part in _PARTS}
            data["under 5 ms"] = round(sum(t < 0.005 for t in self.times) / len(self.times), 4)
            data["under 16 ms"] = round(sum(t < 0.016 for t in self.times) / len(self.times), 4)
            data["blocks rendered"] = {name: _at(self.rendered, part) for name, part in _PARTS}
        return data


_PARTS = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))


def _at(values: list[Any], part: float) -> Any:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _timed(page: IncrementalPage, edit: Edit, shown: Shown, tally: Tally) -> None:
    started = time.process_time()
    page.edit(*edit)
    patch = page.patch()
    tally.times.append(time.process_time() - started)
    tally.rendered.append(patch.rendered)
    tally.whole += patch.whole
    shown.take(patch)


def run_open(bench: Bench, posts: list[Post], _arguments: argparse.Namespace, tally: Tally) -> None:
    for post in posts:
        page, whole, body = bench.page(post)
        patch = page.open(body)
        tally.whole += patch.whole
        tally.compare(whole(body), Shown().take(patch), str(post.path))


def run_typed(bench: Bench, posts: list[Post], _arguments: argparse.Namespace, tally: Tally) -> None:
    for post in posts:
        page, whole, body = bench.page(post)
        shown = Shown().take(page.open(""))
        for at, character in enumerate(body):
            _timed(page, (at, at, character), shown, tally)
            if (at + 1) % 50 == 0 or at + 1 == len(body):
                tally.compare(whole(body[: at + 1]), shown, f"{post.path}:{at + 1}")


def run_edits(
    bench: Bench, posts: list[Post], arguments: argparse.Namespace, tally: Tally, edit: Any
) -> None:
    chance = random.Random(arguments.seed)
    for post in posts:
        page, whole, body = bench.page(post)
        shown, text = Shown().take(page.open(body)), body
        for _ in range(arguments.edits):
            made = edit(chance, text)
            before, text = text, text[: made[0]] + made[2] + text[made[1] :]
            try:
                wanted = whole(text)
            except Exception:  # a snippet that is missing stops the page: here as there
                page, whole, body = bench.page(post)
                shown, text = Shown().take(page.open(body)), body
                continue
            _timed(page, made, shown, tally)
            around = before[max(0, made[0] - 30) : made[0]], before[made[1] : made[1] + 30]
            if not tally.compare(wanted, shown, f"{post.path}: {made!r} between {around!r}"):
                shown, text = Shown().take(page.open(body)), body


def random_edit(chance: random.Random, text: str) -> Edit:
    kind, at = chance.random(), chance.randint(0, len(text))
    if kind < 0.55:
        return at, at, chance.choice(LETTERS)
    if kind < 0.7:
        return at, at, chance.choice(MARKS)
    if kind < 0.82:
        return at, at, "\n"
    return at, min(len(text), at + 1), ""


def hostile_edit(chance: random.Random, text: str) -> Edit:
    kind, at = chance.random(), chance.randint(0, len(text))
    line = text.rfind("\n", 0, at) + 1
    if kind < 0.6:
        at = line if chance.random() < 0.6 else at
        return at, at, chance.choice(FRAGMENTS)
    if kind < 0.75:
        end = text.find("\n", line)
        return line, len(text) if end < 0 else end + 1, ""
    if kind < 0.9:
        return at, min(len(text), at + chance.randint(1, 300)), ""
    copied = chance.randint(0, len(text))
    return at, at, text[copied : copied + chance.randint(1, 400)]


def run_random(bench: Bench, posts: list[Post], arguments: argparse.Namespace, tally: Tally) -> None:
    run_edits(bench, posts, arguments, tally, random_edit)


def run_hostile(bench: Bench, posts: list[Post], arguments: argparse.Namespace, tally: Tally) -> None:
    run_edits(bench, posts, arguments, tally, hostile_edit)


def _in_a_word(chance: random.Random, text: str) -> int:
    while True:
        at = chance.randint(1, len(text) - 1)
        if text[at - 1 : at + 1].isalpha():
            return at


def run_keys(bench: Bench, post: Post, arguments: argparse.Namespace) -> dict[str, Any]:
    """Time letters in the words of one post, its body repeated."""
    page, _whole, body = bench.page(post)
    text = body * arguments.repeat
    chance, tally = random.Random(arguments.seed), Tally()
    started = time.process_time()
    shown = Shown().take(page.open(text))
    opened = time.process_time() - started
    gc.freeze()  # as the worker does with a page that it has opened
    for _ in range(arguments.keys):
        at = _in_a_word(chance, text)
        text = text[:at] + "e" + text[at:]
        _timed(page, (at, at, "e"), shown, tally)
    return {
        "characters": len(text),
        "blocks": len(shown.blocks),
        "open ms": round(1000 * opened),
        **tally.as_data(),
    }


def posts_of(folder: Path, extensions: str) -> Iterator[Post]:
    """Yield the posts of a site or a folder."""
    if extensions == "site":
        site = open_site(folder, Settings())
        for path in sorted(folder.rglob("*.md")):
            context = site.page_context(path, {})
            yield Post(path, dict(site.dialect.options), context.root, context.path, dict(context.facts))
        return
    options = {"material": MATERIAL, "extra": EXTRA}[extensions]
    for path in [folder] if folder.is_file() else sorted(folder.rglob("*.md")):
        yield Post(path, options, str(path.parent), path.name, {})


RUNS = {"open": run_open, "typed": run_typed, "random": run_random, "hostile": run_hostile}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--extensions", choices=["site", "material", "extra"], default="material")
    parser.add_argument("--runs", default="open,random,hostile")
    parser.add_argument("--posts", type=int, help="as many, chosen by the seed")
    parser.add_argument("--edits", type=int, default=10, help="in each post")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts-from", type=int, default=LONG)
    parser.add_argument("--repeat", type=int, help="time keys in a post this many times as long")
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    bench = Bench(arguments.parts_from)
    posts: list[Post] = []
    for folder in arguments.folders:
        if folder.exists():
            posts += posts_of(folder, arguments.extensions)
        else:
            print(f"not there: {folder}", file=sys.stderr)
    if not posts:
        sys.exit("no posts")
    results: dict[str, Any] = {}
    if arguments.repeat:
        results["keys"] = run_keys(bench, posts[0], arguments)
        print("keys", json.dumps(results["keys"]))
    else:
        random.Random(arguments.seed).shuffle(posts)
        for name in arguments.runs.split(","):
            tally = Tally()
            RUNS[name](bench, posts[: arguments.posts], arguments, tally)
            for found in tally.found:
                print("    wrong:", found)
            results[name] = tally.as_data()
            print(name, json.dumps(results[name]), flush=True)
        rates = [1 - found["wrong"] / max(1, found["pages"]) for found in results.values()]
        print(f"right: {statistics.mean(rates):.4%} on average over the runs")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), "utf-8")


if __name__ == "__main__":
    main()

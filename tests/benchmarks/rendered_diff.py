"""How exact, and how fast, the rendered diff is: real posts, each rendered before and after edits.

    python -m tests.benchmarks.rendered_diff FOLDER… [--edits N] [--seed N] [--trees N] [--posts N]
                                             [--keep DIR]

Every post of the FOLDERs is rendered, with all that Material's documentation recommends or as CommonMark, in turn; then
edited N times (words, links, lines, paragraphs moved, taken out and brought in from other posts) and rendered again.
`wrong` counts pairs of which `accept` and `reject` did not give both pages to the character; `other trees`, of every
`--trees`-th pair, those where a browser's tree without the marks is not that of the page (kept in DIR). Times are
processor time.
"""

import argparse
import itertools
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from editor.errors import CopydeskError
from editor.post.document import PostDocument
from editor.proof.rendered_diff import accept, reject, rendered_diff
from editor.render.process import BlockingRenderer
from editor.render.protocol import Dialect, PageContext
from editor.site.generators import plain_dialect
from tests.benchmarks.incremental import MATERIAL
from tests.proof.marked_trees import same_trees

_LINK = re.compile(r"\]\(([^)\s]+)")
_WORD = re.compile(r"\b[^\W\d_]{3,}\b")


def edited(text: str, others: list[str], chance: random.Random) -> str:
    """Return `text` with one to four edits as a writer makes them."""
    for _edit in range(chance.randint(1, 4)):
        paragraphs = re.split(r"(\n\s*\n)", text)
        place = chance.randrange(0, len(paragraphs), 2)
        kind = chance.choice(
            ("word", "word", "word", "link", "line", "move", "remove", "insert", "join", "mark")
        )
        if kind == "word" and (words := list(_WORD.finditer(paragraphs[place]))):
            found = chance.choice(words)
            other = chance.choice(("changed", "", "two words", found.group().upper(), "ß€😀"))
            paragraphs[place] = paragraphs[place][: found.start()] + other + paragraphs[place][found.end() :]
        elif kind == "link":
            paragraphs[place] = _LINK.sub("](https://example.org/elsewhere", paragraphs[place], count=1)
        elif kind == "line":
            lines = paragraphs[place].split("\n")
            del lines[chance.randrange(len(lines))]
            paragraphs[place] = "\n".join(lines)
        elif kind == "move" and len(paragraphs) > 4:
            moved = paragraphs[place]
            del paragraphs[place : place + 2]
            target = 2 * chance.randrange((len(paragraphs) + 1) // 2)
            paragraphs[target:target] = [moved, "\n\n"]
        elif kind == "remove":
            paragraphs[place] = ""
        elif kind == "insert":
            brought = re.split(r"\n\s*\n", chance.choice(others))
            paragraphs[place:place] = [chance.choice(brought), "\n\n"]
        elif kind == "join" and len(paragraphs) > 2:
            paragraphs[min(place + 1, len(paragraphs) - 2)] = "\n"
        elif kind == "mark":
            found = _WORD.search(paragraphs[place])
            if found:
                sign = chance.choice(("*", "**", "`"))
                start, end = found.span()
                paragraph = paragraphs[place]
                paragraphs[place] = f"{paragraph[:start]}{sign}{found.group()}{sign}{paragraph[end:]}"
        text = "".join(paragraphs)
    return text


def read_posts(folders: list[Path]) -> list[str]:
    """Return the bodies of all posts in `folders`, as far as they can be read."""
    texts: list[str] = []
    for path in sorted(found for folder in folders for found in folder.rglob("*.md")):
        try:
            text = PostDocument.open(path).text
        except CopydeskError:
            continue
        texts.append(re.sub(r"\A---\r?\n.*?\n---\r?\n", "", text, flags=re.DOTALL))
    return texts


def page_pairs(
    texts: list[str], others: list[str], edits: int, chance: random.Random
) -> Iterator[tuple[int, str, str]]:
    """Yield (number of the post, its page, its page after an edit), `edits` times for each of `texts`.

    What is brought in comes from `others`.
    """
    dialects = (Dialect("python-markdown", MATERIAL), plain_dialect.dialect())
    context = PageContext(str(Path.cwd()), "post.md")
    with BlockingRenderer() as renderer:
        for number, text in enumerate(texts):
            try:
                pages = []
                for version in (text, *(edited(text, others, chance) for _edit in range(edits))):
                    renderer.open(version, dialects[number % 2], context)
                    pages.append(renderer.render().html)
            except CopydeskError:
                continue
            for before, after in itertools.pairwise(pages):
                yield number, before, after


def main(arguments: list[str]) -> int:
    """Run the comparisons; return 1 where one was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--edits", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trees", type=int, default=0)
    parser.add_argument("--posts", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    texts = read_posts(given.folders)
    some = chance.sample(texts, min(given.posts, len(texts))) if given.posts else texts
    pairs = wrong = other_trees = trees = equal = changes = size = 0
    times: list[float] = []
    for number, before, after in page_pairs(some, texts, given.edits, chance):
        started = time.process_time()
        marked = rendered_diff(before, after)
        times.append(time.process_time() - started)
        pairs += 1
        size += len(after)
        changes += marked.count
        equal += before == after
        wrong += accept(marked) != after or reject(marked) != before
        if given.trees and pairs % given.trees == 0:
            trees += 1
            if not same_trees(marked, before, after):
                other_trees += 1
                print(f"another tree: post {number}", file=sys.stderr)
                if given.keep:
                    (given.keep / f"{pairs}.before.html").write_text(before, "utf-8", newline="")
                    (given.keep / f"{pairs}.after.html").write_text(after, "utf-8", newline="")
    times.sort()
    print(f"{pairs} pairs ({equal} of equal pages), {changes} changes, {size / 1e6:.1f} million characters")
    print(f"wrong: {wrong}; other trees: {other_trees} of {trees}")
    if times:
        at = [times[int(share * (len(times) - 1))] * 1000 for share in (0.5, 0.95, 1)]
        print("ms: median {:.1f}, 95 % {:.1f}, most {:.1f}".format(*at))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

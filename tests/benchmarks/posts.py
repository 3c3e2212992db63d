"""The posts that the benchmark types in: a real one and a rich one, each made long by repeating."""

import re
import shutil
from pathlib import Path

_CONFIGURATION = """\
site_name: Benchmark
theme:
  name: material
plugins:
  - blog:
      blog_dir: .
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: true
  - pymdownx.arithmatex:
      generic: true
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.tasklist
"""

_FRONT_MATTER = """\
---
title: A rich post
date: 2024-05-01
categories:
  - benchmark
---
"""

_SECTION = """\
## Section {number}

Words with *emphasis*, `code`, a [link](https://example.org/{number}) and a note[^{number}], as they stand in a
paragraph that somebody wrote: it goes on for a while, has $x_{number} + y^2$ in it, and names the API twice.

[^{number}]: What the note of section {number} says, with **weight** and `code`.

=== "Python"

    ```python
    def answer_{number}(question: str) -> int:
        \"\"\"Return the answer to `question`.\"\"\"
        return sum(map(ord, question)) % {number} + 42
    ```

=== "Shell"

    ```sh
    for name in *.md; do wc -w "$name" | sort -n; done
    ```

$$
\\int_0^{number} x^2 \\, dx = \\frac{{{number}^3}}{{3}}
$$

!!! note "Section {number}"

    An admonition with a list:

    - [x] one that is done
    - [ ] one that is not, [see above](#section-{number})

| key | value |
| --- | ----: |
| one | {number} |
| two | `{number} * 2` |

??? tip "More"

    Words that are folded away, with an API in them.

"""

_ABBREVIATION = "*[API]: Application Programming Interface\n\n"


def copied(post: Path, folder: Path, times: int) -> Path:
    """Copy the site around `post` to `folder`, the post's body repeated, and return the copy."""
    from editor.site.find import open_site

    root = open_site(post).root
    shutil.copytree(root, folder / "site", symlinks=True, copy_function=shutil.copyfile)
    copy = folder / "site" / post.resolve().relative_to(root)
    copy.parent.chmod(0o755)
    text = copy.read_text("utf-8")
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    start = head.end() if head else 0
    copy.write_text(text[:start] + text[start:] * times, "utf-8")
    return copy


def rich(folder: Path, size: int) -> Path:
    """Write a site to `folder` with a post of about `size` bytes full of notes, tabs, code and math; return it."""
    post = folder / "site" / "docs" / "posts" / "rich.md"
    post.parent.mkdir(parents=True)
    (folder / "site" / "mkdocs.yml").write_text(_CONFIGURATION, "utf-8")
    parts = [_FRONT_MATTER, _ABBREVIATION]
    length = sum(map(len, parts))
    number = 0
    while length < size:
        number += 1
        parts.append(_SECTION.format(number=number))
        length += len(parts[-1])
    post.write_text("".join(parts), "utf-8")
    return post

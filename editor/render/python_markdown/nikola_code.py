"""Code as Nikola has Pygments write it: `<pre class="code literal-block">`, or a table with line numbers.

Source: nikola/utils.py (`NikolaPygmentsHTML`) and its formatter for tables, Nikola 8.3.
"""

from __future__ import annotations

import functools
import importlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACES = re.compile(r"  +")


@functools.lru_cache(maxsize=1)
def formatter() -> Any:
    """Return the class of the formatter; raises ImportError where Pygments is not installed."""
    base: Any = importlib.import_module("pygments.formatters.html").HtmlFormatter

    class CodeFormatter(base):  # type: ignore[misc]
        """Formats one block of code; takes the place of the formatter that the site's options name."""

        def __init__(self, **options: Any) -> None:
            """Take the options of codehilite."""
            options.pop("lang_str", None)
            numbers = options.get("linenos") or False
            numbers = numbers if numbers in ("ol", False) else "table"
            options.update(cssclass="code", linenos=False, nowrap=False, anchorlinenos=numbers == "table")
            super().__init__(**options)
            self._numbers = numbers

        def wrap(self, source: Any, *_further: Any) -> Iterator[tuple[int, str]]:
            """Yield the lines between the tags of their block."""
            styles = [self.prestyles] if self.prestyles else []
            if self.noclasses:
                styles.append("line-height: 125%")
            style = f' style="{"; ".join(styles)}"' if styles else ""
            yield 0, f'<pre class="code literal-block"{style}>'
            yield from source
            yield 0, "</pre>"

        def format_unencoded(self, tokensource: Any, outfile: Any) -> None:
            """Write the code to `outfile`."""
            if not self._numbers:
                super().format_unencoded(tokensource, outfile)
                return
            source: Any = self._format_lines(tokensource)
            if self.hl_lines:
                source = self._highlight_lines(source)
            lines: Iterable[tuple[int, str]] = self._rows(source)
            if self._numbers == "ol":
                lines = self.wrap(self._items(source))
            for _, piece in lines:
                outfile.write(piece)

        def _rows(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
            lines = [line for _, line in source]
            width = len(str(self.linenostart + len(lines) - 1))
            yield 0, '<div class="code"><table class="codetable">'
            for number, line in enumerate(lines, self.linenostart):
                shown = _SPACES.sub(lambda found: "&nbsp;" * len(found[0]), line)
                yield (
                    0,
                    (
                        f'<tr><td class="linenos linenodiv"><a href="#{self.lineanchors}-{number}">'
                        f'<code data-line-number="{number:{width}}"></code></a></td>'
                        f'<td class="code"><code>{shown}</code></td></tr>'
                    ),
                )
            yield 0, "</table></div>"

        def _items(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
            yield 0, "<ol>"
            for number, (_, line) in enumerate(source, self.linenostart):
                yield 1, f'<li class="lineno nonumber" value="{number}">{line}</li>'
            yield 0, "</ol>"

    return CodeFormatter

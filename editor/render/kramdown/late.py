"""What is known once the whole page is: ids of headers, footnotes, the table of contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from editor.render.kramdown.converter import Converter, Heading, Late, attributes_html, indented, text_escaped
from editor.render.kramdown.elements import Element
from editor.render.kramdown.ids import Ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from editor.render.kramdown.elements import Definitions
    from editor.render.kramdown.options import Options

_MARK = re.compile('( id=")?\x02([0-9]+)\x03(?(1)")')


class Written(NamedTuple):
    """A piece of the page, but for what is known late."""

    html: str
    late: tuple[Late, ...]
    headings: tuple[Heading, ...]


class _Note:
    """A footnote that is referred to."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number
        self.repeats = 0


class Page:
    """Puts a page's pieces into their final form; one is made each time."""

    def __init__(
        self, options: Options, definitions: Definitions, prepared: Callable[[str], Element | None]
    ) -> None:
        """`prepared` returns the content of a footnote, its text read."""
        self._options = options
        self._definitions = definitions
        self._prepared = prepared
        self._ids = Ids(options.auto_id_prefix)
        self._notes: dict[str, _Note] = {}
        self._contents: list[tuple[int, str, str]] = []
        self._has_toc = self._has_place = False

    def finished(self, pieces: list[Written]) -> list[str]:
        """Return the HTML of the pieces; the footnotes are one more at the end, where there are any.

        Each piece of the list that has late parts is filled in; the others are returned as they are.
        """
        gfm = iter(self._gfm_ids(pieces))
        made: list[str] = []
        waiting: list[tuple[int, str, Late]] = []
        for number, piece in enumerate(pieces):
            made.append(self._filled(piece, gfm, number, waiting) if piece.late else piece.html)
        notes = self._footnotes()
        placed = False
        for number, mark, late in waiting:
            if late.kind == "toc":
                text = self._toc(late)
            else:
                text, placed = notes, True
            made[number] = made[number].replace(mark, text, 1)
        if notes and not placed:
            made.append(notes)
        return made

    def _gfm_ids(self, pieces: list[Written]) -> list[str]:
        return [self._ids.gfm(late.name) for piece in pieces for late in piece.late if late.kind == "gfm-id"]

    def _filled(self, piece: Written, gfm: object, number: int, waiting: list[tuple[int, str, Late]]) -> str:
        ids: dict[int, str] = {}
        texts: list[str] = []
        for at, late in enumerate(piece.late):
            if late.kind == "gfm-id":
                ids[at] = next(gfm)  # type: ignore[call-overload]
                texts.append(ids[at])
            elif late.kind == "own-id":
                ids[at] = self._ids.own(late.name)
                texts.append(ids[at])
            elif late.kind == "footnote":
                texts.append(self._reference(late.name))
            else:
                texts.append(self._later(late, number, at, waiting))
        for heading in piece.headings:
            if heading.listed:
                name = heading.id if isinstance(heading.id, str) else ids[heading.id]
                self._contents.append((heading.level, name, heading.html))
        return _put_in(piece.html, texts)

    def _later(self, late: Late, number: int, at: int, waiting: list[tuple[int, str, Late]]) -> str:
        first = not (self._has_toc if late.kind == "toc" else self._has_place)
        if not first:
            return _MARK.sub("", late.attributes["\x02"])
        if late.kind == "toc":
            self._has_toc = True
        else:
            self._has_place = True
        mark = f"\x04{number}.{at}\x05"
        waiting.append((number, mark, late))
        return mark

    def _reference(self, name: str) -> str:
        shown = self._options.footnote_prefix + name
        note = self._notes.get(name)
        repeat = ""
        if note is None:
            note = self._notes[name] = _Note(name, self._options.footnote_nr + len(self._notes))
        else:
            note.repeats += 1
            repeat = f":{note.repeats}"
        return (
            f'<sup id="fnref:{shown}{repeat}" role="doc-noteref"><a href="#fn:{shown}" class="footnote" '
            f'rel="footnote">{note.number}</a></sup>'
        )

    def _footnotes(self) -> str:
        items: list[str] = []
        done = 0
        while done < len(self._notes):
            note = list(self._notes.values())[done]
            done += 1
            content = self._prepared(note.name)
            if content is not None:
                items.append(self._footnote(note, content))
        if not items:
            return ""
        start = self._options.footnote_nr
        attributes = {"start": str(start)} if start != 1 else {}
        return indented(
            "div",
            {"class": "footnotes", "role": "doc-endnotes"},
            indented("ol", attributes, "".join(items), 2),
            0,
        )

    def _footnote(self, note: _Note, content: Element) -> str:
        converter = Converter(self._options, self._definitions)
        name = self._options.footnote_prefix + note.name
        children = list(content.children)
        item = Element("li", attributes={"id": f"fn:{name}", "role": "doc-endnote"}, children=children)
        back = text_escaped(self._options.footnote_backlink)
        if back:
            links = self._back(name, "", back)
            last = children[-1] if children else None
            inline = last is not None and (last.kind == "p" or self._options.footnote_backlink_inline)
            path = [last] if inline and last is not None else []
            while path and path[-1].kind not in ("p", "header") and path[-1].children:
                path.append(path[-1].children[-1])
            if path and path[-1].kind in ("p", "header"):
                links = "\u00a0" + links
            links += "".join(
                "\u00a0" + self._back(name, f":{number}", f"{back}<sup>{number + 1}</sup>")
                for number in range(1, note.repeats + 1)
            )
            raw = Element("raw", links, is_span=True)
            if path and path[-1].kind in ("p", "header"):
                _append_deep(item, len(path), raw)
            else:
                item.children.append(Element("p", children=[raw]))
        html = converter.write(item, [Element("ol")], 4)
        piece = Written(html, tuple(converter.late), ())
        texts = [
            self._reference(late.name)
            if late.kind == "footnote"
            else (self._ids.own(late.name) if late.kind == "own-id" else self._ids.gfm(late.name))
            if late.kind in ("own-id", "gfm-id")
            else late.attributes.get("\x02", "")
            for late in piece.late
        ]
        return _put_in(html, texts)

    @staticmethod
    def _back(name: str, repeat: str, text: str) -> str:
        return f'<a href="#fnref:{name}{repeat}" class="reversefootnote" role="doc-backlink">{text}</a>'

    def _toc(self, late: Late) -> str:
        """Return the table of contents: lists in lists, by the levels of the headers."""
        if not self._contents:
            return ""
        attributes = {name: value for name, value in late.attributes.items() if name != "\x02"}
        name = attributes.setdefault("id", "markdown-toc")
        return _contents_html(late.name, attributes, name, self._contents)


def _put_in(html: str, texts: list[str]) -> str:
    """Put the texts in the places of the marks; an id that is empty is none."""

    def text(mark: re.Match[str]) -> str:
        value = texts[int(mark[2])]
        return (f' id="{value}"' if value else "") if mark[1] else value

    return _MARK.sub(text, html)


class _Entry:
    """A header in the table of contents, with those below it."""

    def __init__(self, level: int, link: str) -> None:
        self.level = level
        self.link = link
        self.below: list[_Entry] = []


def _contents_html(
    kind: str, attributes: dict[str, str], name: str, headings: list[tuple[int, str, str]]
) -> str:
    top = _Entry(0, "")
    open_entries = [top]
    for level, target, html in headings:
        link = f"<a{attributes_html({'href': '#' + target, 'id': f'{name}-{target}'})}>{html}</a>"
        entry = _Entry(level, link)
        while open_entries[-1].level >= level:
            open_entries.pop()
        open_entries[-1].below.append(entry)
        open_entries.append(entry)
    return _entries_html(kind, attributes, top.below, 0)


def _entries_html(kind: str, attributes: dict[str, str], entries: list[_Entry], indent: int) -> str:
    space = " " * (indent + 2)
    parts = []
    for entry in entries:
        below = _entries_html(kind, {}, entry.below, indent + 4) if entry.below else ""
        parts.append(f"{space}<li>{entry.link}{below}{space if below else ''}</li>\n")
    return indented(kind, attributes, "".join(parts), indent)


def _append_deep(item: Element, depth: int, raw: Element) -> None:
    """Append `raw` to the last element `depth` levels down."""
    element = item
    for _ in range(depth):
        element = element.children[-1]
    element.children.append(raw)

"""Notes a page whose code is coloured by guessing its language: each version of Pygments guesses otherwise.

Nothing is changed. Source: markdown/extensions/codehilite.py, `CodeHilite.hilite`, which guesses where neither a
fence nor a first line (`:::python`, `#!python`) names the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import markdown

    from editor.render.python_markdown.notes import Notes

_NAMED = (":::", "#!")


def watch(md: markdown.Markdown, notes: Notes, subject: str) -> None:
    """Have `guessed-code` noted, with this subject, for each page of `md` in which a language is guessed."""
    if "hilite" not in md.treeprocessors:
        return
    step: Any = md.treeprocessors["hilite"]
    if not (step.config.get("guess_lang", True) and step.config.get("use_pygments", True)):
        return
    md.treeprocessors.register(_Indented(md, notes, subject), "guessed_indented", 31)
    if "fenced_code_block" in md.preprocessors:
        md.preprocessors.register(_Fenced(md, notes, subject), "guessed_fenced", 26)


class _Indented(Treeprocessor):
    def __init__(self, md: markdown.Markdown, notes: Notes, subject: str) -> None:
        super().__init__(md)
        self._notes, self._subject = notes, subject

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                text = (block[0].text or "").lstrip()
                if not text.startswith(_NAMED):
                    self._notes.add("guessed-code", self._subject)


class _Fenced(Preprocessor):
    def __init__(self, md: markdown.Markdown, notes: Notes, subject: str) -> None:
        super().__init__(md)
        self._notes, self._subject = notes, subject

    def run(self, lines: list[str]) -> list[str]:
        step: Any = self.md.preprocessors["fenced_code_block"]
        pattern = getattr(step, "FENCED_BLOCK_RE", None)
        if pattern is not None and any("```" in line or "~~~" in line for line in lines):
            for match in pattern.finditer("\n".join(lines)):
                named = match["lang"] or (match["attrs"] and "." in match["attrs"])
                if not named and not match["code"].lstrip().startswith(_NAMED):
                    self._notes.add("guessed-code", self._subject)
        return lines

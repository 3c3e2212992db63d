"""Colours, sizes and the style sheet of the window: every colour stands here, once."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette

from editor import resources


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour tokens, as `#rrggbb`. The preview page and the highlighter use the same ones."""

    name: str
    """`light` or `dark`."""
    background: str
    side: str
    pane: str
    line: str
    ink: str
    dim: str
    faint: str
    accent: str
    accent_wash: str
    on_accent: str
    good: str
    good_wash: str
    warn: str
    warn_wash: str
    bad: str
    bad_wash: str
    hover: str

    def palette(self) -> QPalette:
        """Return the palette for all that the style sheet does not reach."""
        palette = QPalette()
        role = QPalette.ColorRole
        for name, colour in (
            (role.Window, self.side),
            (role.WindowText, self.ink),
            (role.Base, self.pane),
            (role.AlternateBase, self.side),
            (role.Text, self.ink),
            (role.Button, self.pane),
            (role.ButtonText, self.ink),
            (role.ToolTipBase, self.pane),
            (role.ToolTipText, self.ink),
            (role.PlaceholderText, self.faint),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.on_accent),
            (role.Link, self.accent),
            (role.LinkVisited, self.accent),
            (role.Mid, self.line),
            (role.Dark, self.line),
            (role.Light, self.pane),
            (role.Midlight, self.side),
            (role.Shadow, self.line),
            (role.BrightText, self.bad),
        ):
            palette.setColor(name, QColor(colour))
        disabled = QPalette.ColorGroup.Disabled
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, name, QColor(self.faint))
        return palette

    def style_sheet(self) -> str:
        """Return the window's style sheet, its `$token`s filled in."""
        sheet = "".join(
            resources.text(f"themes/{part}.qss") for part in ("window", "form", "library", "commit")
        )
        # Longest names first, so that $accent does not eat the start of $accent_wash.
        for name in sorted((f.name for f in fields(self)), key=len, reverse=True):
            sheet = sheet.replace(f"${name}", getattr(self, name))
        return sheet.replace("$icons", resources.path("icons").as_posix())


LIGHT = Theme(
    name="light",
    background="#fbfaf8",
    side="#f3f1ed",
    pane="#ffffff",
    line="#e4e0d9",
    ink="#23211d",
    dim="#6a665d",
    faint="#a9a398",
    accent="#2f5bea",
    accent_wash="#e8edfd",
    on_accent="#ffffff",
    good="#17704a",
    good_wash="#e3f4ec",
    warn="#8f5500",
    warn_wash="#fbf1de",
    bad="#b3372f",
    bad_wash="#fbe9e7",
    hover="#e9e6e0",
)

DARK = Theme(
    name="dark",
    background="#17181b",
    side="#1c1e22",
    pane="#1b1c20",
    line="#2c2f35",
    ink="#e6e4df",
    dim="#9a978f",
    faint="#6d6b66",
    accent="#7d9bff",
    accent_wash="#252d45",
    on_accent="#0d1226",
    good="#5cc795",
    good_wash="#1d3329",
    warn="#e3a84a",
    warn_wash="#362b17",
    bad="#f0857d",
    bad_wash="#3a2324",
    hover="#292c32",
)

THEMES = {"light": LIGHT, "dark": DARK}

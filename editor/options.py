"""Options: what a person can choose, as the keys of settings.toml (see `editor.settings`)."""

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can choose; each name is a key of settings.toml."""

    theme: str = "system"
    """`system`, `light` or `dark`."""
    editor_font: str = ""
    """A font family; empty: the program's own."""
    editor_font_size: int = 14
    """In pixels."""
    line_numbers: bool = False
    wrap: bool = True
    text_measure: int = 80
    """About how many characters a line of the text may have before it wraps; 0: as the window allows."""
    fold_front_matter: bool = True
    follow: bool = True
    """Whether the preview follows the caret."""
    preview_zoom: float = 1.0
    preview_composition: str = "auto"
    """How the preview gets into the window: `auto`, `software` (by the processor) or `gpu`; from the next start on."""


_CHOICES = {"theme": ("system", "light", "dark"), "preview_composition": ("auto", "software", "gpu")}
_RANGES = {"editor_font_size": (6, 72), "preview_zoom": (0.25, 5.0), "text_measure": (0, 400)}


def options_in(found: dict[str, Any]) -> Options:
    """Return the options that are among what a settings file says."""
    known = {option.name for option in fields(Options)}
    return corrected(Options(**{name: value for name, value in found.items() if name in known}))


def corrected(options: Options) -> Options:
    """Return the options with the default in place of each value that can't be meant."""
    defaults = Options()
    wrong: dict[str, Any] = {}
    for option in fields(Options):
        value, default = getattr(options, option.name), getattr(defaults, option.name)
        sound = type(value) is type(default) or (isinstance(default, float) and type(value) is int)
        if sound and option.name in _CHOICES:
            sound = value in _CHOICES[option.name]
        if sound and option.name in _RANGES:
            low, high = _RANGES[option.name]
            sound = low <= value <= high
        if not sound:
            wrong[option.name] = default
    return replace(options, **wrong)

"""What the person chooses of the window's look: applied, and remembered."""

from functools import partial

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from editor.errors import SaveError
from editor.options import Options
from editor.settings import Settings
from editor.ui.appearance import Appearance
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.settings_watcher import SettingsWatcher

_ZOOM_STEP = 1.1
_TOGGLES = ("line_numbers", "wrap", "follow")
"""Options that are an action of the same name."""


class OptionActions(QObject):
    """Connects the window's actions for looks with the settings."""

    def __init__(
        self, window: MainWindow, preview: LivePreview, appearance: Appearance, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preview = preview
        self._appearance = appearance
        self._settings = settings
        window.editor.folded_changed.connect(window.actions_by_id["fold"].setChecked)
        window.editor.zoom_changed.connect(self._text_zoomed)
        window.actions_by_id.connect_all(
            {
                "settings": self._open_settings,
                "fold": lambda: window.editor.set_folded(window.actions_by_id["fold"].isChecked()),
                **{name: partial(self._toggle, name) for name in _TOGGLES},
                "zoom_in": lambda: self._zoom(1),
                "zoom_out": lambda: self._zoom(-1),
                "zoom_reset": lambda: self._zoom(0),
                "theme_system": lambda: self._choose_theme("system"),
                "theme_light": lambda: self._choose_theme("light"),
                "theme_dark": lambda: self._choose_theme("dark"),
            }
        )
        self._watcher = SettingsWatcher(settings.path, self)
        self._watcher.changed.connect(self._reread)
        self.apply()
        window.editor.set_folded(settings.options.fold_front_matter)
        window.actions_by_id["fold"].setChecked(settings.options.fold_front_matter)

    def apply(self) -> None:
        """Show the window as the options say."""
        options, actions, editor = self._settings.options, self._window.actions_by_id, self._window.editor
        for name in _TOGGLES:
            actions[name].setChecked(getattr(options, name))
        editor.set_line_numbers(options.line_numbers)
        editor.set_wrapping(options.wrap)
        editor.set_measure(options.text_measure)
        editor.set_font_family(options.editor_font)
        editor.set_zoom_factor(options.editor_font_size / Options().editor_font_size)
        self._preview.set_follow(options.follow)
        self._window.preview.set_zoom(options.preview_zoom)

    def _reread(self) -> None:
        """Take over what was written into the settings file by hand or by another window."""
        if self._settings.reload():
            self.apply()
            self._appearance.choose(self._settings.options.theme)

    def _toggle(self, name: str) -> None:
        self._set(**{name: self._window.actions_by_id[name].isChecked()})
        self.apply()

    def _choose_theme(self, choice: str) -> None:
        self._set(theme=choice)
        self._appearance.choose(choice)

    def _zoom(self, step: int) -> None:
        """Show text and page larger (1), smaller (-1) or in their own size (0)."""
        options, own = self._settings.options, Options()
        if step:
            size = min(40, max(8, options.editor_font_size + step))
            zoom = round(min(3.0, max(0.5, options.preview_zoom * _ZOOM_STEP**step)), 2)
        else:
            size, zoom = own.editor_font_size, own.preview_zoom
        self._set(editor_font_size=size, preview_zoom=zoom)
        self.apply()

    def _text_zoomed(self, factor: float) -> None:
        """Remember a zoom that was made with the wheel."""
        size = round(factor * Options().editor_font_size)
        if size != self._settings.options.editor_font_size:
            self._set(editor_font_size=size)

    def _set(self, **changes: object) -> None:
        try:
            self._settings.set(**changes)
        except SaveError as error:
            self._window.status.show_message(error.message)

    def _open_settings(self) -> None:
        """Open the settings file in the program that the system opens such files with."""
        try:
            self._settings.set()
        except SaveError as error:
            self._window.status.show_message(error.message)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.path)))

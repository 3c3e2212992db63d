"""The preview with its bar: back and forward, and the badge that says how true it is."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.preview.preview_view import PreviewView
from editor.ui.theme import Theme
from editor.ui.widgets import icon_button


class PreviewPane(QWidget):
    """The preview's bar above the preview itself."""

    def __init__(
        self, view: PreviewView, back: QAction, forward: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("previewPane")
        self.view = view
        self._reasons: tuple[str, ...] | None = None
        self._theme: Theme | None = None
        bar = QWidget(self)
        bar.setObjectName("paneBar")
        bar.setFixedHeight(40)
        title = QLabel(_("Preview"), bar)
        title.setProperty("strong", True)
        self._badge = QPushButton(bar)
        self._badge.setObjectName("badge")
        self._badge.setAccessibleName(_("How true the preview is"))
        self._badge.hide()
        self._menu = QMenu(self._badge)
        bar_layout = QHBoxLayout(bar)
        bar_layout.setContentsMargins(12, 0, 12, 0)
        bar_layout.setSpacing(4)
        bar_layout.addWidget(title)
        bar_layout.addSpacing(8)
        bar_layout.addWidget(icon_button(back, bar))
        bar_layout.addWidget(icon_button(forward, bar))
        bar_layout.addStretch(1)
        bar_layout.addWidget(self._badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(view, 1)
        self.setFocusProxy(view)

    def show_reasons(self, reasons: tuple[str, ...] | None) -> None:
        """Say what of the published page is not reproduced; empty: all is; None: nothing is shown yet."""
        self._reasons = reasons
        badge = self._badge
        badge.setVisible(reasons is not None)
        if reasons is None:
            return
        badge.setProperty("exact", not reasons)
        if reasons:
            words = ngettext("{count} difference", "{count} differences", len(reasons)).format(
                count=len(reasons)
            )
            self._menu.clear()
            for reason in reasons:
                self._menu.addAction(reason)
            badge.setMenu(self._menu)
            badge.setToolTip(_("What the published page may show otherwise:") + "\n" + "\n".join(reasons))
        else:
            words = _("As published")
            badge.setMenu(None)  # type: ignore[arg-type]
            badge.setToolTip(_("Rendered with the extensions and options of the site's own configuration"))
        badge.setText(words)
        self._colour()

    def set_theme(self, theme: Theme) -> None:
        """Hand the theme to the page and colour the badge."""
        self._theme = theme
        self.view.set_theme(theme)
        self._colour()

    def _colour(self) -> None:
        if self._theme is None or self._reasons is None:
            return
        exact = not self._reasons
        self._badge.setIcon(
            icon("check" if exact else "alert", self._theme.good if exact else self._theme.warn, size=14)
        )
        self._badge.style().unpolish(self._badge)
        self._badge.style().polish(self._badge)

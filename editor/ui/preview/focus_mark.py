"""The frame around the page that shows that the keyboard is there."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from editor.ui.theme import Theme


class FocusMark(QFrame):
    """Lies over the page, shown by whoever has brought the keyboard there, until it goes elsewhere or a click comes."""

    def __init__(self, web: QWidget) -> None:
        """Lie over `web`, beside which this is put."""
        super().__init__(web.parentWidget())
        self.setObjectName("previewFocus")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._web = web
        web.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setStyleSheet(f"#previewFocus {{ border: 2px solid {theme.accent}; background: transparent; }}")

    def showEvent(self, event: QShowEvent) -> None:
        """Lie where the page is (Qt)."""
        super().showEvent(event)
        self.setGeometry(self._web.geometry())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the page (Qt)."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._web.geometry())
        return super().eventFilter(watched, event)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self._web and not self._web.isAncestorOf(now):
            self.hide()

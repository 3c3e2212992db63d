"""PrintedPage: the post in the Reading look, all of it and on white, ready to be printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QMarginsF, QObject, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from editor.render.page_blocks import Block
from editor.ui.preview.answers import answered_in
from editor.ui.preview.page import WORLD
from editor.ui.preview.preview_view import PreviewView
from editor.ui.preview.scheme import Resolve
from editor.ui.preview.web_pictures import WebPictures
from editor.ui.tasks import Tasks
from editor.ui.theme import LIGHT

_MARGIN_MM = 20
_POLL_MS = 60
_PATIENCE = 100
"""As many looks whether all pictures are there; then it is printed without those that are not."""

_MAKE_READY = """(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const image of document.images) image.loading = "eager";
  return [...document.images].every((image) => image.complete);
})()"""


def page_layout() -> QPageLayout:
    """Return the sheet that the person's country uses, upright, with margins."""
    american = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


class PrintedPage(QObject):
    """A page of its own, that nobody sees; it is made for one printing.

    Signals:
        ready: all of it is there: `to_pdf` or `to_printer` may be called.
        printed: whether the printer took it.
    """

    ready = Signal()
    printed = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = PreviewView(tasks, parent)
        self.view.resize(794, 1123)
        self.view.hide()
        self.view.set_theme(LIGHT)
        self.view.settled.connect(self._look)
        self.view.web.printFinished.connect(self.printed)
        self._looks = 0
        self._done = False

    def draw_with(self, script: Path | None, web: WebPictures | None = None) -> None:
        """Draw diagrams with the site's own `script`, and show pictures from the `web`, if any; before `show_post`."""
        self.view.diagrams.set_script(script)
        self.view.set_web_pictures(web)

    def show_post(
        self, name: str, blocks: list[Block], title: str | None, root: Path, resolve: Resolve
    ) -> None:
        """Take the published `blocks` of a post of the site `root`; `ready` follows."""
        self.view.set_site(root, resolve)
        self.view.open_post(name)
        self.view.keep_awake()
        self.view.set_title(title)
        self.view.show_patch([(0, None, [(block.html, None) for block in blocks])], 0, 1)

    def to_pdf(self, take: Callable[[bytes], None]) -> None:
        """Give the page as a PDF to `take`; empty where that failed."""

        def pass_on(data: QByteArray) -> None:
            take(bytes(data.data()))

        self.view.web.page().printToPdf(pass_on, page_layout())

    def to_printer(self, printer: QPrinter) -> None:
        """Print it; `printed` follows. `printer` must live until then."""
        self.view.web.print(printer)

    def close(self) -> None:
        """Let the page go."""
        self.view.deleteLater()
        self.deleteLater()

    def _look(self, _revision: int) -> None:
        web = self.view.web
        web.page().runJavaScript(_MAKE_READY, WORLD, answered_in(web, self._on_looked))

    def _on_looked(self, complete: object) -> None:
        if self._done:
            return
        self._looks += 1
        complete = complete and not self.view.diagrams.busy
        if complete or self._looks > _PATIENCE:
            self._done = True
            self.ready.emit()
        else:
            QTimer.singleShot(_POLL_MS, self, lambda: self._look(0))

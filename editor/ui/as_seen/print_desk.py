"""PrintDesk: prints the post, or makes a PDF of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from editor.errors import CopydeskError
from editor.post.disk import write_atomically
from editor.translation import gettext as _
from editor.ui.as_seen.printed_page import PrintedPage, page_layout
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.preview.render_client import RenderClient
from editor.ui.tasks import PoolTasks
from editor.ui.workspace import Workspace


class PrintDesk(QObject):
    """What is printed is what was rendered last, in the Reading look."""

    def __init__(
        self, window: MainWindow, workspace: Workspace, preview: LivePreview, client: RenderClient
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._preview = preview
        self._client = client
        self._tasks = PoolTasks(self)
        self._page: PrintedPage | None = None
        self._printer: QPrinter | None = None
        window.actions_by_id.connect_all({"print": self._ask_printer, "export_pdf": self._ask_path})

    @property
    def idle(self) -> bool:
        """Whether nothing is being printed."""
        return self._page is None

    def end(self) -> None:
        """Wait for what is being written."""
        self._tasks.end()

    def export(self, path: Path) -> None:
        """Write the post as a PDF to `path`; the status line says when it is there."""

        def take(data: bytes) -> None:
            self._let_go()
            if not data:
                self._tell(_("The PDF could not be made"))
                return
            self._tasks.run(
                lambda: write_atomically(path, data),
                lambda _state: self._tell(_("Exported to {path}").format(path=path)),
                self._refuse,
            )

        self._prepare(lambda page: page.to_pdf(take))

    def print_to(self, printer: QPrinter) -> None:
        """Print the post; the status line says how that ended."""
        self._printer = printer

        def ended(done: bool) -> None:
            self._let_go()
            self._tell(_("The post was printed") if done else _("The printer did not take the post"))

        def start(page: PrintedPage) -> None:
            page.printed.connect(ended)
            page.to_printer(printer)

        self._prepare(start)

    def _prepare(self, then: Callable[[PrintedPage], None]) -> None:
        session, site = self._workspace.session, self._workspace.post_site
        if session is None or site is None:
            self._tell(_("Open a post first"))
            return
        if self._page is not None:
            self._tell(_("The post is being printed already"))
            return
        self._tell(_("Preparing the pages…"))
        page = self._page = PrintedPage(self._tasks, self._window)
        page.ready.connect(lambda: then(page))
        page.draw_with(self._window.preview.diagrams.script, self._window.preview.web_pictures)
        path = session.path
        blocks = self._client.page.blocks()
        page.show_post(
            str(path or ""), list(blocks), self._preview.title, site.root, lambda url: site.resolve(url, path)
        )

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout())
        printer.setDocName(self._name())
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(_("Print"))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def _ask_path(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        start = Path(QStandardPaths.writableLocation(places)) / f"{self._name()}.pdf"
        path, _filter = QFileDialog.getSaveFileName(
            self._window, _("Export as PDF"), str(start), _("PDF files (*.pdf)")
        )
        if path:
            chosen = Path(path)
            self.export(chosen if chosen.suffix else chosen.with_suffix(".pdf"))

    def _name(self) -> str:
        session = self._workspace.session
        return session.path.stem if session is not None and session.path is not None else _("Untitled")

    def _let_go(self) -> None:
        page, self._page = self._page, None
        self._printer = None
        if page is not None:
            page.close()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CopydeskError):
            raise error
        self._tell(error.located())

    def _tell(self, words: str) -> None:
        self._window.status.show_message(words)

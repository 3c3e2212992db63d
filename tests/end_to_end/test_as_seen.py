"""The post as others see it, and on paper: the real window, its worker and its pages."""

import json

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QPushButton

from editor.ui.preview.page import WORLD

SITE = {
    "mkdocs.yml": (
        "site_name: A blog\nsite_url: https://blog.example.org/\ntheme: material\n"
        "plugins:\n  - blog:\n      blog_dir: .\n"
    ),
    "docs/index.md": "# x\n",
    "docs/posts/first.md": (
        "---\ndate: 2024-01-02\ntitle: The first one\ndescription: What it is about.\nimage: /img/card.png\n---\n\n"
        "Before *the mark*.\n\n<!-- more -->\n\nAfter it.\n"
    ),
    "docs/posts/slip.md": "---\ndate: 2024-01-03\n---\n\n# A slip\n\nBefore.\n\n<!--more-->\n\nAfter it.\n",
}


@pytest.fixture
def here(window):
    made = window(SITE)
    picture = QImage(1200, 630, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    (made.folder / "docs/img").mkdir()
    picture.save(str(made.folder / "docs/img/card.png"))
    return made


def seen(here, name):
    """Open a post and the window beside it, and wait until it is filled."""
    here.open(here.folder / "docs/posts" / name)
    here.window.actions_by_id["as_seen"].trigger()
    dialog = here.parts.seen.dialog
    here.qtbot.waitUntil(lambda: bool(dialog.words.text()), timeout=30_000)
    return dialog


def text_of(here, dialog):
    answers = []
    dialog.preview.web.page().runJavaScript(
        "JSON.stringify(document.querySelector('main').textContent)", WORLD, answers.append
    )
    here.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return " ".join(json.loads(answers[0] or '""').split())


def test_excerpt_search_result_and_card_are_shown(here):
    dialog = seen(here, "first.md")
    assert "<!-- more -->" in dialog.words.text()
    here.qtbot.waitUntil(lambda: text_of(here, dialog) == "The first one Before the mark.", timeout=20_000)
    place, title, description = dialog.search.texts
    assert place.startswith("blog.example.org › 2024 › ")
    assert (title, description) == ("The first one", "What it is about.")
    assert dialog.card.texts == ("blog.example.org", "The first one", "What it is about.")
    assert dialog.card.picture.size().toTuple() == (1200, 630)
    assert dialog.findChild(QPushButton, "showMark").isHidden() or not dialog.warning.isVisible()


def test_they_follow_what_is_typed(here):
    dialog = seen(here, "first.md")
    cursor = here.session.document.find("What it is about.")
    cursor.insertText("Another description.")
    here.qtbot.waitUntil(lambda: dialog.search.texts[2] == "Another description.", timeout=20_000)
    cursor = here.session.document.find("Before")
    cursor.insertText("Ahead of")
    here.qtbot.waitUntil(lambda: "Ahead of the mark." in text_of(here, dialog), timeout=20_000)


def test_a_slip_in_the_mark_is_told_and_led_to(here):
    dialog = seen(here, "slip.md")
    here.qtbot.waitUntil(lambda: "After it." in text_of(here, dialog), timeout=20_000)
    assert dialog.warning.isVisible()
    assert "<!-- more -->" in dialog.warning.text()
    dialog.findChild(QPushButton, "showMark").click()
    assert here.window.editor.textCursor().block().text() == "<!--more-->"


def test_the_window_turns_to_the_post_that_is_opened(here):
    dialog = seen(here, "first.md")
    here.parts.workspace.open_post(here.folder / "docs/posts/slip.md")
    here.qtbot.waitUntil(lambda: dialog.search.texts[1] == "A slip", timeout=20_000)


def test_closed_it_does_nothing_more(here):
    dialog = seen(here, "first.md")
    dialog.close()
    assert here.parts.seen.dialog is None
    here.session.document.find("Before").insertText("Ahead of")
    here.window.actions_by_id["as_seen"].trigger()
    again = here.parts.seen.dialog
    here.qtbot.waitUntil(lambda: "Ahead of" in text_of(here, again), timeout=20_000)


def pdf_text(path):
    document = QPdfDocument()
    assert document.load(str(path)) == QPdfDocument.Error.None_
    text = " ".join(document.getAllText(page).text() for page in range(document.pageCount()))
    return document.pageCount(), " ".join(text.split())


def test_all_of_a_long_post_gets_into_the_pdf(here, tmp_path):
    path = here.folder / "docs/posts/first.md"
    words = "\n\n".join(f"Paragraph {n} " + "with words " * 60 for n in range(250))  # in several parts
    path.write_text(
        path.read_text("utf-8") + "\n\n" + words + "\n\n??? tip\n    x\n\nThe very end.\n", "utf-8"
    )
    here.open(path)
    out = tmp_path / "post.pdf"
    here.qtbot.waitUntil(lambda: "The very end." in here.parts.client.page.html(), timeout=30_000)
    here.parts.printing.export(out)
    here.qtbot.waitUntil(out.is_file, timeout=60_000)
    pages, text = pdf_text(out)
    assert pages > 20
    assert "The first one" in text
    assert "Before the mark." in text
    assert "Paragraph 125 " in text
    assert text.endswith("The very end.")


def test_the_post_goes_to_the_printer(here, tmp_path):
    here.open(here.folder / "docs/posts/first.md")
    here.qtbot.waitUntil(lambda: "After it." in here.parts.client.page.html(), timeout=30_000)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    here.parts.printing.print_to(printer)
    here.qtbot.waitUntil((tmp_path / "printed.pdf").is_file, timeout=60_000)
    here.qtbot.waitUntil(lambda: here.parts.printing.idle, timeout=20_000)
    assert pdf_text(tmp_path / "printed.pdf")[0] == 1


def test_the_window_is_a_dialog_that_leaves_the_main_window_usable(here):
    dialog = seen(here, "first.md")
    assert isinstance(dialog, QDialog)
    assert not dialog.isModal()

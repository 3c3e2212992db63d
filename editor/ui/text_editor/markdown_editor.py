"""The widget that a post is written in."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

from editor.translation import gettext as _
from editor.ui.text_editor import typing_rules
from editor.ui.text_editor.commands import command
from editor.ui.text_editor.folding_view import FoldingView
from editor.ui.text_editor.inline_commands import is_address, link_around, make_link
from editor.ui.text_editor.passage import Change, Command, Passage
from editor.ui.text_editor.positions import Positions
from editor.ui.theme import LIGHT, Theme

_KEEP = QTextCursor.MoveMode.KeepAnchor


class MarkdownEditor(FoldingView):
    """A post's text, its front matter folded away, with the commands that a writer of Markdown expects.

    Signals:
        folded_changed: the front matter was folded away (True) or shown.
        caret_moved: (line, column) of the caret, from 0, the column in code points.
        files_dropped: a list of paths, dropped or pasted; the caret stands where they go.
        image_pasted: a picture, pasted; nothing was put into the text.
        picture_wanted: a picture is to be put in, and somebody is to offer which; `insert_picture` goes on.
        menu_opens: (the context menu that is about to be shown, the place of the document that it is for).
        zoom_changed: the zoom factor changed.
    """

    menu_opens = Signal(QMenu, int)
    files_dropped = Signal(list)
    image_pasted = Signal(QImage)
    picture_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent, theme=theme)
        self.setObjectName("bodyEditor")
        self.setAccessibleName(_("Text of the post"))
        self._escaped = False
        self._offers_pictures = False
        self._closers: list[QTextCursor] = []
        """Closing marks that were put in with their opening ones, innermost last: typing goes over them."""
        self.cursorPositionChanged.connect(self._forget_closers)
        self.setDocument(QTextDocument(self))
        self.set_theme(theme)

    def setDocument(self, document: QTextDocument) -> None:
        """Show `document`, which the caller keeps; `set_front_matter_lines` is to be called after it."""
        self._closers.clear()
        super().setDocument(document)

    # -- commands ----------------------------------------------------------------------------------

    def run(self, command_id: str) -> None:
        """Run the command `command_id` of `commands.COMMANDS` as one step of undo."""
        if self.isReadOnly():
            return
        passage, _offset, _positions = self._passage()
        offered = command_id == "image" and self._offers_pictures
        if offered and not passage.code and link_around(passage) is None and not is_address(passage.selected):
            self.picture_wanted.emit()
        else:
            self._apply(command(command_id).function)

    def set_offers_pictures(self, offers: bool) -> None:
        """Say whether somebody answers `picture_wanted`; else the command puts the bare marks in."""
        self._offers_pictures = offers

    def insert_picture(self, address: str) -> None:
        """Put in the marks of a picture; what is selected describes it, else the caret goes to where that stands."""
        if self.isReadOnly():
            return
        if address:
            self._apply(lambda passage: make_link(passage, address, mark="!["))
        else:
            self._apply(command("image").function)
        self.setFocus()

    def insert_text(self, text: str) -> None:
        """Put `text` in at the caret, as it is, as one step of undo."""
        if self.isReadOnly():
            return
        cursor = self._writing_cursor()
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _passage(self) -> tuple[Passage, int, Positions]:
        """Return the passage around the selection, where it starts in the document, and its positions."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        code = self._highlighter.in_code(first)
        before = first.previous()
        if before.isValid() and before.position() >= self.body_start():
            first = before
        if last.next().isValid():
            last = last.next()
        lines = []
        block = first
        while block.isValid():
            lines.append(block.text())
            if block == last:
                break
            block = block.next()
        text = "\n".join(lines)
        positions = Positions(text)
        start = positions.points(cursor.selectionStart() - first.position())
        end = positions.points(cursor.selectionEnd() - first.position())
        return Passage(text, start, end, code), first.position(), positions

    def _apply(self, function: Command) -> bool:
        """Make the change that `function` gives for the selection; return whether there was one."""
        if self._body_is_missing():
            if function(Passage("", 0, 0)) is None:
                return False
            self.setTextCursor(self._writing_cursor())
        passage, offset, positions = self._passage()
        made: Change | None = function(passage)
        if made is None:
            return False
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for edit in reversed(made.edits):
            cursor.setPosition(offset + positions.units(edit.start))
            cursor.setPosition(offset + positions.units(edit.end), _KEEP)
            cursor.insertText(edit.replacement)
        cursor.endEditBlock()
        after = Positions(made.apply(passage.text))
        cursor.setPosition(offset + after.units(made.start))
        cursor.setPosition(offset + after.units(made.end), _KEEP)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    # -- keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escaped, self._escaped = self._escaped, False
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.matches(QKeySequence.StandardKey.ZoomIn):
            self.step_zoom(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.step_zoom(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self._escaped = True
            event.ignore()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._press_tab(back=event.key() == Qt.Key.Key_Backtab, leave=escaped or self.isReadOnly())
        elif self.isReadOnly() or not self._press_writing_key(event):
            self._press_other_key(event)

    def _press_tab(self, *, back: bool, leave: bool) -> None:
        if leave:
            # QPlainTextEdit's own refuses, as it takes Tab for itself.
            QAbstractScrollArea.focusNextPrevChild(self, not back)
        else:
            self._apply(lambda passage: typing_rules.tab(passage, back=back))

    def _press_writing_key(self, event: QKeyEvent) -> bool:
        """Do what a key that changes the text does here; return whether it did something of its own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
                return False
            # With Shift, Qt would write U+2028: no line end to any generator.
            if not self._apply(typing_rules.enter):
                self.insert_text("\n")
            return True
        if event.matches(QKeySequence.StandardKey.DeleteStartOfWord):
            return self._delete_backwards(QTextCursor.MoveOperation.PreviousWord)
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return self._delete_backwards(QTextCursor.MoveOperation.PreviousCharacter)
        text = event.text()
        modifiers = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.KeypadModifier
            | Qt.KeyboardModifier.GroupSwitchModifier
        )
        # AltGr comes as Ctrl+Alt on Windows.
        plain = not modifiers or modifiers == (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if not plain or not text or not text.isprintable():
            return False
        return self._type(text)

    def _type(self, text: str) -> bool:
        cursor = self.textCursor()
        closer = self._closers[-1] if self._closers else None
        if closer is not None and not cursor.hasSelection() and closer.position() == cursor.position():
            closing = self.document().characterAt(cursor.position())
            if closing == text:
                self._closers.pop()
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
                self.setTextCursor(cursor)
                return True
        if self._body_is_missing():
            self.setTextCursor(self._writing_cursor())
        if cursor.hasSelection():
            return self._apply(lambda passage: typing_rules.wrap_selection(passage, text))
        if text in typing_rules.PAIRS and self._apply(lambda passage: typing_rules.open_pair(passage, text)):
            # Held from behind: what is typed in between goes before it.
            held = self.textCursor()
            self._closers.append(held)
            return True
        return False

    def _forget_closers(self) -> None:
        block = self.textCursor().block()
        self._closers = [closer for closer in self._closers if closer.block() == block]

    def _delete_backwards(self, movement: QTextCursor.MoveOperation) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        if movement == QTextCursor.MoveOperation.PreviousCharacter and (
            self._delete_pair(cursor) or self._apply(typing_rules.backspace)
        ):
            return True
        start = self.body_start()
        if cursor.position() <= start:
            return start > 0
        if movement == QTextCursor.MoveOperation.PreviousCharacter:
            return False
        cursor.movePosition(movement, _KEEP)
        cursor.setPosition(max(cursor.position(), start), _KEEP)
        cursor.removeSelectedText()
        return True

    def _delete_pair(self, cursor: QTextCursor) -> bool:
        """Take an opening mark away with the closing one that it brought, if nothing stands between them."""
        place = cursor.position()
        opening, closing = (self.document().characterAt(place + step) for step in (-1, 0))
        if not self._closers or self._closers[-1].position() != place:
            return False
        if typing_rules.PAIRS.get(opening) != closing:
            return False
        self._closers.pop()
        cursor.setPosition(place - 1)
        cursor.setPosition(place + 1, _KEEP)
        cursor.removeSelectedText()
        return True

    def _press_other_key(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        first_line = (
            self.body_start() > 0
            and cursor.position() >= self.body_start()
            and cursor.block().position() == self.body_start()
        )
        up = event.matches(QKeySequence.StandardKey.MoveToPreviousLine)
        if first_line and up:
            line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
            if line.isValid() and line.lineNumber() == 0:
                return
        super().keyPressEvent(event)

    # -- input methods -----------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if (event.preeditString() or event.commitString()) and not self.isReadOnly():
            self._keep_in_body()
            if self._body_is_missing():
                self.setTextCursor(self._writing_cursor())
        super().inputMethodEvent(event)
        # Qt has put the input method's formats in the place of ours.
        self._highlighter.refresh(self.textCursor().block())

    # -- clipboard and drops -----------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasUrls() or source.hasImage()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection with every character kept: Qt would turn no-break spaces into spaces."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put text in as it is; files and pictures go to who listens to the signals."""
        if self.isReadOnly():
            return
        self._keep_in_body()
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
        elif source.hasText():
            self._insert_pasted(source.text())
        elif source.hasImage():
            image = source.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.image_pasted.emit(image)

    def _insert_pasted(self, text: str) -> None:
        selected = self.textCursor().selectedText()
        address = text.strip()
        if selected and "\u2029" not in selected and is_address(address) and not is_address(selected):
            linked = self._apply(lambda passage: None if passage.code else make_link(passage, address))
            if linked:
                return
        self.insert_text(text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        menu = self.context_menu()
        self.menu_opens.emit(menu, cursor.position())
        menu.exec(event.globalPos())

    def context_menu(self) -> QMenu:
        """Return a menu of what can be done with the text; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        writable = not self.isReadOnly()
        selected = self.textCursor().hasSelection()
        keys = QKeySequence.StandardKey
        for label, sequence, slot, enabled in (
            (_("Undo"), keys.Undo, self.undo, writable and self.document().isUndoAvailable()),
            (_("Redo"), keys.Redo, self.redo, writable and self.document().isRedoAvailable()),
            ("", None, None, False),
            (_("Cut"), keys.Cut, self.cut, writable and selected),
            (_("Copy"), keys.Copy, self.copy, selected),
            (_("Paste"), keys.Paste, self.paste, self.canPaste()),
            ("", None, None, False),
            (_("Select all"), keys.SelectAll, self.selectAll, True),
        ):
            if slot is None or sequence is None:
                menu.addSeparator()
                continue
            action = menu.addAction(label)
            action.setShortcut(QKeySequence(sequence))
            action.triggered.connect(slot)
            action.setEnabled(enabled)
        return menu

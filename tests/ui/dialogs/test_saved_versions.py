"""The list of saved versions: each is told from the others, and seen as a whole."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QListWidget

from editor.post.history import Version
from editor.ui.dialogs.saved_versions import SavedVersions
from editor.ui.theme import LIGHT


def test_every_line_is_seen_as_a_whole_and_another_than_the_rest(qtbot):
    first = datetime(2026, 9, 23, 18, 24, 26, 100_000, tzinfo=UTC)
    moments = [first + timedelta(hours=1), first + timedelta(milliseconds=300), first]
    dialog = SavedVersions([Version(moment, Path("unread")) for moment in moments], LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    versions = dialog.findChild(QListWidget, "versionList")
    words = [versions.item(row).text() for row in range(versions.count())]
    assert len(set(words)) == 3
    assert "." not in words[0]
    assert versions.viewport().width() >= versions.sizeHintForColumn(0)

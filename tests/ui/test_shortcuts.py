"""The shortcuts of the window and of the text, together: they are live at the same time."""

from itertools import combinations

from editor.ui.actions import action_rows
from editor.ui.text_editor.commands import COMMANDS


def bindings(qapp):
    from PySide6.QtGui import QKeySequence

    found = []
    for row in action_rows():
        if isinstance(row.shortcut, str):
            found.append((row.id, QKeySequence(row.shortcut)))
        elif row.shortcut is not None:
            found += [(row.id, keys) for keys in QKeySequence.keyBindings(row.shortcut)[:1]]
    found += [(command.id, QKeySequence(command.shortcut)) for command in COMMANDS if command.shortcut]
    return found


def test_no_two_commands_share_a_key(qapp):
    """One that begins another is no better: Qt waits for the second key, and calls neither."""
    from PySide6.QtGui import QKeySequence

    none = QKeySequence.SequenceMatch.NoMatch
    shared = [
        (one, other, keys.toString())
        for (one, keys), (other, others) in combinations(bindings(qapp), 2)
        if keys.matches(others) != none or others.matches(keys) != none
    ]
    assert shared == []


def test_every_shortcut_is_a_key(qapp):
    from PySide6.QtCore import Qt

    for name, keys in bindings(qapp):
        assert keys.count() > 0, name
        assert all(keys[place].key() != Qt.Key.Key_unknown for place in range(keys.count())), name

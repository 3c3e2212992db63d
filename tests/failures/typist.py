"""A writer who types and saves without rest, in a process that is going to be killed.

Before each edit and each save, what is about to happen goes to a pipe, so that whoever reads it knows what was done up
to any moment: a line of JSON, ["edit", moment, start, end, replacement], ["save", moment] or ["saved", moment].
"""

import json
import os
import random
import time
from pathlib import Path

WORDS = ("plain ", "text\n", "ä", "\U0001f600", "\n\n", "- entry\n", "**bold** ", "\u00a0", "end.")


def type_for_ever(post: Path, pipe: int, seed: int, window: bool) -> None:
    """Open `post` in the program and type into it, until this process is killed.

    With `window` it is the whole window, preview and render workers too; else all of it that holds and saves text.
    """
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtGui import QTextCursor
    from PySide6.QtWidgets import QApplication

    from editor.post.recovery.unsaved import journal_folder
    from editor.settings import Settings
    from editor.ui import app
    from editor.ui.safekeeping import Safekeeping
    from editor.ui.tasks import PoolTasks
    from editor.ui.workspace import Workspace

    settings = Settings.load()
    if window:
        application: QCoreApplication = app.make_application()
        parts = app.build(settings, "light")
        parts.window.show()
        workspace = parts.workspace
    else:
        application = QApplication(["typist"])
        workspace = Workspace(settings, PoolTasks(), remember=False)
        workspace.keeping = Safekeeping(journal_folder(settings.state_dir), workspace)
    rng = random.Random(seed)

    def tell(*words: object) -> None:
        os.write(pipe, (json.dumps([words[0], time.time(), *words[1:]]) + "\n").encode())

    workspace.open_post(post)
    session = workspace.session
    assert session is not None
    workspace.saved.connect(lambda _session, _path: tell("saved"))

    def type_one() -> None:
        cursor = QTextCursor(session.document)
        last = session.document.characterCount() - 1
        if rng.random() < 0.8:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        else:
            cursor.setPosition(rng.randint(0, last))
        before = session.text
        kind = rng.random()
        if kind < 0.06:
            session.document.undo()
        elif kind < 0.15 and last > 40:
            cursor.movePosition(
                QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, rng.randint(1, 5)
            )
            cursor.removeSelectedText()
        else:
            cursor.insertText(rng.choice(WORDS))
        after = session.text
        if after != before:
            tell("edit", after)
        if rng.random() < 0.04:
            tell("save")
            workspace.save()

    timer = QTimer()
    timer.setInterval(4)
    timer.timeout.connect(type_one)
    timer.start()
    tell("begun")
    application.exec()

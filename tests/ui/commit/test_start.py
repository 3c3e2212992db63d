"""What the start of the window does without."""

import subprocess
import sys


def test_the_views_are_imported_when_they_are_first_wanted():
    asked = "import sys, editor.ui.app; print(*sorted(name for name in sys.modules if name.startswith('editor.ui')))"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    views = {
        "editor.ui.commit.commit_view",
        "editor.ui.commit.commit_column",
        "editor.ui.commit.rendered_changes",
        "editor.ui.post_history.history_view",
    }
    imported = set(ended.stdout.split())
    assert "editor.ui.commit.commit_desk" in imported
    assert not views & imported

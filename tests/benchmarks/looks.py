"""A key's way to the page in both looks of the preview, on one post of a site that its generator can build here.

    python -m tests.benchmarks.looks POST [KEYS]

It trusts the site for this run, in a home of its own, builds it, types at the start, in the middle and at the end
of the post, and prints the 50th and 95th percentile of the milliseconds from a key to the painted page. Nothing is
saved.
"""

import gc
import os
import statistics
import sys
import tempfile
from pathlib import Path

from editor.settings import Settings
from editor.site.find import open_site
from editor.ui import app
from tests.benchmarks.typing_run import PLACES, Clock, burst, go_to, rest, wait_for


def measure(parts: app.Parts, clock: Clock, keys: int) -> str:
    """Type in all places, single keys and bursts, and return the figures as a line."""
    words = []
    for name, count in (("single keys", 1), ("bursts", 12)):
        painted, applied = [], []
        for place in PLACES:
            go_to(parts, place)
            rest(1.0)
            for _ in range(keys if count == 1 else max(1, keys // 12)):
                for figure in burst(parts, clock, count):
                    painted.append(figure["painted"])
                    applied.append(figure["patched"])
        words.append(f"{name}: painted {_figures(painted)}, in the page {_figures(applied)}")
    return "; ".join(words)


def _figures(found: list[float | None]) -> str:
    times = sorted(time for time in found if time is not None)
    return f"{statistics.median(times):.0f}/{times[int(len(times) * 0.95)]:.0f}"


def main(post: Path, keys: int) -> None:
    os.environ["COPYDESK_HOME"] = tempfile.mkdtemp()
    application = app.make_application()
    settings = Settings.load()
    settings.trust(open_site(post, settings).root)
    parts = app.build(settings, "light")
    window = parts.window
    clock = Clock(parts)
    window.resize(1600, 1000)
    window.show()
    parts.desk.open_first(post)
    wait_for(lambda: bool(clock.painted) and window.actions_by_id["published"].isEnabled())
    rest(3.0)
    gc.disable()
    print("Reading  ", measure(parts, clock, keys), flush=True)
    placed: list[bool] = []
    window.preview.placed.connect(placed.append)
    window.actions_by_id["published"].trigger()
    wait_for(lambda: bool(placed))
    print("the post was found in the built page:", placed)
    rest(3.0)
    print("Published", measure(parts, clock, keys), flush=True)
    parts.building.end()
    parts.client.shutdown()
    application.processEvents()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 20)

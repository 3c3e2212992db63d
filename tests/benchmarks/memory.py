"""The memory of a process and all below it."""

import re
from pathlib import Path


def tree_pss(pid: int) -> float:
    """Return the proportional set size (PSS) of the process tree in MiB; 0 where /proc does not tell."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            rollup = Path(f"/proc/{current}/smaps_rollup").read_text()
            found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            total += int(found[1]) if found else 0
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return total / 1024

import platform
import subprocess
import sys

import pytest

SCRIPT = """
import os, sys, threading
from editor.ui.memory import be_thrifty

be_thrifty()
def grow():
    kept.append([bytes(700) for _ in range(20_000)])
kept = []
threads = [threading.Thread(target=grow) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
# An arena of glibc's is a mapping of 64 MiB, most of it not to be touched.
rows = [line.split() for line in open("/proc/self/maps")]
sizes = [[int(end, 16) for end in row[0].split("-")] for row in rows if len(row) == 5 and row[1] == "---p"]
print(sum(60 << 20 < end - start <= 64 << 20 for start, end in sizes))
print(os.environ["MALLOC_ARENA_MAX"], os.environ["MALLOC_TRIM_THRESHOLD_"])
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives each thread a heap")
def test_threads_share_one_heap():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1", "131072"]

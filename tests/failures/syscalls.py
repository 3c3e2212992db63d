"""Break a save at each of its system calls, with strace: kill the process there, or let the call fail.

    python -m tests.failures.syscalls kills
    python -m tests.failures.syscalls errors

For a post that is replaced, one that is written in place (it has two names) and a new one. Whatever happens, the disk
must have the old or the new content, whole, after what the next start does, and a failure must be told in one sentence.
Prints a table; exits with 1 where that does not hold. Needs strace and the right to trace (Linux).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLD, NEW = b"---\ntitle: a\n---\nold text\n", b"---\ntitle: a\n---\nnew text, and longer than the old\n"

WAYS = ("replaced", "in place", "new")

ERRORS = {
    "openat": ("EACCES", "EROFS", "ENOSPC", "EMFILE", "ENOENT", "EIO", "EDQUOT", "ELOOP", "EINTR"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "EFBIG", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "close": ("EIO", "ENOSPC", "EDQUOT"),
    "rename": ("EACCES", "EPERM", "EBUSY", "EXDEV", "ENOSPC", "EROFS", "EIO", "ENOENT"),
    "fchmod": ("EPERM", "EROFS", "EIO"),
    "fchown": ("EPERM", "EROFS"),
    "ftruncate": ("EIO", "EFBIG", "EPERM"),
    "fallocate": ("ENOSPC", "EDQUOT", "EOPNOTSUPP", "EFBIG"),
    "unlink": ("EACCES", "EROFS", "EBUSY"),
    "newfstatat": ("EACCES", "EIO", "ELOOP", "ENAMETOOLONG"),
    "fsetxattr": ("EOPNOTSUPP", "EPERM", "ENOSPC"),
    "flock": ("ENOLCK", "EINTR"),
    "mkdir": ("EACCES", "ENOSPC", "EROFS"),
}
"""System call -> what it can meaningfully return: errno(3), and the manual page of each in section 2."""

SAVER = """
import os, sys
from pathlib import Path
from editor.errors import CopydeskError
from editor.post.document import PostDocument
post, spare, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
document = PostDocument.untitled("", post) if way == "new" else PostDocument.open(post)
text = sys.argv[4]
document.encode(text)
os.write(1, b"ready\\n")
os.read(0, 1)
try:
    document.save(text, spare=spare)
except CopydeskError as error:
    os.write(1, b"refused: " + error.message.encode() + b"\\n")
except BaseException as error:
    os.write(1, b"raised: " + repr(error).encode() + b"\\n")
else:
    os.write(1, b"saved\\n")
os._exit(0)
"""


@dataclass(frozen=True)
class Outcome:
    """What came of one save."""

    status: int
    said: str
    content: bytes | None
    """What the disk had after what the next start does."""
    left: tuple[str, ...]
    """What stands beside the post that should not."""


def can_trace() -> bool:
    """Tell whether strace is there and may trace."""
    if shutil.which("strace") is None:
        return False
    probe = ["strace", "-o", os.devnull, "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def save(way: str, inject: str, log: Path | None = None) -> Outcome:
    """Save one post under strace; `inject` is its `-e inject=` expression."""
    with tempfile.TemporaryDirectory(prefix="copydesk-calls-") as name:
        folder = Path(name) / "site"
        spare = Path(name) / "state"
        folder.mkdir()
        post = folder / "post.md"
        if way != "new":
            post.write_bytes(OLD)
        if way == "in place":
            (folder / "twin.md").hardlink_to(post)
        command = [sys.executable, "-c", SAVER, str(post), str(spare), way, NEW.decode()]
        saver = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert saver.stdin is not None and saver.stdout is not None
        saver.stdout.readline()
        trace = ["strace", "-f", "-p", str(saver.pid), "-o", str(log or os.devnull)]
        if inject:
            trace += ["-e", f"inject={inject}"]
        tracer = subprocess.Popen(trace, stderr=subprocess.PIPE)
        assert tracer.stderr is not None
        answer = tracer.stderr.readline()
        if b"attached" not in answer:
            saver.kill()
            saver.communicate()
            tracer.communicate()
            raise RuntimeError(f"strace does not trace, so that nothing was tried: {answer.decode()}")
        saver.stdin.write(b"x")
        saver.stdin.flush()
        said = saver.stdout.read().decode().strip()
        status = saver.wait()
        saver.stdin.close()
        saver.stdout.close()
        tracer.wait()
        tracer.stderr.close()
        from editor.post.in_place import repair

        repair(spare)
        content = post.read_bytes() if post.exists() else None
        known = {"post.md", "twin.md"}
        left = tuple(sorted({path.name for path in folder.iterdir()} - known))
        return Outcome(status, said, content, left)


def calls(way: str) -> list[tuple[str, str]]:
    """Return the system calls of a save of that kind, in their order: the name and its line in the trace."""
    with tempfile.NamedTemporaryFile(suffix=".trace") as log:
        save(way, "", Path(log.name))
        lines = Path(log.name).read_text("utf-8", "replace").splitlines()
    found = [re.match(r"\d+ +(\w+)\(", line) for line in lines]
    return [(match[1], line) for match, line in zip(found, lines, strict=True) if match]


def kept(way: str, outcome: Outcome) -> bool:
    """Tell whether the disk has the old or the new content, whole."""
    return outcome.content in ((None, NEW) if way == "new" else (OLD, NEW))


def kills() -> Iterator[tuple[str, int, str, Outcome]]:
    """Kill a save at each of its calls; yield the way, the number of the call, its name and what came of it."""
    for way in WAYS:
        for number, (name, _line) in enumerate(calls(way), 1):
            yield way, number, name, save(way, f"all:signal=SIGKILL:when={number}")


def failures(ways: tuple[str, ...] = WAYS) -> Iterator[tuple[str, str, int, str, Outcome]]:
    """Let each call fail in each way it can; yield the way, its name, which of its kind, the error and the outcome."""
    for way in ways:
        names = [name for name, _line in calls(way)]
        for name in dict.fromkeys(names):
            for number in range(1, names.count(name) + 1):
                for error in ERRORS.get(name, ()):
                    yield way, name, number, error, save(way, f"{name}:error={error}:when={number}")


def main() -> int:
    """Do what the command line says, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["kills", "errors", "order"])
    what = parser.parse_args().what
    wrong = 0
    if what == "order":
        for way in WAYS:
            print(f"{way}:")
            for _name, line in calls(way):
                print("   ", line)
        return 0
    if what == "kills":
        for way, number, name, outcome in kills():
            whole = kept(way, outcome)
            wrong += not whole
            content = {OLD: "old", NEW: "new", None: "none"}.get(outcome.content, "TORN")
            print(f"{way:9} {number:3} {name:12} {content:5} {' '.join(outcome.left)}", flush=True)
    else:
        for way, name, number, error, outcome in failures():
            fine = kept(way, outcome) and not outcome.said.startswith("raised")
            fine = fine and not (outcome.said == "saved" and outcome.content != NEW)
            wrong += not fine
            content = {OLD: "old", NEW: "new", None: "none"}.get(outcome.content, "TORN")
            mark = "" if fine else "WRONG "
            said = json.dumps(outcome.said, ensure_ascii=False)
            print(
                f"{mark}{way:9} {name:11} {number:2} {error:10} {content:5} {said} {' '.join(outcome.left)}",
                flush=True,
            )
    print(f"{wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is staged: the files that the next commit is about to change, as the index has them."""

from editor.git.contents import Entry
from editor.git.repository import Repository, decoded


def staged_files(repository: Repository, within: str = ".", index: str = "") -> dict[str, Entry]:
    """Return the regular files at or below `within` in which the index differs from the last commit, by name.

    Files that the commit takes away, links and submodules are left out. `index` is the file of another index than
    the work tree's: a hook has one in GIT_INDEX_FILE where the commit takes more or less than what was staged.
    Raises GitError. Source: git-diff(1), "Raw output format"; githooks(5).
    """
    asked = ["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-color"]
    variables = {"GIT_INDEX_FILE": index} if index else None
    told = repository.git(*asked, "--diff-filter=d", "--", within, variables=variables).split(b"\0")
    found = {}
    for record, name in zip(told[::2], told[1::2], strict=False):
        _mode, mode, _hash, identity, _sign = record.decode("ascii").split()
        if mode.startswith("100"):
            found[decoded(name)] = Entry(mode, identity)
    return found

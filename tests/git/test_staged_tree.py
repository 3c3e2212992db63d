"""What is about to be committed, as a folder: with what was picked, without what was not, and nothing changed."""

import pytest

from editor.errors import GitError
from editor.git.committing import Pick, commit
from editor.git.staged_tree import check_out


def everything(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".git" not in file.relative_to(folder).parts
    }


def test_what_is_picked_and_nothing_else(repo, tmp_path):
    repo.commit("More", c_md="c\n", d_md="d\n")
    repo.write("a.md", "picked\n")
    repo.write("b.md", "not picked\n")
    repo.write("staged.md", "staged, not picked\n")
    repo.git("add", "staged.md")
    repo.write("dir/new file.md", "new\n")
    (repo.top / "c.md").unlink()
    repo.write("d.md", "D\nmore\n")
    picks = [Pick("a.md"), Pick("dir/new file.md"), Pick("c.md"), Pick("d.md", b"d\nmore\n")]
    before = repo.index(), sorted((repo.top / ".git/objects").rglob("*")), repo.status()
    made = check_out(repo.repository, picks, tmp_path / "a folder" / "tree")
    assert everything(made.folder) == {
        "a.md": b"picked\n",
        "b.md": b"b\n",
        "d.md": b"d\nmore\n",
        "dir/new file.md": b"new\n",
    }
    assert before == (repo.index(), sorted((repo.top / ".git/objects").rglob("*")), repo.status())
    commit(repo.repository, "The same", picks)
    assert repo.said("rev-parse", "HEAD^{tree}") == made.tree


def test_before_the_first_commit(new_repo, tmp_path):
    repo = new_repo()
    repo.write("a.md", "a\n")
    repo.write("b.md", "b\n")
    assert everything(check_out(repo.repository, [Pick("b.md")], tmp_path / "tree").folder) == {
        "b.md": b"b\n"
    }


def test_sparse_files_links_endings_and_submodules_are_there(repo, new_repo, tmp_path):
    inner = new_repo("inner")
    inner.commit("Inner", x_css="x\n")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "theme")
    repo.write(".gitattributes", "*.txt text eol=crlf\n")
    repo.write("kept/a.txt", "a\n")
    repo.write("away/b.md", "b\n")
    (repo.top / "link").symlink_to("kept")
    repo.write("run.sh", "x").chmod(0o755)
    repo.commit()
    repo.git("sparse-checkout", "set", "kept")
    made = check_out(repo.repository, [], tmp_path / "tree")
    assert made.submodules == ("theme",)
    assert not list((made.folder / "theme").glob("*"))
    assert (made.folder / "away/b.md").read_bytes() == b"b\n"
    assert (made.folder / "kept/a.txt").read_bytes() == b"a\r\n"
    assert (made.folder / "link").is_symlink()
    assert (made.folder / "run.sh").stat().st_mode & 0o100


def test_a_repository_whose_path_has_signs_that_separate(new_repo, tmp_path):
    repo = new_repo('si:te "x" \\ ä')
    repo.commit("One", a_md="a\n")
    repo.write("a.md", "changed\n")
    assert everything(check_out(repo.repository, [Pick("a.md")], tmp_path / "tree").folder) == {
        "a.md": b"changed\n"
    }


def test_a_folder_that_is_not_empty_is_left_alone(repo, tmp_path):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/mine.md").write_bytes(b"mine")
    with pytest.raises(GitError, match="is not empty"):
        check_out(repo.repository, [], tmp_path / "tree")
    with pytest.raises(GitError):
        check_out(repo.repository, [], tmp_path / "tree/mine.md")
    assert everything(tmp_path / "tree") == {"mine.md": b"mine"}


def test_a_sparse_index_too(repo, tmp_path):
    repo.write("kept/a.md", "a\n")
    repo.write("away/deep/b.md", "b\n")
    repo.commit()
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "kept")
    repo.write("kept/a.md", "picked\n")
    made = check_out(repo.repository, [Pick("kept/a.md")], tmp_path / "tree")
    assert (made.folder / "away/deep/b.md").read_bytes() == b"b\n"
    assert (made.folder / "kept/a.md").read_bytes() == b"picked\n"
    commit(repo.repository, "Pick", [Pick("kept/a.md")])
    assert repo.said("rev-parse", "HEAD^{tree}") == made.tree
    assert repo.status() == [] and repo.names() == ["kept/a.md"]

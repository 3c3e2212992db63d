"""Configuration that is Python is read as data; nothing of it runs."""

import pytest

from editor.errors import SiteError
from editor.site.generators import python_config
from editor.site.generators.python_values import Unread


@pytest.fixture
def read(tmp_path, write):
    def read_text(text, **others):
        files = {"conf.py": text} | {name + ".py": other for name, other in others.items()}
        write(tmp_path, files)
        return python_config.read(tmp_path / "conf.py", tmp_path)

    return read_text


READ = {
    "A = 'a' 'b' + \"c\"": "abc",
    "A = 3 * 4 - 2": 10,
    "A = -1.5": -1.5,
    "B = 'b'\nA = f'{B}/{{slug}}-{3:03d}'": "b/{slug}-003",
    "A = '%s-%d' % ('a', 3)": "a-3",
    "A = '{}-{x}'.format(1, x='b')": "1-b",
    "A = 'A B'.lower().replace(' ', '-')": "a-b",
    "A = '-'.join(['a', 'b'])": "a-b",
    "B = {'x': [1, (2, None)]}\nA = B['x'][1]": (2, None),
    "B = ['b']\nA = ['a', *B]": ["a", "b"],
    "B = {'b': 1}\nA = {'a': 0, **B}": {"a": 0, "b": 1},
    "A = [1]\nA += [2]\nA.append(3)\nA.extend((4,))": [1, 2, 3, 4],
    "A = {}\nA['b'] = 1\nA.update({'c': 2})": {"b": 1, "c": 2},
    "A = {'b': {}}\nA['b']['c'] = 1": {"b": {"c": 1}},
    "A, B = 'a', 'b'": "a",
    "A: str = 'a'": "a",
    "A = 'a' if not False else 'b'": "a",
    "A = None or 'a'": "a",
    "if 1 < 2:\n    A = 'a'\nelse:\n    A = 'b'": "a",
    "A = []\nfor B in ('a', 'b'):\n    A.append(B)": ["a", "b"],
    "try:\n    from not_there import *\nexcept ImportError:\n    A = 'a'": "a",
    "A = '\\d+'": "\\d+",
    "A = 'abc'[1:]": "bc",
    "A = dict(a=1, b='c')": {"a": 1, "b": "c"},
    "import os\nA = os.environ.get('SURELY_NOT_SET', 'a')": "a",
    "A = str(len('abc'))": "3",
}


@pytest.mark.parametrize("text", READ)
def test_data_is_read(read, text):
    found = read(text)
    assert found.values["A"] == READ[text]
    assert found.problems(frozenset("A")) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os\nA = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'in')",
        "from os.path import join, dirname\nA = join(dirname(__file__), 'in')",
        "from pathlib import Path\nA = str(Path(__file__).parent / 'in')",
        "from pathlib import Path\nA = (Path(__file__).resolve().parent / 'in').as_posix()",
        "import pathlib\nHERE = pathlib.Path(__file__).parent\nA = f'{HERE}/in'",
    ],
)
def test_paths_are_read(read, tmp_path, text):
    assert read(text).values["A"] == str(tmp_path / "in")


UNREAD = (
    "A = open('x').read()",
    "import os\nA = os.system('touch ran')",
    "A = __import__('os').getcwd()",
    "A = [n for n in 'abc']",
    "A = lambda: 1",
    "def A():\n    return 1",
    "from somewhere import thing\nA = thing",
    "import datetime\nA = datetime.datetime.now().year",
    "if unknown:\n    A = 1",
    "A = 'a' * 10 ** 9",
    "A = 'a' * 999_999_999",
    "A = '%999999999d' % 1",
    "A = f'{1:999999999}'",
    "A = '{:999999999}'.format(1)",
    "A = '{0.__class__}'.format(1)",
    "A = 'a'.ljust(10**9)",
    "A = ().__class__.__base__",
    "A = [1]\nA[9] = 2",
    "A = 1\nA.real = 2\nA = A.real",
    "with open('x') as A:\n    pass",
    "A = ['a']\nA.append(open('x'))\nA.clear()",
)


@pytest.mark.parametrize("text", UNREAD)
def test_code_is_named_and_not_run(read, tmp_path, text):
    found = read(text)
    [problem] = found.problems(frozenset("A"))
    assert "A" in problem.message
    assert problem.path == tmp_path / "conf.py"
    assert {file.name for file in tmp_path.iterdir()} == {"conf.py"}


def test_a_part_that_is_no_data_leaves_the_rest(read):
    found = read(
        "import slugs\nA = {'title': 'a', 'slugify': slugs.slugify, 'made': slugs.slugify(case='x')}"
    )
    assert found.values["A"]["title"] == "a"
    assert [found.values["A"][key].name for key in ("slugify", "made")] == ["slugs.slugify"] * 2
    assert isinstance(found.values["A"]["made"], Unread)
    assert len(found.problems(frozenset("A"))) == 1
    assert found.problems(frozenset("B")) == []


def test_files_beside_are_read_and_those_elsewhere_are_not(read, tmp_path, write):
    write(tmp_path.parent, {"outer.py": "A = 'outer'\n"})
    found = read(
        "from base import *\nfrom other import B as C\nA = A + '!'\n",
        base="A = 'a'\n_P = 1\n",
        other="B = 2\n",
    )
    assert (found.values["A"], found.values["C"]) == ("a!", 2)
    assert "_P" not in found.values
    assert [file.name for file in found.files] == ["conf.py", "base.py", "other.py"]


def test_files_that_import_each_other(read):
    assert read("from base import *\nA = 1\n", base="from conf import *\nB = 2\n").values["B"] == 2


@pytest.mark.parametrize("text", ["A = (", "A = 'a\n", "\0", "A = " + "(" * 5000])
def test_no_python(read, text):
    with pytest.raises(SiteError) as caught:
        read(text)
    assert caught.value.path.name == "conf.py"


def test_deep_and_long_files_end(read):
    assert isinstance(read("A = " + "-" * 300 + "1").values["A"], int)
    assert read("\n".join(f"B{n} = {n}" for n in range(20_000)) + "\nA = 1").values["A"] == 1

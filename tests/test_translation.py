"""Translations: the template holds the program's sentences, and a language that is there is spoken."""

import gettext
import io
import os
import subprocess
import sys

import pytest

from editor import resources
from tests.sources import ROOT, literal

pofile = pytest.importorskip("babel.messages.pofile", reason="Babel comes with the extra dev")
mofile = pytest.importorskip("babel.messages.mofile", reason="Babel comes with the extra dev")

TEMPLATE = resources.path("translations/copydesk.pot")


@pytest.fixture(scope="module")
def template():
    with TEMPLATE.open("rb") as file:
        return pofile.read_po(file)


def test_the_template_holds_every_sentence(package, template):
    """Else: the command in the README, under “Translating”, makes it again."""
    inside = {message.id if isinstance(message.id, str) else message.id[0] for message in template}
    missing = []
    for source in package:
        for name, call in source.calls:
            place = {"_": 0, "gettext": 0, "ngettext": 0, "pgettext": 1}.get(name)
            if place is None or len(call.args) <= place:
                continue
            sentence = literal(call.args[place])
            if sentence is not None and sentence not in inside:
                missing.append(f"{source.place(call)}: {sentence}")
    assert missing == []


def test_the_program_speaks_a_language_that_is_there(tmp_path, template):
    """A catalogue is made for one sentence, beside a copy of the package: the copy says it that way."""
    sentence = next(message.id for message in template if str(message.id).startswith("There is no display"))
    template.locale = "de"
    template.get(sentence).string = "Kein Bildschirm"
    compiled = io.BytesIO()
    mofile.write_mo(compiled, template)
    folder = tmp_path / "resources/translations/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "copydesk.mo").write_bytes(compiled.getvalue())
    (tmp_path / "editor").symlink_to(ROOT / "editor")

    program = (
        "from pathlib import Path\n"
        "from editor import resources\n"
        f"resources._PACKAGE = Path({str(tmp_path / 'editor')!r})\n"
        "from editor.ui import system_libraries\n"
        "print(system_libraries.problem({}))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "de", "LC_ALL": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stderr == ""
    assert said.stdout.strip() == "Kein Bildschirm"


def test_without_a_translation_the_words_are_the_code_s():
    from editor.translation import gettext as translated

    assert translated("no such sentence") == "no such sentence"
    assert gettext.textdomain() == "messages", "the process's own domain is nobody's to change"

"""Every word that a person sees can be translated: nothing that is shown is a bare literal."""

import ast
import re
import string
from collections.abc import Iterable

import pytest

from tests.sources import Source, calls

SHOWN_BY: dict[str, tuple[int | str, ...]] = {
    # Qt: call -> the arguments (by position or name) that are shown or read aloud.
    "setText": (0,),
    "setPlainText": (0,),
    "setHtml": (0,),
    "setTitle": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setWhatsThis": (0,),
    "setWindowTitle": (0,),
    "setPlaceholderText": (0,),
    "setInformativeText": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setLabelText": (0,),
    "setSpecialValueText": (0,),
    "setSuffix": (0,),
    "setPrefix": (0,),
    "showMessage": (0,),
    "addAction": (0, 1),
    "addMenu": (0, 1),
    "addButton": (0,),
    "addSection": (0,),
    "addTab": (1, 2),
    "addRow": (0,),
    "setTabText": (1,),
    "setHeaderLabels": (0,),
    "QAction": (0, 1),
    "QLabel": (0,),
    "QMenu": (0,),
    "QPushButton": (0, 1),
    "QToolButton": (0,),
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QGroupBox": (0,),
    "QDockWidget": (0,),
    "getOpenFileName": (1, 3, "caption", "filter"),
    "getOpenFileNames": (1, 3, "caption", "filter"),
    "getSaveFileName": (1, 3, "caption", "filter"),
    "getExistingDirectory": (1, "caption"),
    "information": (1, 2),
    "warning": (1, 2),
    "critical": (1, 2),
    "question": (1, 2),
    # argparse
    "ArgumentParser": ("description", "epilog", "usage"),
    "add_parser": ("help", "description", "epilog"),
    "add_argument": ("help",),
    "add_argument_group": (0, 1, "title", "description"),
    "add_subparsers": ("title", "description", "help"),
}

LOGGERS = {"_log", "log", "logger", "logging", "warnings"}
"""Who says things to the log, in English: their `warning` is not QMessageBox's."""

NAMES = {"Copydesk", "Markdown", "YAML", "GitHub"}
"""Names, which are the same in every language."""

TRANSLATE = {"_", "gettext", "ngettext", "pgettext"}


def words(expression: ast.AST) -> str | None:
    """Return the words in `expression` where it is, or is made of, a bare string; None: there are none.

    Punctuation, single letters and the names above are no words. What a call returns is that call's business,
    except for `"…".format()` and `"…".join()`.
    """
    text = ""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        text = expression.value
    elif isinstance(expression, ast.JoinedStr):
        text = " ".join(
            part.value
            for part in expression.values
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add | ast.Mod):
        return words(expression.left) or words(expression.right)
    elif isinstance(expression, ast.IfExp):
        return words(expression.body) or words(expression.orelse)
    elif isinstance(expression, ast.BoolOp):
        return next((found for value in expression.values if (found := words(value))), None)
    elif isinstance(expression, ast.List | ast.Tuple):
        return next((found for value in expression.elts if (found := words(value))), None)
    elif isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        return words(expression.func.value) if expression.func.attr in {"format", "join"} else None
    without_markup = re.sub(r"<[^<>]*>", " ", text)
    found = [word for word in re.findall(r"[^\W\d_]{2,}", without_markup) if word not in NAMES]
    return text if found else None


def shown(name: str, call: ast.Call) -> list[ast.AST]:
    """Return the arguments of `call` that a person sees."""
    if name in {"warning", "critical", "information"} and isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if getattr(owner, "id", getattr(owner, "attr", "")) in LOGGERS:
            return []
    wanted = SHOWN_BY.get(name, ())
    positions = [place for place in wanted if isinstance(place, int)]
    return [call.args[place] for place in positions if place < len(call.args)] + [
        keyword.value for keyword in call.keywords if keyword.arg in wanted
    ]


def error_classes(package: Iterable[Source]) -> set[str]:
    """Return the names of CopydeskError and of all that stands below it in the package."""
    below = {"CopydeskError"}
    classes = [part for source in package for part in source.parts if isinstance(part, ast.ClassDef)]
    size = 0
    while size != len(below):
        size = len(below)
        below |= {
            found.name
            for found in classes
            if any(getattr(base, "id", getattr(base, "attr", "")) in below for base in found.bases)
        }
    return below


def bare_words(source: Source) -> list[str]:
    return [
        f"{source.place(call)}: {name}({found!r})"
        for name, call in source.calls
        for argument in shown(name, call)
        if (found := words(argument))
    ]


def test_what_is_shown_is_translated(package):
    assert [wrong for source in package for wrong in bare_words(source)] == []


def test_what_an_error_says_is_translated(package):
    errors = error_classes(package)
    assert {"OpenError", "NotEditable", "WorkerDied"} <= errors
    wrong = [
        f"{source.place(call)}: {name}({found!r})"
        for source in package
        for name, call in source.calls
        if name in errors and call.args and (found := words(call.args[0]))
    ]
    assert wrong == []


def test_a_sentence_to_translate_is_one_literal(package):
    """gettext reads the source: a sentence put together at run time is never found in a translation."""
    wrong = []
    for source in package:
        if source.name == "editor.translation":
            continue
        for name, call in source.calls:
            # The count of ngettext is a number; all before it are sentences.
            sentences = call.args[:2] if name == "ngettext" else call.args
            if name in TRANSLATE and not all(
                isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)
                for sentence in sentences
            ):
                wrong.append(source.place(call))
    assert wrong == []


def test_placeholders_have_names(package):
    """A translator may have to change their order."""
    wrong = []
    for source in package:
        for name, call in source.calls:
            if name not in TRANSLATE:
                continue
            for sentence in call.args:
                if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                    fields = [field for _, field, _, _ in string.Formatter().parse(sentence.value)]
                    if any(field is not None and not field[:1].isalpha() for field in fields):
                        wrong.append(f"{source.place(call)}: {sentence.value!r}")
    assert wrong == []


@pytest.mark.parametrize(
    "bare",
    [
        'label.setText("Saved")',
        'label.setText(f"{count} words")',
        'label.setText("{n} words".format(n=1))',
        'label.setText("Saved" if clean else "")',
        'QLabel("Slug")',
        'QLabel("<b>Slug</b>")',
        'parser.add_argument("--json", help="as JSON")',
        'QMessageBox.warning(self, "Oh", _("x"))',
        'button.setToolTip("Bold " + keys)',
    ],
)
def test_the_check_sees_bare_words(bare):
    assert [
        found for name, call in calls(ast.parse(bare)) for part in shown(name, call) if (found := words(part))
    ]


@pytest.mark.parametrize(
    "fine",
    [
        'label.setText(_("Saved"))',
        'label.setText(_("{count} words").format(count=count))',
        'label.setText(f"{line}:{column}")',
        'label.setText("·")',
        'label.setText("<b></b>")',
        "label.setText(title)",
        'parser.add_argument("--json", help=_("as JSON"))',
        'window.setWindowTitle("Copydesk")',
        '_log.warning("the worker ended: %s", reason)',
        'self.setObjectName("bodyEditor")',
    ],
)
def test_the_check_passes_the_rest(fine):
    assert not [
        found for name, call in calls(ast.parse(fine)) for part in shown(name, call) if (found := words(part))
    ]

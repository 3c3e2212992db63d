"""The table of the editor's commands, from which actions, menus and the tool bar are made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from editor.translation import gettext as _
from editor.ui.text_editor import block_commands, inline_commands
from editor.ui.text_editor.passage import Command


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """A command that rewrites the text at the selection."""

    id: str
    label: Callable[[], str]
    """The words of its menu entry, looked up in the person's language when they are needed."""
    shortcut: str
    """As QKeySequence reads it; empty where there is none."""
    icon: str
    """A drawing of resources/icons; empty where there is none."""
    function: Command

    @property
    def text(self) -> str:
        """The words of its menu entry."""
        return self.label()


def _heading(level: int) -> EditorCommand:
    return EditorCommand(
        f"heading-{level}",
        lambda: _("Heading {level}").format(level=level),
        f"Ctrl+{level}",
        "heading" if level == 1 else "",
        partial(block_commands.heading, level=level),
    )


def _mark(mark: str) -> Command:
    return partial(inline_commands.toggle_mark, mark=mark)


COMMANDS: tuple[EditorCommand, ...] = (
    EditorCommand("bold", lambda: _("Bold"), "Ctrl+B", "bold", _mark("**")),
    EditorCommand("italic", lambda: _("Italic"), "Ctrl+I", "italic", _mark("*")),
    EditorCommand("strike", lambda: _("Strikethrough"), "Alt+Shift+5", "strikethrough", _mark("~~")),
    EditorCommand("code", lambda: _("Inline code"), "Ctrl+E", "code", _mark("`")),
    EditorCommand("link", lambda: _("Link"), "Ctrl+K", "link", inline_commands.toggle_link),
    EditorCommand(
        "image", lambda: _("Image"), "Ctrl+Shift+I", "image", partial(inline_commands.toggle_link, mark="![")
    ),
    EditorCommand(
        "code-block",
        lambda: _("Code block"),
        "Ctrl+Shift+K",
        "code-block",
        partial(block_commands.toggle_fence, mark="```"),
    ),
    *(_heading(level) for level in range(1, 7)),
    EditorCommand(
        "heading-0", lambda: _("Body text"), "Ctrl+0", "", partial(block_commands.heading, level=0)
    ),
    EditorCommand("quote", lambda: _("Quote"), "Ctrl+Shift+Q", "quote", block_commands.toggle_quote),
    EditorCommand(
        "ordered-list",
        lambda: _("Numbered list"),
        "Ctrl+Shift+7",
        "list-ordered",
        partial(block_commands.toggle_list, kind="ordered"),
    ),
    EditorCommand(
        "bullet-list",
        lambda: _("Bulleted list"),
        "Ctrl+Shift+8",
        "list",
        partial(block_commands.toggle_list, kind="bullet"),
    ),
    EditorCommand(
        "task-list",
        lambda: _("Task list"),
        "Ctrl+Shift+9",
        "list-task",
        partial(block_commands.toggle_list, kind="task"),
    ),
    EditorCommand("task-box", lambda: _("Tick the task"), "Alt+C", "", block_commands.toggle_task_box),
    EditorCommand(
        "table",
        lambda: _("Table"),
        "Ctrl+Shift+T",
        "table",
        lambda passage: block_commands.insert_table(passage, _("Column")),
    ),
    EditorCommand(
        "admonition",
        lambda: _("Note box"),
        "",
        "admonition",
        partial(block_commands.insert_admonition, kind="note"),
    ),
    EditorCommand("math", lambda: _("Formula in the line"), "Ctrl+M", "math", _mark("$")),
    EditorCommand(
        "math-block",
        lambda: _("Formula block"),
        "Ctrl+Shift+M",
        "",
        partial(block_commands.toggle_fence, mark="$$"),
    ),
    EditorCommand("line-up", lambda: _("Move line up"), "Alt+Up", "", block_commands.move_lines_up),
    EditorCommand("line-down", lambda: _("Move line down"), "Alt+Down", "", block_commands.move_lines_down),
    EditorCommand(
        "duplicate-line", lambda: _("Duplicate line"), "Shift+Alt+Down", "", block_commands.duplicate_lines
    ),
    EditorCommand("indent", lambda: _("Indent"), "Ctrl+]", "", block_commands.indent),
    EditorCommand("unindent", lambda: _("Unindent"), "Ctrl+[", "", block_commands.unindent),
)
"""All of them, in the order of the Format menu."""


def command(command_id: str) -> EditorCommand:
    """Return the command `command_id`; raises KeyError where there is none."""
    for found in COMMANDS:
        if found.id == command_id:
            return found
    raise KeyError(command_id)

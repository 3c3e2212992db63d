"""set_severity(): let a site take what a rule finds for more, or less, or leave the rule out."""

import tomllib
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable

from editor.errors import SaveError
from editor.post import disk
from editor.translation import gettext as _

FILE = "copydesk.toml"


def set_severity(root: Path, code: str, severity: str) -> None:
    """Write into the site's `copydesk.toml` that findings of the rule `code` are as bad as `severity`.

    One of `off`, `info`, `warning` and `error`; all else in the file stays as it is. Raises SaveError where it can't
    be read as TOML, or not be written.
    """
    path = root / FILE
    try:
        before = disk.read_bytes(path).decode("utf-8") if path.exists() else ""
        document = tomlkit.parse(before)
        table: tomlkit.TOMLDocument | AbstractTable = document
        for name in ("check", "severity"):
            if name not in table:
                table[name] = tomlkit.table(is_super_table=name == "check")
            inner = table[name]
            if not isinstance(inner, AbstractTable):
                raise SaveError(_("“{name}” is no table there").format(name=name), path=path)
            table = inner
        table[code] = severity
        after = tomlkit.dumps(document)
        expected = tomllib.loads(before)
        expected.setdefault("check", {}).setdefault("severity", {})[code] = severity
        if tomllib.loads(after) != expected:
            raise SaveError(_("The file can't be changed without changing more of it"), path=path)
    except (TOMLKitError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SaveError(_("The file can't be read: {reason}").format(reason=error), path=path) from error
    disk.write_atomically(path, after.encode())

"""What the front matter of a Hugo page says of its build, as hugolib/page__meta.go reads it.

https://gohugo.io/content-management/front-matter/; keys are the same in upper and lower case.
"""

from collections.abc import Mapping
from typing import Any

from editor.site.generators import globs, hugo_paths
from editor.site.generators.data_files import mappings, texts
from editor.site.generators.hugo_config import switch
from editor.translation import gettext as _


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `over` laid over `base`; keys that differ by their case alone are the same."""
    mine = {str(key).lower() for key in over}
    return {**{key: value for key, value in base.items() if str(key).lower() not in mine}, **over}


def is_for(entry: Mapping[str, Any], path: hugo_paths.ContentPath, code: str) -> bool:
    """Return whether the target of a cascade's entry names the page."""
    targets = list(mappings(entry.get("target", entry.get("_target")))) or [{}]
    for target in targets:
        wanted = {str(key).lower(): str(value).lower() for key, value in target.items()}
        if (
            globs.matches_as_go(wanted.get("path") or "**", path.logical)
            and globs.matches_as_go(wanted.get("kind") or "*", "page")
            and globs.matches_as_go(wanted.get("lang") or "*", code)
            and globs.matches_as_go(wanted.get("environment") or "*", "production")
        ):
            return True
    return False


def is_draft(values: Mapping[str, Any]) -> bool:
    """Return whether the page is a draft: by `draft`, else by `published`, which may be a date as well."""
    if "draft" in values:
        return switch(values["draft"])
    published = values.get("published")
    return isinstance(published, bool | int) and not published


def is_rendered(values: Mapping[str, Any], *, or_linked: bool = False) -> bool:
    """Return whether the page gets a file of its own, or (`or_linked`) at least an address."""
    if switch(values.get("headless")):
        return False
    build = values.get("_build", values.get("build"))
    render = "always"
    if isinstance(build, Mapping):
        render = next((value for key, value in build.items() if str(key).lower() == "render"), render)
    if render in (False, 0, "0", "never"):
        return False
    return or_linked or render != "link"


def refusal(values: Mapping[str, Any]) -> str:
    """Return why Hugo refuses the page; empty where it doesn't."""
    if str(values.get("url") or "").startswith(("http://", "https://")):
        return _("The address must be a path, without https://")
    if any(alias.startswith(("http://", "https://")) for alias in texts(values.get("aliases"))):
        return _("Former addresses must be paths, without https://")
    if values.get("params") is not None and not isinstance(values["params"], Mapping):
        return _("params must have names with values below it")
    return ""

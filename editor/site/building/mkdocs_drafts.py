"""A hook for `mkdocs build`: the blog's drafts are built as well, as `mkdocs serve` does.

MkDocs loads this file by its path, in the interpreter that it runs in: the standard library only.
https://www.mkdocs.org/user-guide/configuration/#hooks
"""


def on_config(config):  # type: ignore[no-untyped-def]
    """Switch the drafts of every blog on; MkDocs calls it with its configuration, before it reads the files."""
    for plugin in config["plugins"].values():
        if type(plugin).__name__ == "BlogPlugin" and "draft" in plugin.config:
            plugin.config["draft"] = True
    return config

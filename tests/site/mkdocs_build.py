"""Build MkDocs sites with the real mkdocs, as a program of its own: its loggers stay out of the tests.

    python mkdocs_build.py SITE...

Prints a JSON list: per site an object from source (relative to docs_dir) to address, of every page that was
written; or null where the build failed.
"""

import functools
import json
import os
import sys
import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import unquote

os.environ["NO_MKDOCS_2_WARNING"] = "1"

import mkdocs.theme
from jinja2 import BytecodeCache, FileSystemLoader
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError


class Compiled(BytecodeCache):
    """The theme's templates, compiled once for all sites."""

    def __init__(self):
        self.codes = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket):
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@functools.cache
def listed(folders):
    """Return the names of the templates below folders, without the icons, of which there are ten thousand."""
    return [name for name in FileSystemLoader(folders).list_templates() if not name.startswith(".icons/")]


class Loader(FileSystemLoader):
    """That of the theme, whose folders are the same for most sites."""

    def list_templates(self):
        return listed(tuple(self.searchpath))


def pages_of(site):
    """Return what the build of `site` wrote, or None."""
    installed = {point.name for point in entry_points(group="mkdocs.plugins")}
    with tempfile.TemporaryDirectory() as output:
        os.chdir(site)
        written = {}

        def note(html, *, page, config, files):
            if page.file.abs_src_path and page.file.abs_src_path.startswith(config.docs_dir):
                written[page.file.src_uri] = page.file
            return html

        def compile_once(env, **_):
            env.bytecode_cache = COMPILED
            return env

        try:
            config = load_config("mkdocs.yml", site_dir=output, hooks=[], **only_installed(installed))
            config.plugins.events["page_content"].append(note)
            config.plugins.events["env"].append(compile_once)
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except (Abort, BuildError, Exception) as error:
            print(f"{site}: {type(error).__name__}: {error}", file=sys.stderr)
            return None
        return {
            source: "/" + ("" if file.url in (".", "./") else file.url)
            for source, file in written.items()
            if Path(output, unquote(file.dest_uri)).is_file()
        }


def only_installed(installed):
    """Return the plugins of the configuration that are there, where some are not."""
    import yaml

    class Loose(yaml.SafeLoader):
        pass

    Loose.add_multi_constructor("", lambda *_: None)
    listed = yaml.load(Path("mkdocs.yml").read_text("utf-8"), Loader=Loose).get("plugins")
    if not isinstance(listed, list):
        return {}
    names = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in listed]
    missing = [name for name in names if name not in installed and "material/" + name not in installed]
    offline = [name for name in names if name in ("social", "privacy", "optimize")]
    if not missing and not offline:
        return {}
    kept = [entry for entry, name in zip(listed, names, strict=True) if name not in (*missing, *offline)]
    return {"plugins": kept}


mkdocs.theme.jinja2.FileSystemLoader = Loader
print(json.dumps([pages_of(site) for site in sys.argv[1:]]))

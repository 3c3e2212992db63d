"""What MkDocs makes of the pages, with every plugin of the site that is installed and needs no network."""

from pathlib import Path

from tests.end_to_end.published.programs import interpreter, pages_of

DRIVER = """
import json, os, sys
from importlib.metadata import entry_points

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

site, out, built = sys.argv[1:]
NETWORK = {
    "social", "privacy", "optimize", "projects", "rss", "typeset", "git-committers",
    "git-committers-2", "git-authors", "git-revision-date", "git-revision-date-localized",
}


class Loose(yaml.SafeLoader):
    pass


Loose.add_multi_constructor("", lambda loader, suffix, node: None)
file = next(name for name in ("mkdocs.yml", "mkdocs.yaml") if os.path.exists(os.path.join(site, name)))
with open(os.path.join(site, file), encoding="utf-8") as stream:
    listed = yaml.load(stream, Loose).get("plugins") or ["search"]
if isinstance(listed, dict):
    listed = [{name: options} for name, options in listed.items()]
installed = {entry.name for entry in entry_points(group="mkdocs.plugins")}
kept = []
for plugin in listed:
    name, options = (plugin, None) if isinstance(plugin, str) else next(iter(plugin.items()))
    plain = name.removeprefix("material/")
    if plain in NETWORK or not {name, "material/" + name} & installed:
        print("left out:", name, file=sys.stderr)
        continue
    options = {key: value for key, value in (options or {}).items() if value is not None}
    if plain == "blog":
        options["draft"] = True
    kept.append({name: options} if options else name)
os.chdir(site)
config = load_config(file, plugins=kept, site_dir=built, strict=False, hooks=[])
pages = {}


def keep(html, *, page, config, files):
    if page.file.abs_src_path:
        pages[os.path.relpath(page.file.abs_src_path, site)] = html
    return html


def leave(env, **_):
    json.dump(pages, open(out, "w"))
    os._exit(0)  # templates come after this: they need not be had


config.plugins.events["page_content"].append(keep)
config.plugins.events["env"].insert(0, leave)
config.plugins.on_startup(command="build", dirty=False)
build(config)
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    return pages_of(interpreter("mkdocs"), DRIVER, site, scratch)

"""What to run to build a site, a function a generator: its program, its drafts switched on, its pages to us.

Each says by its generator's documentation how drafts and posts of the future are built too, and where the
pages go. A few need a file of configuration of ours beside the site's; those are laid over the copy.
"""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomlkit
import yaml
from tomlkit.exceptions import TOMLKitError

from editor.errors import BuildError
from editor.site.building import programs
from editor.site.generators.astro import Astro
from editor.site.generators.eleventy import Eleventy
from editor.site.generators.hexo import Hexo
from editor.site.generators.hugo import Hugo
from editor.site.generators.jekyll import Jekyll
from editor.site.generators.mkdocs import MkDocs
from editor.site.site import Site
from editor.translation import gettext as _

_CHECK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build happens."""

    inner: Callable[[Path], Path]
    """The copy's path of a path in the site."""
    output: Path
    """A folder for the pages, outside of the copy; it is not there yet."""
    text: Callable[[Path], str]
    """The text of a file of the site, unsaved changes and all."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run."""

    arguments: tuple[str, ...]
    folder: Path
    """Where it runs, in the copy."""
    output: Path
    """Where it writes the pages."""
    files: Mapping[Path, str] = field(default_factory=dict)
    """Texts to lay over the copy, by path in the site."""
    environment: Mapping[str, str] = field(default_factory=dict)


def check(site: Site) -> None:
    """Raise BuildError where no generator builds `site`."""
    if site.generator not in _BY_GENERATOR or not site.configuration:
        raise BuildError(_("No generator builds this folder, so there is no page to show"), path=site.root)


def command(site: Site, place: Place) -> Command:
    """Return what builds `site`, for which `check` passed; raises BuildError where its generator is not installed."""
    return _BY_GENERATOR[site.generator](site, place)


def outputs(site: Site) -> tuple[Path, ...]:
    """Return the folders of `site` that its generator writes: they are not for the copy.

    The usual names, as far as they hold nothing that the site is made from.
    """
    named = _named_output(site.rules)
    names = (
        *_OUTPUTS.get(site.generator, ()),
        *([named] if isinstance(named, str) and "\0" not in named else []),
    )
    used = (site.root, *site.content_dirs, *site.static_dirs, *site.configuration)
    found = [Path(os.path.normpath(_config_folder(site) / name)) for name in names]
    return tuple(
        folder
        for folder in dict.fromkeys(found)
        if folder.is_relative_to(site.root) and not any(path.is_relative_to(folder) for path in used)
    )


def _mkdocs(site: Site, place: Place) -> Command:
    """https://www.mkdocs.org/user-guide/cli/#mkdocs-build: a configuration that inherits the site's (INHERIT).

    The blog plugin's `draft` is an option among others in a list, and a list is replaced as a whole; so a hook
    sets it (https://www.mkdocs.org/user-guide/configuration/#hooks).
    """
    config = site.configuration[0]
    values = site.rules.values if isinstance(site.rules, MkDocs) else {}
    own: dict[str, object] = {"INHERIT": config.name}
    arguments: tuple[str, ...]
    output = place.output
    ours = config.with_name(".copydesk-mkdocs.yml")
    try:
        program = programs.python_program("mkdocs", site.root, site.generator)
    except BuildError:
        # Zensical builds sites of Material with their mkdocs.yml.
        try:
            program = programs.python_program("zensical", site.root, "zensical")
        except BuildError:
            program = ""
        if not program:
            raise
        own["site_dir"] = _INNER_OUTPUT
        arguments = (program, "build", "--clean", "--config-file", ours.name)
        output = place.inner(config.parent) / _INNER_OUTPUT
    else:
        hooks = values.get("hooks")
        hooks = [hook for hook in hooks if isinstance(hook, str)] if isinstance(hooks, list) else []
        own["hooks"] = [*hooks, str(Path(__file__).with_name("mkdocs_drafts.py"))]
        if "draft_docs" in values:
            own["draft_docs"] = ""
        arguments = (
            *(program, "build", "--no-strict", "--config-file", ours.name),
            *("--site-dir", str(place.output)),
        )
    text = yaml.safe_dump(own, allow_unicode=True)
    return Command(arguments, place.inner(config.parent), output, {ours: text})


def _zensical(site: Site, place: Place) -> Command:
    """https://zensical.org/docs/usage/build/; where the pages go, only the configuration says, within the site."""
    program = programs.python_program("zensical", site.root, "zensical")
    config = site.configuration[0]
    try:
        document = tomlkit.parse(place.text(config))
        project = document["project"]
        project["site_dir"] = _INNER_OUTPUT
        for blog in _blogs(project.get("plugins")):
            blog["draft"] = True
        if "draft_docs" in project:
            project["draft_docs"] = ""
    except (TOMLKitError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(
            _("The configuration is not understood: {reason}").format(reason=error), path=config
        ) from error
    arguments = (program, "build", "--clean", "--config-file", config.name)
    files = {config: tomlkit.dumps(document)}
    folder = place.inner(config.parent)
    return Command(arguments, folder, folder / _INNER_OUTPUT, files)


def _pelican(site: Site, place: Place) -> Command:
    """https://docs.getpelican.com/en/stable/settings.html: drafts are always built, into `drafts/`."""
    program = programs.python_program("pelican", site.root, site.generator)
    settings = site.configuration[0]
    arguments = (
        *(program, "--settings", settings.name, "--output", str(place.output)),
        *("--extra-settings", "WITH_FUTURE_DATES=true", "DELETE_OUTPUT_DIRECTORY=false"),
    )
    return Command(arguments, place.inner(settings.parent), place.output)


def _nikola(site: Site, place: Place) -> Command:
    """https://getnikola.com/handbook.html#drafts: drafts and posts of the future are always built.

    A configuration of ours runs the site's and has the pages written to a folder of its own, below the site:
    its tasks name their files relative to it.
    """
    program = programs.python_program("nikola", site.root, site.generator)
    config = site.configuration[0]
    ours = config.with_name("copydesk_conf.py")
    text = (
        "from pathlib import Path\n"
        f"_conf = Path(__file__).with_name({config.name!r})\n"
        "exec(compile(_conf.read_bytes(), str(_conf), 'exec'))\n"
        f"OUTPUT_FOLDER = {_INNER_OUTPUT!r}\n"
        "FUTURE_IS_NOW = True\n"
    )
    folder = place.inner(config.parent)
    arguments = (program, f"--conf={ours.name}", "build")
    return Command(arguments, folder, folder / _INNER_OUTPUT, {ours: text})


def _hugo(site: Site, place: Place) -> Command:
    """https://gohugo.io/commands/hugo/."""
    arguments = (
        *(programs.program("hugo"), "--destination", str(place.output), "--noBuildLock"),
        *("--buildDrafts", "--buildFuture", "--buildExpired"),
    )
    return Command(arguments, place.inner(site.root), place.output)


def _jekyll(site: Site, place: Place) -> Command:
    """https://jekyllrb.com/docs/configuration/options/#build-command-options."""
    program, environment = _jekyll_program(site, place)
    source = site.rules.config.source if isinstance(site.rules, Jekyll) else site.root
    root = place.inner(site.root)
    arguments = (
        *(
            *program,
            "build",
            "--source",
            str(place.inner(source)),
            "--destination",
            str(place.output),
        ),
        *("--drafts", "--future", "--unpublished"),
    )
    return Command(arguments, root, place.output, environment={"JEKYLL_ENV": "production", **environment})


def _eleventy(site: Site, place: Place) -> Command:
    """https://www.11ty.dev/docs/config-preprocessors/#example-drafts: drafts are the site's own matter, and
    mostly shown when it is served: Eleventy's own program, told that it serves, writes the pages once.
    """
    program = programs.node_program("eleventy", site.root)
    package = Path(os.path.realpath(program)).parent
    ours = site.root / ".copydesk-build.mjs"
    files = {}
    start: tuple[str, ...] = (program,)
    environment = {"ELEVENTY_RUN_MODE": "serve", "BUILD_DRAFTS": "true"}
    if (package / "src/Eleventy.js").is_file():
        start = (programs.program("node"), ours.name)
        address = (package / "src/Eleventy.js").as_uri()
        files[ours] = _ELEVENTY.replace("MODULE", json.dumps(address)).replace(
            "OUTPUT", json.dumps(os.path.relpath(place.output, place.inner(site.root)))
        )
    else:
        start = (program, f"--output={os.path.relpath(place.output, place.inner(site.root))}")
    return Command(start, place.inner(site.root), place.output, files, environment)


def _astro(site: Site, place: Place) -> Command:
    """https://docs.astro.build/en/reference/cli-reference/#astro-build.

    Drafts are the site's own matter; those that leave them out do so by `import.meta.env.PROD`, which
    `--devOutput` makes false.
    """
    program = programs.node_program("astro", site.root)
    drafts = isinstance(site.rules, Astro) and site.rules.config.filters_drafts
    arguments = (program, "build", "--outDir", str(place.output), *(["--devOutput"] if drafts else []))
    return Command(arguments, place.inner(site.root), place.output)


def _hexo(site: Site, place: Place) -> Command:
    """https://hexo.io/docs/commands#generate; several files of configuration:
    https://hexo.io/docs/configuration#Using-an-Alternate-Config.
    """
    program = programs.node_program("hexo", site.root)
    config = site.configuration[0]
    ours = site.root / ".copydesk-hexo.yml"
    text = yaml.safe_dump({"public_dir": str(place.output), "render_drafts": True, "future": True})
    arguments = (program, "generate", "--draft", "--force", "--config", f"{config.name},{ours.name}")
    return Command(arguments, place.inner(site.root), place.output, {ours: text})


def _zola(site: Site, place: Place) -> Command:
    """https://www.getzola.org/documentation/getting-started/cli-usage/#build."""
    arguments = (programs.program("zola"), "build", "--drafts", "--output-dir", str(place.output))
    return Command(arguments, place.inner(site.root), place.output)


_BY_GENERATOR: Mapping[str, Callable[[Site, Place], Command]] = {
    "mkdocs-material": _mkdocs,
    "mkdocs": _mkdocs,
    "zensical": _zensical,
    "pelican": _pelican,
    "nikola": _nikola,
    "hugo": _hugo,
    "jekyll": _jekyll,
    "eleventy": _eleventy,
    "astro": _astro,
    "hexo": _hexo,
    "zola": _zola,
}
_OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "mkdocs-material": ("site",),
    "mkdocs": ("site",),
    "zensical": ("site",),
    "pelican": ("output",),
    "nikola": ("output", "cache"),
    "hugo": ("public",),
    "jekyll": ("_site",),
    "eleventy": ("_site",),
    "astro": ("dist",),
    "hexo": ("public", "db.json"),
    "zola": ("public",),
}
_INNER_OUTPUT = "copydesk-output"
"""The folder of the pages where it has to be in the copy."""
_ELEVENTY = """\
const { default: found, Eleventy = found } = await import(MODULE);
const build = new Eleventy(undefined, OUTPUT, { source: "cli", runMode: "serve" });
if (build.setRunMode) build.setRunMode("serve");
let writing = false;
try {
  await build.init();
  writing = true;
  await build.write();
} catch (error) {
  // Eleventy itself tells of what goes wrong while it writes.
  for (let cause = error; cause && !writing; cause = cause.originalError ?? cause.cause) {
    console.error(`copydesk: ${cause.message}\\n${cause.stack}`);
  }
  process.exitCode = 1;
}
"""


def _named_output(rules: object) -> object:
    """Return the folder of the pages that a site's configuration names, where it is known to."""
    if isinstance(rules, MkDocs):
        return rules.values.get("site_dir")
    if isinstance(rules, Hexo):
        return rules.values.get("public_dir")
    if isinstance(rules, Hugo):
        return rules.config.values.get("publishdir")
    if isinstance(rules, Jekyll):
        return rules.config.values.get("destination")
    return rules.config.output if isinstance(rules, Eleventy) else None


def _config_folder(site: Site) -> Path:
    if isinstance(site.rules, MkDocs) and site.configuration:
        return site.configuration[0].parent
    return site.root


def _blogs(plugins: object) -> list[dict[str, object]]:
    """Return the options of the blog plugins in a `plugins` table or list."""
    entries = plugins if isinstance(plugins, list) else [plugins]
    return [
        options
        for entry in entries
        if isinstance(entry, dict)
        for name, options in entry.items()
        if name.removeprefix("material/") == "blog" and isinstance(options, dict)
    ]


def _jekyll_program(site: Site, place: Place) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return how Jekyll is called: by Bundler where it has what the Gemfile asks for, else by itself."""
    gemfile = site.root / "Gemfile"
    if not gemfile.is_file():
        return (programs.program("jekyll"),), {}
    try:
        bundler = programs.program("bundle")
        checked = subprocess.run(
            [bundler, "check"],
            cwd=place.inner(site.root),
            env=programs.environment(place.output.parent, {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_CHECK_SECONDS,
            check=False,
        )
        if checked.returncode == 0:
            return (bundler, "exec", "jekyll"), {}
    except (OSError, subprocess.TimeoutExpired, BuildError):
        pass
    return (programs.program("jekyll"),), {"JEKYLL_NO_BUNDLER_REQUIRE": "true"}

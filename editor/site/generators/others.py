"""Generators that are told by their files; their configuration is not read, their posts are plain files."""

# ruff: noqa: ARG001  The arguments are the interface's.

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor.site.generators.plain import Plain


@dataclass(frozen=True, slots=True)
class Known:
    """How one generator is told, and where it keeps things (relative to the site)."""

    generator: str
    configurations: tuple[str, ...]
    said: str = ""
    """A regular expression that the configuration must match."""
    content: tuple[str, ...] = ("content",)
    static: tuple[str, ...] = ("static",)
    front_matter: str = "yaml"


KNOWN = (
    Known("zensical", ("zensical.toml",), content=("docs",), static=("docs",)),
    Known(
        "hugo",
        (
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config/_default/hugo.toml",
            "config/_default/hugo.yaml",
        ),
    ),
    Known("zola", ("zola.toml",), front_matter="toml"),
    Known("zola", ("config.toml",), said=r"(?m)^\s*base_url\s*=", front_matter="toml"),
    Known(
        "hugo",
        (
            "config.toml",
            "config.yaml",
            "config.yml",
            "config/_default/config.toml",
            "config/_default/config.yaml",
        ),
        said=r"""(?mi)^\s*["']?(baseURL|languageCode|theme)["']?\s*[:=]""",
    ),
    Known(
        "hexo",
        ("_config.yml",),
        said=r"(?m)^(new_post_name|source_dir|post_asset_folder|default_layout)\s*:",
        content=("source/_posts", "source/_drafts"),
        static=("source",),
    ),
    Known(
        "eleventy",
        (
            ".eleventy.js",
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
            "eleventy.config.mts",
        ),
        content=("content", "src", "posts", "."),
        static=("public", "."),
    ),
    Known(
        "astro",
        ("astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs"),
        content=("src/content", "src/data"),
        static=("public",),
    ),
)


def find(folder: Path, path: Path | None = None) -> Path | None:
    """Return the configuration file that tells the generator of `folder`, or None."""
    for known in KNOWN:
        for name in known.configurations:
            file = folder / name
            if file.is_file() and _matches(file, known.said):
                return file
    return None


def read(config: Path, limit: Path, is_trusted: Callable[[Path], bool]) -> Plain:
    """Return the rules of the site that `config` tells of; its content folders are those that exist."""
    for known in KNOWN:
        for name in sorted(known.configurations, key=len, reverse=True):  # config/_default/… first
            root = Path(str(config)[: -len(name) - 1]) if config.as_posix().endswith("/" + name) else None
            if root is None or not _matches(config, known.said):
                continue
            content = _folders(root, known.content)
            return Plain(
                root=root,
                trusted=is_trusted(root),
                generator=known.generator,
                content_dirs=content[:1] if known.generator == "eleventy" else content,
                static_dirs=_folders(root, known.static),
                configuration=(config,),
                front_matter=known.front_matter,
            )
    raise ValueError(f"{config} tells of no generator")


def _folders(root: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    found = tuple(Path(os.path.normpath(root / name)) for name in names if (root / name).is_dir())
    return found or (Path(os.path.normpath(root / names[0])),)


def _matches(file: Path, said: str) -> bool:
    if not said:
        return True
    try:
        with file.open("rb") as stream:
            start = stream.read(200_000)
    except OSError:
        return False
    return re.search(said, start.decode("utf-8", "replace")) is not None

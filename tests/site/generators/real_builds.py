"""Build copies of sites with the real generators: what each post's source was published as.

A generator's program is looked for on PATH, then below the folder that COPYDESK_GENERATORS names
(`hugo/…/bin/hugo`, `NAME/node_modules/.bin/NAME`). Templates are replaced by ones that name the source, and
bodies are cut, so that neither themes nor shortcodes need to be had.
"""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

_SOURCE = re.compile(r'data-source="([^"]*)"')


def program(name: str) -> Path:
    """Return the generator's program; skips the test where it is not there."""
    found = shutil.which(name)
    folder = Path(os.environ.get("COPYDESK_GENERATORS", "/opt"))
    for pattern in (f"{name}/node_modules/.bin/{name}", f"{name}/bin/{name}", f"{name}/*/bin/{name}"):
        found = found or next((str(file) for file in folder.glob(pattern)), None)
    if found is None:
        pytest.skip(f"{name} is not installed: put it on PATH, or its folder into COPYDESK_GENERATORS")
    return Path(found)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a generator in a site, without colours and telemetry."""
    environment = {**os.environ, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1", "TZ": "UTC"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def cut_body(text: str) -> str:
    """Return a post's front matter with a line below it."""
    match = re.match(r"\s*(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return match.group(0) + "\n\nText.\n" if match else text


def written(output: Path, root: Path) -> dict[str, str]:
    """Return the address of every written file that names a source, by the source relative to `root`."""
    pages = {}
    for file in sorted(output.rglob("*")):
        if not file.is_file() or file.stat().st_size > 200_000:
            continue
        match = _SOURCE.search(file.read_text("utf-8", "replace"))
        if match and match[1]:
            source = Path(html.unescape(match[1]))
            name = source.relative_to(root).as_posix() if source.is_absolute() else source.as_posix()
            pages[name.removeprefix("./")] = address_of(file.relative_to(output).as_posix())
    return pages


def address_of(path: str) -> str:
    """Return the address at which a web server shows the file at `path` in the published folder."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return "/" + quote(path, safe="/%$&+,:;=@~!*'()")


def copied(site: Path, to: Path) -> Path:
    """Copy a site, its Markdown cut to the front matter; modification times stay."""
    shutil.copytree(site, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", ".git"))
    for file in to.rglob("*"):
        if file.suffix in (".md", ".markdown", ".mdown") and file.is_file():
            try:
                text = file.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
            status = file.stat()
            file.write_bytes(cut_body(text).encode())
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    return to


def hugo(site: Path, scratch: Path) -> dict[str, str] | None:
    """Return what Hugo makes of a copy of `site`; None where the build fails."""
    copy = copied(site, scratch / "hugo")
    shutil.rmtree(copy / "layouts", ignore_errors=True)
    layouts = copy / "layouts/_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list", "home"):
        (layouts / f"{name}.html").write_text(
            '<p data-source="{{ with .File }}{{ .Filename }}{{ end }}"></p>', "utf-8"
        )
    output = scratch / "hugo-public"
    done = run(
        [str(program("hugo")), "--destination", str(output), "--cacheDir", str(scratch / "cache")], copy
    )
    if done.returncode:
        return None
    return written(output, copy)


def eleventy(sites: Mapping[str, Path], scratch: Path) -> dict[str, dict[str, str] | None]:
    """Return what Eleventy makes of copies of sites, by their names in `sites`; None where the build fails."""
    packages = program("eleventy").parent.parent
    copies = {
        name: copied(site, scratch / f"eleventy-{number}")
        for number, (name, site) in enumerate(sites.items())
    }
    for copy in copies.values():
        (copy / "node_modules").symlink_to(packages)
        for file in copy.rglob("*.md"):
            # Layouts are not there; templates in the text are cut away.
            text = file.read_text("utf-8", "replace")
            file.write_text(re.sub(r"(?m)^layout:.*\n", "", text), "utf-8")
    built = _in_node("eleventy", packages / "@11ty/eleventy/src/Eleventy.js", copies, scratch)
    return {
        name: None
        if pages is None
        else {
            page["inputPath"].removeprefix("./"): quote(page["url"], safe="/%$&+,:;=@~!*'()")
            for page in pages
            if page["url"]
        }
        for name, pages in zip(copies, built, strict=True)
    }


def _in_node(generator: str, library: Path, copies: Mapping[str, Path], scratch: Path) -> list[Any]:
    """Build copies of sites with the script for a generator; return what it says of each."""
    [script] = Path(__file__).parent.glob(f"{generator}_build.*js")
    done = run(["node", str(script), str(library), *map(str, copies.values())], scratch)
    assert done.returncode == 0, done.stderr
    said: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def hexo(sites: Mapping[str, Path], scratch: Path) -> dict[str, dict[str, str] | None]:
    """Return what Hexo makes of copies of sites, by their names in `sites`; None where the build fails.

    The configuration of each is `_config.yml`.
    """
    node_modules = program("hexo").parent.parent
    copies = {
        name: copied(site, scratch / f"hexo-{number}") for number, (name, site) in enumerate(sites.items())
    }
    packages = dict.fromkeys(("hexo", "hexo-renderer-marked", "hexo-renderer-ejs"), "*")
    for copy in copies.values():
        (copy / "node_modules").symlink_to(node_modules)
        (copy / "package.json").write_text(
            json.dumps({"hexo": {"version": ""}, "dependencies": packages}), "utf-8"
        )
        layouts = copy / "themes/only-sources/layout"
        layouts.mkdir(parents=True)
        for name in ("post", "page", "index"):
            (layouts / f"{name}.ejs").write_text('<p data-source="source/<%= page.source %>"></p>', "utf-8")
        (copy / "over.yml").write_text("theme: only-sources\npublic_dir: public\n", "utf-8")
    built = _in_node("hexo", node_modules / "hexo", copies, scratch)
    return {
        name: written(copy / "public", copy) if succeeded else None
        for (name, copy), succeeded in zip(copies.items(), built, strict=True)
    }


def astro(sites: Mapping[str, Path], scratch: Path) -> dict[str, dict[str, str] | None]:
    """Return what Astro makes of copies of sites, whose pages name their sources, by their names in `sites`.

    None for those whose build fails.
    """
    packages = program("astro").parent.parent
    copies = {
        name: copied(site, scratch / f"astro-{number}") for number, (name, site) in enumerate(sites.items())
    }
    for copy in copies.values():
        (copy / "node_modules").symlink_to(packages)
        (copy / "package.json").write_text('{"private": true, "type": "module"}', "utf-8")
    built = _in_node("astro", packages / "astro/dist/index.js", copies, scratch)
    return {
        name: written(copy / "dist", copy) if succeeded else None
        for (name, copy), succeeded in zip(copies.items(), built, strict=True)
    }


def zensical(site: Path, scratch: Path) -> dict[str, str] | None:
    """Return what Zensical makes of a copy of `site`; None where the build fails.

    Each page names its source at its end, below what lists of posts show of it.
    """
    copy = scratch / "zensical"
    shutil.copytree(site, copy, dirs_exist_ok=True)
    for file in copy.rglob("*.m*"):
        if file.suffix in (".md", ".markdown"):
            name = file.relative_to(copy).as_posix().encode().hex()
            file.write_bytes(file.read_bytes() + f"\n\n<!-- more -->\n\nsource-{name}-end\n".encode())
    done = run([str(program("zensical")), "build"], copy)
    if done.returncode:
        return None
    pages = {}
    for file in sorted((copy / "site").rglob("*.html")):
        match = re.search(r"source-([0-9a-f]+)-end", file.read_text("utf-8", "replace"))
        if match:
            source = bytes.fromhex(match[1]).decode()
            pages[source] = address_of(file.relative_to(copy / "site").as_posix())
    return pages


def said(site: Path) -> tuple[set[str], dict[str, str]]:
    """Return the posts that Copydesk finds in a site, and the addresses of those that it calls published."""
    from editor.site.find import open_site
    from editor.site.index import read_posts

    posts = {post.path.relative_to(site).as_posix(): post for post in read_posts(open_site(site))}
    return set(posts), {name: post.url for name, post in posts.items() if post.published}


def agreed(site: Path, pages: dict[str, str] | None) -> dict[str, str]:
    """Return the pages of a build; it fails where there are none, or where Copydesk says something else of a post."""
    assert pages is not None, "the build failed"
    wrong = differences(site, pages)
    assert not wrong, "\n".join(wrong)
    return pages


def differences(site: Path, pages: dict[str, str]) -> list[str]:
    """Return a line for each post of which Copydesk says something else than the build did."""
    posts, published = said(site)
    truth = {name: url for name, url in pages.items() if name in posts}
    return [
        json.dumps([name, published.get(name), truth.get(name)], ensure_ascii=False)
        for name in sorted(posts)
        if published.get(name) != truth.get(name)
    ]

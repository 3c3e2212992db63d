"""What a MkDocs site publishes besides the posts of its blogs, and which links name sources.

Rules are those of mkdocs 1.6 (structure/files.py, structure/pages.py: path_to_url) and of Material's plugin blog
(on_files: what lies beside posts is published beside the blog; archive, categories, pages of lists).
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from editor.site import files
from editor.site.generators.data_files import texts
from editor.site.generators.mkdocs_config import plugins_of
from editor.site.generators.published import Published, base_of, of_template, patterns

if TYPE_CHECKING:
    from editor.site.generators.material import Blog
    from editor.site.generators.mkdocs import MkDocs

_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_NOT_MEDIA = (*_PAGES, ".html", ".xml", ".htm", ".js", ".css", ".mjs")
"""Files that the blog does not move: it takes what MkDocs calls media."""
_KNOWN = frozenset(
    """
    search blog meta tags social privacy info offline optimize group typeset projects redirects rss minify
    """.split()  # noqa: SIM905
)
_MAKERS = re.compile(
    r"gen-|generat|auto(?!link|ref)|api|mono|multi|jupyter|notebook|i18n|lang|static|version|mike|import|extern|remote"
    r"|same-dir|pages|note|copy|obsidian|wiki|alias|wow|doxy|swagger|techdocs|gallery|pdf|bib|slides|permalink|ulink"
    r"|roam|ezlink|move|rename|exclude|simple|with-|virtual|blogging|categor|schema|coverage|cli|click|argparse"
)
"""What the names of plugins have in them that may make, move or leave out pages, or change links."""
_HARMLESS = re.compile(
    r"awesome-pages|git-.*|.*-localized|exclude-search|macros|markdownextradata|mkdocstrings"
)
_THEME_FILES = (
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/images/favicon.png",
    "assets/images/social/",
    "assets/external/",
    "assets/_*",
    "css/",
    "js/",
    "fonts/",
    "img/favicon.ico",
    "img/grid.png",
    "search/",
    "search.json",
    "sitemap.xml*",
    "404.html",
    "objects.inv",
    "feed_*.xml",
    "robots.txt",
)


def published(site: "MkDocs") -> Published:
    """Return what is published besides posts."""
    plugins = [(name.removeprefix("material/"), options) for name, options in plugins_of(site.values)]
    pages: dict[str, Path] = {}
    for path in files.walk(site.docs_dir, site.inside):
        address = page_address(site, path)
        if address:
            pages[address] = path
    templates = site.values.get("extra_templates")
    made = [*_THEME_FILES, *_redirected(plugins), *texts(templates)]
    blogs = [options for name, options in plugins if name == "blog"]
    for blog in site.blogs:
        options = next((given for given in blogs if _directory(given) == blog.directory), {})
        made += _made_by_blog(blog, options)
        pages.setdefault(_address_of_blog(site, blog), site.docs_dir / blog.directory / "index.md")
    made += _tag_pages(plugins)
    return Published(
        base=base_of(site.url),
        pages=pages,
        asset=lambda name: _asset(site, name),
        made=patterns(made),
        assets_known=True,
        complete=not any(_makes_pages(name) for name, _options in plugins) and not _hooked(site),
    )


def source_link(site: "MkDocs", url: str, path: Path) -> Path | None:
    """Return the source that a link of the page `path` names, whose address MkDocs writes in its place.

    Links that begin with a slash name sources only where the site sets `absolute_links: relative_to_docs`.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    src_uri = site.src_uri(path)
    if parts.scheme or parts.netloc or not parts.path or src_uri is None or "\0" in parts.path:
        return None
    absolute = url.startswith(("/", "\\"))
    if absolute and not _absolute_to_docs(site):
        return None
    name = unquote(parts.path)
    uri = posixpath.normpath(posixpath.join(posixpath.dirname(src_uri), name).lstrip("/"))
    file = site.docs_dir / uri
    if _is_list(site, uri):
        return file  # a page that the blog makes has a source, too, as long as the site is built
    if uri.startswith("../") or not file.is_file() or not site.inside(file) or site.is_excluded(uri):
        return None
    return file


def page_address(site: "MkDocs", path: Path) -> str:
    """Return the address of a page that is no post, decoded; empty for any other file and one left out."""
    uri = site.src_uri(path)
    if uri is None or not path.name.endswith(_PAGES) or site.is_excluded(uri):
        return ""
    if any(blog.owns(uri) for blog in site.blogs) or any(
        part.startswith(".") for part in PurePosixPath(uri).parts
    ):
        return ""
    return unquote(site.url_of(uri))


def _makes_pages(plugin: str) -> bool:
    """Return whether a plugin may make pages that are not known here."""
    if plugin in _KNOWN or _HARMLESS.fullmatch(plugin):
        return False
    return _MAKERS.search(plugin) is not None


def _hooked(site: "MkDocs") -> bool:
    """Return whether a hook of the site may add files: its code is read for that, never run."""
    listed = site.values.get("hooks")
    for name in listed if isinstance(listed, list) else ():
        try:
            code = (
                (site.root / str(name)).read_text("utf-8", "replace") if "\0" not in str(name) else "on_files"
            )
        except OSError:
            continue  # it is not there, so what it does is not known: nearly all change a page's text alone
        if re.search(r"\bon_files\b|\bFile\(", code):
            return True
    return False


def _asset(site: "MkDocs", name: str) -> Path | None:
    """Return the file that is served at a path."""
    for uri in _uris(site, name):
        file = site.docs_dir / uri
        if uri.endswith(_PAGES) or "\0" in uri or not file.is_file() or not site.inside(file):
            continue
        if not site.is_excluded(uri):
            return file
    return _of_theme(site, name)


def _of_theme(site: "MkDocs", name: str) -> Path | None:
    """Return the file of the theme's folder in the site that is copied to a path; templates are not."""
    theme = site.values.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    if not isinstance(folder, str) or "\0" in folder + name or name.endswith((".html", ".py", *_PAGES)):
        return None
    file = site.root / folder / name
    return file if file.is_file() and site.inside(file) else None


def _uris(site: "MkDocs", name: str) -> Iterator[str]:
    """Yield the paths in docs_dir of what may be served at a path."""
    moved = [blog for blog in site.blogs if name and not name.endswith(_NOT_MEDIA)]
    if not any(name.startswith(blog.post_dir) for blog in moved):
        yield name
    for blog in moved:
        # The folder of posts is taken out of the path wherever it begins with it, as text.
        if blog.directory == ".":
            yield posixpath.normpath(posixpath.join(blog.post_dir, name))
        elif name.startswith(blog.directory):
            yield blog.post_dir + name[len(blog.directory) :]


def _made_by_blog(blog: "Blog", options: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the addresses of a blog's lists look like."""
    folder = "" if blog.directory == "." else blog.directory + "/"
    for key, usual in (
        ("archive_url_format", "archive/{date}"),
        ("categories_url_format", "category/{slug}"),
        ("authors_profiles_url_format", "author/{slug}"),
    ):
        given = options.get(key)
        wanted = of_template((given if isinstance(given, str) else usual).strip("/"))
        yield folder + wanted
        yield folder + wanted + "/index.html"
        yield folder + wanted + ".html"
    given = options.get("pagination_url_format")
    page = of_template((given if isinstance(given, str) else "page/{page}").strip("/"))
    yield folder + page
    yield folder + "*/" + page


def _is_list(site: "MkDocs", uri: str) -> bool:
    """Return whether a path in docs_dir is that of a list of posts."""
    blogs = [options for name, options in plugins_of(site.values) if name == "material/blog"]
    for blog in site.blogs:
        options = next((given for given in blogs if _directory(given) == blog.directory), {})
        address = "/" + uri.removesuffix(".md")
        if uri.endswith(".md") and any(
            known.match(address) for known in patterns(_made_by_blog(blog, options))
        ):
            return not (site.docs_dir / uri).is_file()
    return uri in {posixpath.normpath(posixpath.join(blog.directory, "index.md")) for blog in site.blogs}


def _address_of_blog(site: "MkDocs", blog: "Blog") -> str:
    """Return the address of the page that lists all posts, which the plugin makes where there is no source."""
    return unquote(site.url_of(posixpath.normpath(posixpath.join(blog.directory, "index.md"))))


def _directory(options: Mapping[str, Any]) -> str:
    given = options.get("blog_dir")
    return posixpath.normpath(given if isinstance(given, str) else "blog")


def _tag_pages(plugins: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    for name, options in plugins:
        if name == "tags" and isinstance(options.get("export_file"), str):
            yield options["export_file"]
        elif name == "tags":
            yield "tags.json"
        elif name == "rss":
            yield from ("feed_rss_created.xml", "feed_rss_updated.xml", "feed_json_*.json")


def _redirected(plugins: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Yield the addresses that the plugin redirects makes."""
    for name, options in plugins:
        maps = options.get("redirect_maps") if name == "redirects" else None
        for source in maps if isinstance(maps, Mapping) else ():
            page = str(source).removesuffix(".md")
            yield page.removesuffix("/index")
            yield page + ".html"


def _absolute_to_docs(site: "MkDocs") -> bool:
    value: Any = site.values.get("validation")
    if isinstance(value, Mapping):
        links = value.get("links")
        found = links.get("absolute_links") if isinstance(links, Mapping) else None
        value = found if found is not None else value.get("absolute_links")
    return bool(value == "relative_to_docs")

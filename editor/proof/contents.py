"""Checks of what files hold, or are about to hold: a post in two files is checked in both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from editor.errors import OpenError
from editor.post.document import PostDocument
from editor.proof.diagnostic import Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.page_renderer import PageRenderer
from editor.proof.reading import Reading
from editor.proof.rule import BODY, FRONT_MATTER, Rule
from editor.proof.rules import all_rules
from editor.site.site import Site
from editor.site.two_files import meta_file, site_of_meta

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
"""How the names of Markdown files end."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds."""

    path: Path | None
    """Absolute; None for what was never saved."""
    text: str
    """Its byte order mark left out."""
    marked: bool = False
    """Whether the file begins with one."""

    @staticmethod
    def of(document: PostDocument) -> "Content":
        """Return what was read from a file."""
        return Content(document.path, document.text, document.marked)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around the posts of a site that are checked."""

    others: OtherPosts = field(default_factory=OtherPosts)
    renderer: PageRenderer | None = None


def check_content(
    site: Site,
    post: Content,
    around: Around,
    meta: Content | None = None,
    rules: Iterable[Rule] | None = None,
) -> list[Diagnostic]:
    """Return what is wrong with a post, or may be; of one in two files, first with `meta`, which has its fields.

    `rules` are all by default. It renders the post where that is needed, and may take a while.
    """
    chosen = all_rules() if rules is None else rules
    others, renderer = around.others, around.renderer
    whole = Reading(site, post.path, post.text, marked=post.marked, others=others, renderer=renderer)
    if meta is None or post.path is None:
        return check(whole, chosen)
    chosen = tuple(chosen)
    of_meta = site_of_meta(site, post.path)
    fields = Reading(of_meta, post.path, meta.text, marked=meta.marked, others=others, renderer=renderer)
    found = check(fields, [rule for rule in chosen if rule.part == FRONT_MATTER])
    in_text = check(whole, [rule for rule in chosen if rule.part == BODY])
    return [replace(diagnostic, path=meta.path) for diagnostic in found] + in_text


def check_contents(
    site: Site,
    contents: Sequence[tuple[Path, str]],
    renderer: PageRenderer | None,
    others: OtherPosts | None = None,
) -> list[Diagnostic]:
    """Return the diagnostics of several files of `site` as they are about to be, in their order.

    `contents` are absolute paths with texts; what is no Markdown and no post's other file is left out. `others` are
    read from disk where they are not given. For any thread but that of a window: it reads files, and renders.
    """
    texts = dict(contents)
    around = Around(OtherPosts.of(site) if others is None else others, renderer)
    found: list[Diagnostic] = []
    done: set[Path] = set()
    for path in texts:
        post = path if path.name.endswith(SUFFIXES) else _post_of(site, path)
        if post is None or post in done:
            continue
        done.add(post)
        text = texts.get(post)
        if text is None:
            text = _text_on_disk(post)
        if text is None:
            continue
        beside = meta_file(site, post)
        meta_text = None if beside is None else texts.get(beside, _text_on_disk(beside))
        meta = None if meta_text is None else Content(beside, meta_text)
        diagnostics = check_content(site, Content(post, text), around, meta)
        found += [diagnostic for diagnostic in diagnostics if diagnostic.path in texts]
    return found


def _post_of(site: Site, path: Path) -> Path | None:
    """Return the post whose other file `path` is, or None."""
    for suffix in SUFFIXES:
        post = path.with_suffix(suffix)
        if post.is_file() and meta_file(site, post) == path:
            return post
    return None


def _text_on_disk(path: Path) -> str | None:
    try:
        return PostDocument.open(path).text
    except OpenError:
        return None

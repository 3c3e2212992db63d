"""The way from the post's text to the preview and back: edits to the worker, HTML to the page, clicks to the window."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from editor.post.text_edit import TextEdit
from editor.render.page_blocks import Block
from editor.render.protocol import PageContext, RenderFailure, RenderResult
from editor.render.queue import PagePatch
from editor.render.withheld import DIAGRAM, FORMULA, REMOTE_PICTURE, SCRIPT, withheld
from editor.site.diagram_script import diagram_script, public_script
from editor.site.formula_script import loads_no_formula_script
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.linked_facts import LinkedFacts, site_of_post
from editor.ui.preview.preview_view import PreviewView
from editor.ui.preview.render_client import RenderClient
from editor.ui.preview.web_pictures import WebPictures
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.text_editor.document_text import without_ending

_SAFE_SCHEMES = {"http", "https", "mailto"}


class LivePreview(QObject):
    """Shows one post at a time, as it is typed.

    Signals:
        reasons_changed: what is not as published, a tuple of sentences; None while nothing is shown.
        post_wanted: (path of another post that a link leads to, id of the heading in it or an empty text).
        told: a sentence for the status line.
        web_missed: whether the post shows what the person may let be loaded from the web.
    """

    reasons_changed = Signal(object)
    post_wanted = Signal(Path, str)
    told = Signal(str)
    web_missed = Signal(bool)

    def __init__(
        self, client: RenderClient, view: PreviewView, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._drawn_site: Site | None = None
        """The site whose own scripts were looked for, which draw diagrams and set formulas."""
        self._leaves_formulas = False
        """Whether it has none for formulas."""
        self.linked = LinkedFacts(tasks, self)
        self.linked.changed.connect(self._open)
        self._client = client
        self._view = view
        self._session: PostSession | None = None
        self._site: Site | None = None
        self._context: PageContext | None = None
        self._anew = True
        """Whether the view has nothing yet that a patch could change."""
        self._reasons: tuple[str, ...] = ()
        """What the worker has said last of this very post."""
        self._files: tuple[str, ...] = ()
        """The files that it was made of as well."""
        self._told: tuple[str, ...] | None = None
        """The reasons as they were told last."""
        self._follow = True
        self._anchor = ""
        """The heading to go to in the page that comes next."""
        self._web: WebPictures | None = None
        client.rendered.connect(self._on_rendered)
        client.verified.connect(self._on_verified)
        client.failed.connect(self._on_failed)
        view.link_activated.connect(self.open_link)

    def set_web(self, web: WebPictures | None) -> None:
        """Show what `web` fetches from the web: pictures, and diagrams by the script that the site loads from there."""
        if web is self._web:
            return
        self._web = web
        self._view.set_web_pictures(web)
        if self._drawn_site is not None:
            self._look_for_script(self._drawn_site)
        self._tell_reasons()

    def set_follow(self, follow: bool) -> None:
        """Say whether the preview goes where the caret is."""
        self._follow = follow

    def show_post(self, session: PostSession | None, site: Site | None) -> None:
        """Show `session` as `site` publishes it; what the site is may be told later."""
        if self._session is not None and self._session is not session:
            self._session.edited.disconnect(self._on_edited)
            self._session.front_matter_changed.disconnect(self._on_front_matter)
        anew = session is not self._session or site is not self._site
        if session is not None and self._session is not session:
            session.edited.connect(self._on_edited)
            session.front_matter_changed.connect(self._on_front_matter)
            self._turn_to(session, site)
            self._view.show_notice(None)
        if site is not self._site and site is not None:
            self._view.diagrams.set_script(None)  # until it is looked for in this one
            self._drawn_site, self._leaves_formulas = None, False
            self._view.set_site(site.root, lambda url: site.resolve(url, self._path()))
            if session is not None:
                self._turn_to(session, site)
        self._session, self._site = session, site
        if anew:
            self._context = None
            self._told = None
            self.linked.turn_to(session, site)
        if session is None or site is None:
            self.reasons_changed.emit(None)
            return
        self._open()

    def _turn_to(self, session: PostSession, site: Site | None) -> None:
        self._view.open_post(_page_key(session, site))
        content = session.content
        self._view.set_source(
            lambda first, count: [without_ending(line) for line in content.lines(first, first + count)]
        )
        self._anew = True

    def go_to_anchor(self, name: str) -> None:
        """Scroll to the heading with the id `name`, once the post is shown."""
        if name:
            self._anchor = name if self._anew or self._client.busy else ""
            self._view.scroll_to_anchor(name)

    def look_up_links(self) -> None:
        """Look up once more what the post links to: other posts may have moved."""
        self.linked.look_soon()

    def render_again(self) -> None:
        """Render the post once more as it is: a file that it draws in has changed."""
        if self._context is not None:
            self._client.refresh()

    def follow_caret(self, line: int) -> None:
        """Mark what line `line` (from 0) became, and bring it into view if the preview follows."""
        if self._session is not None:
            self._view.follow_line(line, self._session.revision, bring=self._follow)

    def published(self, session: PostSession) -> RenderResult | None:
        """Return the published page of the text of `session` as it is; None while there is none."""
        if session is not self._session or self._context is None or not self._client.page_is_current:
            return None
        page = self._client.page
        return RenderResult(self._client.revision, page.html(), 0.0, self._reasons, self._files)

    def _path(self) -> Path | None:
        return self._session.path if self._session is not None else None

    def _open(self) -> None:
        session, site = self._session, site_of_post(self._session, self._site)
        if session is None or site is None or not self.linked.ready:
            return
        values = {} if session.header.problem else session.header.values
        context = site.page_context(session.path, values)
        context = replace(context, facts={**context.facts, **self.linked.facts})
        if context == self._context:
            return
        before, self._context = self._context, context
        if before is not None and _for_worker(before) == _for_worker(context):
            self._view.set_title(self.title)
            return
        self._client.open(session.content, session.revision, site.dialect, context)

    def _on_edited(self, edit: TextEdit, revision: int) -> None:
        if self._context is not None:
            self._client.edit(edit, revision)
        self.linked.note_edit(edit)

    def _on_front_matter(self, _front_matter: object) -> None:
        # The page depends on fields too (a title without a heading): a new context renders anew.
        self.linked.note_front_matter()
        if self._context is not None:
            self._open()

    def _on_rendered(self, patch: PagePatch) -> None:
        self._reasons, self._files = patch.reasons, patch.files
        self._show(patch)
        if self._session is not None:
            self._view.show_notice(None)

    def _on_verified(self, patch: PagePatch) -> None:
        if patch.changes:
            self._show(patch)

    def _show(self, patch: PagePatch) -> None:
        if self._session is None or self._site is None:
            self._anew = True  # this patch will be missing
            return
        page = self._client.page
        whole = [(0, None, _plain(page.blocks()))] if self._anew else None
        changes = [(change.start, change.removed, _plain(change.blocks)) for change in patch.changes]
        self._anew = False
        self._view.set_title(self.title)
        self._view.show_patch(whole or changes, page.first_line, patch.revision)
        if self._anchor and not patch.partial:
            self._view.scroll_to_anchor(self._anchor)
            self._anchor = ""
        if page.kinds & (DIAGRAM | FORMULA) and self._drawn_site is not self._site:
            self._look_for_script(self._site)
        self._tell_reasons()

    def _look_for_script(self, site: Site) -> None:
        """Let the view draw diagrams with the script that the site has for them, and note whether it sets formulas."""
        self._drawn_site = site

        web = self._web

        def draw_with(script: Path | None) -> None:
            if site is self._drawn_site and web is self._web:
                self._view.diagrams.set_script(script)
                self._tell_reasons()

        def take(found: tuple[Path | None, bool]) -> None:
            if site is not self._drawn_site:
                return
            script, self._leaves_formulas = found
            address = public_script(site)
            if script is None and web is not None and address:
                web.fetch_script(address, draw_with)
            else:
                draw_with(script)
            self._tell_reasons()

        self._tasks.run(lambda: (diagram_script(site), loads_no_formula_script(site)), take)

    def _tell_reasons(self) -> None:
        if self._session is None or self._site is None:
            return
        kinds = self._client.page.kinds
        if self._view.diagrams.can_draw:
            kinds &= ~DIAGRAM
        if self._web is not None:
            kinds &= ~REMOTE_PICTURE
        self.web_missed.emit(self._web is None and self._would_come(kinds))
        told = (*self._site.dialect.reasons, *self._reasons, *withheld(kinds))
        if kinds & FORMULA and self._leaves_formulas and not kinds & SCRIPT:
            told += (_("The site loads no script for formulas: readers see them as they are written"),)
        if told != self._told:
            self._told = told
            self.reasons_changed.emit(told)

    def _would_come(self, kinds: int) -> bool:
        """Return whether something of `kinds`, which is left out, would be there if the site might load it."""
        site = self._site
        if site is None or not site.trusted:
            return False
        return bool(kinds & REMOTE_PICTURE or (kinds & DIAGRAM and public_script(site)))

    @property
    def title(self) -> str | None:
        """What themes put above a page that has no heading of the first level."""
        title = self._context.facts.get("title") if self._context is not None else None
        return title if isinstance(title, str) and title else None

    def _on_failed(self, failure: RenderFailure) -> None:
        self._view.show_notice(_("The last good preview is kept. {reason}").format(reason=failure.message))

    def open_link(self, href: str) -> None:
        """Go where a link of the post leads: a heading, another post, or a page of the web."""
        if href.startswith("#"):
            self._view.scroll_to_anchor(unquote(href[1:]))
            return
        scheme = urlsplit(href).scheme.lower()
        if scheme in _SAFE_SCHEMES:
            QDesktopServices.openUrl(QUrl(href))
        elif scheme:
            self.told.emit(_("A link of the kind “{scheme}:” is not opened from here").format(scheme=scheme))
        elif self._site is not None:
            found = self._site.resolve(href, self._path())
            if found is None:
                self.told.emit(_("There is no “{target}” in the site").format(target=href))
            elif found.suffix.lower() in {".md", ".markdown", ".mdx"}:
                self.post_wanted.emit(found, unquote(urlsplit(href).fragment))
            else:
                self.told.emit(_("“{name}” is a file of the site, not a post").format(name=found.name))


def _plain(blocks: Sequence[Block]) -> list[tuple[str, int | None]]:
    return [(block.html, block.lines) for block in blocks]


def _for_worker(context: PageContext) -> PageContext:
    """Return what of `context` makes a difference to the worker: no field of the front matter does."""
    facts = {name: fact for name, fact in context.facts.items() if name not in ("title", "meta")}
    return replace(context, facts=facts)


def _page_key(session: PostSession, site: Site | None) -> str:
    """Return what the page calls the post: its path in the site."""
    if session.path is None:
        return ""
    return site.relative(session.path) if site is not None else session.path.name

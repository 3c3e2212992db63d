"""Raw HTML that breaks the page around it, or the Markdown within it."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator

from editor.post.text_edit import TextEdit
from editor.proof.body.grammar import COMMONMARK
from editor.proof.body.html_names import KNOWN
from editor.proof.body.included import has_branches, is_complete
from editor.proof.body.source import CODE, HTML, BodySource, Tag
from editor.proof.diagnostic import ERROR, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_PAIRED = frozenset(
    """
    a abbr article aside audio b blockquote button canvas center code del details div dl em fieldset figcaption figure
    font footer form h1 h2 h3 h4 h5 h6 header i iframe ins kbd label main map mark math nav noscript object ol picture
    pre q s samp section select small span strike strong sub summary sup svg table template textarea u ul var video
    """.split()  # noqa: SIM905
)
"""Elements that have to be closed: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags."""
_LONGEST_TAG = 1000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{1,200}\]\((?!\s)[^()\s]{1,500}\)|(?<![*\w\\])\*\*(?=[^\s*])[^*\n<]{1,200}(?<=[^\s*])\*\*(?![*\w])"
)


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "unclosed-html",
            WARNING,
            BODY,
            _("an element of raw HTML without its closing tag, or a closing tag without its element"),
            unclosed,
        ),
        Rule(
            "unclosed-comment",
            ERROR,
            BODY,
            _("a comment that nothing ends: all that follows is not shown"),
            unclosed_comment,
        ),
        Rule(
            "unknown-html",
            WARNING,
            BODY,
            _("`<name>` in the text, which is taken for a tag and not shown"),
            unknown,
        ),
        Rule(
            "markdown-in-html",
            WARNING,
            BODY,
            _("Markdown within raw HTML, where it is shown as it stands"),
            markdown_within,
        ),
    )


def unclosed(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if body.grammar.javascript or not body.tags or not is_complete(body) or has_branches(body):
        return
    opened: dict[str, list[Tag]] = {}
    stray: list[Tag] = []
    for tag in body.tags:
        if tag.name not in _PAIRED or tag.alone:
            continue
        if not tag.closing:
            opened.setdefault(tag.name, []).append(tag)
        elif opened.get(tag.name):
            opened[tag.name].pop()
        else:
            stray.append(tag)
    written = Counter(
        (found[1], found[2].lower())
        for line in body.lines
        if line.kind == CODE
        for found in _TAG.finditer(body.text, line.start, line.end)
    )
    for tag in sorted(
        (*stray, *(tag for tags in opened.values() for tag in tags)), key=lambda tag: tag.start
    ):
        if _is_in_code(tag, written):
            continue
        if tag.closing:
            said = _("</{name}> closes nothing")
        else:
            said = _("<{name}> is not closed: what follows stays in it")
        yield Finding(tag.start, tag.end, said.format(name=tag.name))


def _is_in_code(tag: Tag, written: Counter[tuple[str, str]]) -> bool:
    """Return whether the other tag may be in what is taken for code, being indented."""
    return written[("" if tag.closing else "/", tag.name)] > 0


def unclosed_comment(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    for comment in body.comments:
        if not comment.closed and body.grammar.family == COMMONMARK:
            said = _("Nothing ends this comment: all that follows is not shown")
            yield Finding(comment.start, min(comment.start + 4, comment.end), said)


def unknown(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if body.grammar.javascript:
        return
    closed = {tag.name for tag in body.tags if tag.closing}
    for tag in body.tags:
        written = body.text[tag.start + 1 : tag.start + 1 + len(tag.name)]
        if tag.closing or tag.alone or tag.attributes or tag.name in KNOWN or tag.name in closed:
            continue
        if written != tag.name or not re.fullmatch(r"[a-z][a-z0-9_]*", written):
            continue  # a component, or an element of somebody's own
        said = _("<{name}> is taken for a tag, and not shown: write it as code, or &lt;{name}>").format(
            name=tag.name
        )
        fix = QuickFix(_("Write &lt;"), TextEdit(tag.start, tag.start + 1, "&lt;"))
        yield Finding(tag.start, tag.end, said, fix)


def markdown_within(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if body.grammar.javascript or body.grammar.reads_html:
        return
    certain = body.grammar.certain
    reads = not certain or body.grammar.markdown_in_html
    allowed = [tag.start for tag in body.tags if "markdown" in tag.attributes] if reads else []
    reported = False
    above = None
    for line in body.lines:
        if line.kind != HTML:
            reported, above = False, None
            continue
        above = above or line
        if allowed and bisect.bisect(allowed, line.end) > bisect.bisect(allowed, above.start - 1):
            reported = True  # it is read, or may be by what publishes the post
        if not certain and body.text.startswith("</", above.content):
            reported = True
        if reported:
            continue
        for found in _MARKDOWN.finditer(body.text, line.content, line.end):
            if body.is_hidden(found.start()) or _in_tag(body, found.start()):
                continue
            said = _("In raw HTML this is no Markdown: it is shown as it stands")
            yield Finding(*found.span(), said)
            reported = True
            break


def _in_tag(body: BodySource, offset: int) -> bool:
    start = body.text.rfind("<", max(body.start, offset - _LONGEST_TAG), offset)
    return start >= 0 and body.text.find(">", start, offset) < 0

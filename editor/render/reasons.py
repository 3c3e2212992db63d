"""What the render worker notes, in words."""

from collections.abc import Iterable, Sequence

from editor.translation import gettext as _


def sentences(notes: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return a translated sentence for each note of the worker, (code, subject), in their order."""
    words = _words()
    return tuple(words.get(code, "{subject}").format(subject=subject) for code, subject in notes)


def _words() -> dict[str, str]:
    return {
        "extension-not-allowed": _("The extension {subject} only runs in a site that you trust."),
        "extension-missing": _("The extension {subject} is not installed here, so its part is missing."),
        "extension-failed": _("The extension {subject} could not be set up with the site's options."),
        "option-unknown": _("The installed extension does not know an option that the site sets: {subject}."),
        "python-not-allowed": _("The Python function {subject} only runs in a site that you trust."),
        "python-without-markdown": _(
            "The site's own Python has no Markdown, so Copydesk's renders the page: {subject}."
        ),
        "python-too-old": _(
            "The site's own Python is older than 3.9, so Copydesk's own renders the page: {subject}."
        ),
        "python-unusable": _(
            "The site's own Python can't render pages here, so Copydesk's own does: {subject}."
        ),
        "version-differs": _("The preview is made by another version than the site asks for: {subject}."),
        "coloured-code": _(
            "Code is coloured by {subject}; Pelican is installed with an older one, which may colour otherwise."
        ),
        "python-missing": _("The Python function {subject} is not to be had here."),
        "snippets-outside": _("Snippets from outside the site are not read: {subject}."),
        "snippets-unrestricted": _("Snippets are only read from the folders that the site names for them."),
        "snippets-download": _("Snippets are not downloaded for a site that you have not trusted."),
        "snippet-refused": _("A snippet leads out of the site and is not read: {subject}."),
        "b64-outside": _("Pictures from outside the site are not embedded: {subject}."),
        "b64-unrestricted": _("Pictures are only embedded from the folder that the site names for them."),
        "icons-outside": _("Icons from outside the site are not read: {subject}."),
        "icons-of-material": _(
            "The icon {subject} is Material's: Zensical, whose icons differ, is not installed here."
        ),
        "icon-missing": _("The icon {subject} is not installed here, so its name is shown."),
        "file-refused": _("A file outside the site was asked for and is not read: {subject}."),
        "action-refused": _("An extension tried to do what a site must be trusted for: {subject}."),
        "post-without-front-matter": _("Material stops at this post: it does not begin with front matter."),
        "post-front-matter-broken": _("Material stops at this post: its front matter can't be read."),
        "typogrify-missing": _(
            "The typography that the site asks for needs the package typogrify: it is not installed here."
        ),
        "guessed-code": _(
            "The language of code that names none is guessed, and the generator guesses otherwise than {subject}."
        ),
        "shortcode": _(
            "The shortcode {subject} is shown as a placeholder: only a build of the site makes it."
        ),
        "shortcode-broken": _("A shortcode is not well formed, and Nikola stops at it: {subject}."),
        "html-repaired": _(
            "The HTML in the page is not well formed at {subject}: Nikola mends it in its own way."
        ),
        "gist": _("The gist {subject} is fetched from the network when the site is built, so it is missing."),
        "link-ends": _("Whether some brackets are a link is told by rules that the preview does not have."),
        "link-address": _("Where the link {subject} leads to, only a build of the site knows."),
        "links-pattern": _("The pattern of INTRASITE_LINK_REGEX is not understood: links stay as written."),
        "placeholder": _(
            "What {subject} shows is only known when the site is built: a placeholder stands for it."
        ),
        "kramdown-differs": _("Something in this post is read by kramdown otherwise than by the preview."),
        "liquid-broken": _("Liquid stops at something in this post, so the site can't be built."),
        "template-broken": _(
            "A tag of the template engine has no end here: only a build tells what becomes of it."
        ),
        "plugin-changes": _("The plugin {subject} changes this post when the site is built."),
        "changed-in-build": _("The site's own step {subject} changes the page when it is built."),
        "heading-ids": _("The ids of some headings are made by rules that the preview does not have."),
        "code-ends": _("Where some code begins and ends is told by rules that the preview does not have."),
        "highlighter": _("Code is coloured by {subject} when the site is built; here it is plain."),
        "hugo-shortcode-broken": _("A shortcode is not well formed, and Hugo stops at it: {subject}."),
        "hugo-attributes": _(
            "The attributes of a code block can't be read, and Hugo stops at them: {subject}."
        ),
        "hugo-heading-shortcode": _("A heading with a shortcode gets an id that only Hugo itself can make."),
        "hugo-render-hook": _(
            "The site's render hook {subject} is a template, which the preview does not run."
        ),
        "hugo-footnote-prefix": _("The ids of footnotes begin with a name that only Hugo itself can make."),
        "hugo-markup": _("The page is written for {subject}, which the preview does not have."),
        "picture-optimized": _(
            "Pictures of the site are made smaller when it is built: their addresses and sizes differ."
        ),
        "mdx": _("This is an MDX page: its imports, exports and expressions are not run in the preview."),
        "raw-attributes": _(
            "Some HTML in the page is no HTML: what becomes of it is told by the build alone."
        ),
        "raw-table": _("Code stands between the rows of an HTML table: a build moves it above the table."),
        "tag-listing": _("The list of tags on this page is made when the site is built."),
    }

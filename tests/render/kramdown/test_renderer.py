"""Jekyll's posts through the renderer: Liquid, notes, patches."""

# ruff: noqa: E501
from typing import Any

import pytest

from editor.render.kramdown.renderer import KramdownRenderer
from editor.render.python_markdown.chunked_text import ChunkedText
from editor.render.python_markdown.documents import Document

_FACTS: dict[str, Any] = {
    "liquid": {
        "enabled": True,
        "site": {"baseurl": "/b", "url": "https://e.org", "title": "Blog"},
        "page": {"title": "T & t", "n": 3},
        "unknown": ["page.day"],
    },
    "liquid_urls": {"post_url 2020-01-02-a": "/b/a.html"},
}


def _document(text: str, facts: dict[str, Any] | None = None, **options: Any) -> Document:
    return Document(1, ChunkedText(text), options, "/site", "a.md", _FACTS if facts is None else facts)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ page.title }} {{page.n}}{{ page.nope }}", "<p>T &amp; t 3</p>"),
        ("{% raw %}{{ x }}{% endraw %}", "<p>{{ x }}</p>"),
        ("a{% comment %} b {{ c }} {% endcomment %}", "<p>a</p>"),
        ('{% assign x = "v" | upcase %}{{ x | append: "w" }}', "<p>Vw</p>"),
        ("{% capture x %}q{% endcapture %}{{ x }}", "<p>q</p>"),
        ('[a]({{ "/x.pdf" | relative_url }})', '<p><a href="/b/x.pdf">a</a></p>'),
        ('[a]({{ "x.pdf" | absolute_url }})', '<p><a href="https://e.org/b/x.pdf">a</a></p>'),
        ("[a]({{ site.baseurl }}/x)", '<p><a href="/b/x">a</a></p>'),
        ("[a]({% post_url 2020-01-02-a %})", '<p><a href="/b/a.html">a</a></p>'),
        (
            "{% highlight text %}\na < b\n{% endhighlight %}",
            '<figure class="highlight"><pre><code class="language-text" data-lang="text">a &lt; b</code></pre></figure>',
        ),
    ],
)
def test_liquid_that_is_known_is_done(source: str, html: str) -> None:
    made, notes, _files = KramdownRenderer().render(_document(f"---\ntitle: x\n---\n{source}\n"))
    assert made == html
    assert notes == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a {{ page.day }} b", "{{ page.day }}"),
        ("{{ site.time }}", "{{ site.time }}"),
        ("{{ page.title | nosuch }}", "{{ page.title | nosuch }}"),
        ("{% include a.html %}", "{% include %}"),
        ("{% for a in b %}x{% endfor %}", "{% for %}"),
        ("{% post_url 1999-01-01-nosuch %}", "{% post_url %}"),
    ],
)
def test_other_liquid_is_a_placeholder_and_told(source: str, name: str) -> None:
    html, notes, _files = KramdownRenderer().render(_document(source))
    assert "<copydesk-placeholder" in html
    assert ["placeholder", name] in notes


def test_liquid_in_an_address_stays_text() -> None:
    html, notes, _files = KramdownRenderer().render(_document("[a]({{ page.day }})"))
    assert html == '<p><a href="{{ page.day }}">a</a></p>'
    assert notes


def test_a_post_may_be_without_liquid() -> None:
    facts = {"liquid": {**_FACTS["liquid"], "enabled": False}}
    assert KramdownRenderer().render(_document("{{ page.title }}", facts))[0] == "<p>{{ page.title }}</p>"


def test_what_plugins_change_is_told() -> None:
    notes = KramdownRenderer().render(_document("hello @you", plugins=["jekyll-mentions"]))[1]
    assert notes == [["plugin-changes", "jekyll-mentions"]]
    assert KramdownRenderer().render(_document("hello", plugins=["jekyll-mentions"]))[1] == []


def test_patches_lead_to_the_page() -> None:
    renderer = KramdownRenderer()
    document = _document("---\na: b\n---\n# A\n\ntext\n\n{{ page.day }}\n\nend[^1]\n\n[^1]: note\n")
    blocks = [block for change in renderer.patch(document).patch.changes for block in change.blocks]
    for old, new in (
        ("text", "text *more*"),
        ("# A", "# B\n\n# B"),
        ("end[^1]", "end"),
        ("{{ page.day }}", "day"),
    ):
        start = document.text.index(old)
        document.content.edit(start, start + len(old), new)
        document.pending.append((start, start + len(old), new))
        page = renderer.patch(document)
        for change in reversed(page.patch.changes):
            blocks[change.start : change.start + change.removed] = change.blocks
        assert "\n".join(block.html for block in blocks) == KramdownRenderer().render(document)[0]
        assert document.pending == []
    assert page.first_line == 3
    assert sum(block.lines or 0 for block in blocks) == document.text.count("\n") - 3

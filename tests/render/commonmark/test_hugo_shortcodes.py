"""Hugo's shortcodes; what is expected was published by Hugo 0.168."""

import pytest

from editor.render import display, reasons
from editor.render.commonmark.plugins.shortcodes import parts
from editor.render.commonmark.renderer import CommonMarkRenderer
from editor.render.python_markdown.verification import tokens
from tests.render.commonmark.model import document_of

SITE = {"flavour": "hugo", "goldmark": {"renderer": {"unsafe": True}}}


def page(text, facts=None, **options):
    html, notes, _files = CommonMarkRenderer().render(document_of(text, {**SITE, **options}, facts))
    return html, notes


def test_arguments_are_read_as_hugo_reads_them():
    [code], broken = parts('{{< name one 2 true "a \\"b\\" >}}" `raw "x"` >}}')
    assert code.tag.positional == ("one", 2, True, 'a "b" >}}', 'raw "x"')
    assert not broken
    [code], _ = parts('{{% a/b  x=1 y="two three"\n z=`q` %}}')
    assert (code.tag.mark, code.tag.name) == ("%", "a/b")
    assert code.tag.named == {"x": 1, "y": "two three", "z": "q"}


def test_pairs_are_nested():
    [outer], _ = parts("{{< a >}}x{{< b >}}y{{< c />}}{{< /a >}}")
    assert outer.tag.name == "a"
    assert [part if isinstance(part, str) else part.tag.name for part in outer.inner] == ["x", "b", "y", "c"]


def test_what_is_no_shortcode_stays_and_is_noted():
    html, notes = page("a {{< b")
    assert "{{&lt; b" in html
    assert notes == [["hugo-shortcode-broken", "{{< b"]]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            '{{< figure src="a.png" caption="it\'s *x*" alt="y" class="c" width=10 >}}',
            (
                '<figure class="c"><img src="a.png" alt="y" width="10"><figcaption>'
                "<p>it’s <em>x</em></p></figcaption></figure>"
            ),
        ),
        (
            '{{< details summary="A *b*" open=true >}}\n\n- c\n\n{{< /details >}}',
            "<details open><summary>A <em>b</em></summary><ul><li>c</li></ul></details>",
        ),
        ("{{</* figure src=x */>}}", "<p>{{&lt; figure src=x &gt;}}</p>"),
        ('a {{< param "t" >}} b', "<p>a T b</p>"),
        ('[x]({{< relref "b.md#c" >}}) {{< ref "b.md" >}}', '<p><a href="/b/#c">x</a> https://x.org/b/</p>'),
        ("a {{< x.inline >}}b{{< /x.inline >}}", "<p>a </p>"),
        ("{{% details %}}\nx\n{{% /details %}}", "<details><summary>Details</summary><p>x</p></details>"),
    ],
)
def test_hugos_own_are_rendered(text, published):
    facts = {"parameters": {"t": "T"}, "pages": {"b.md": ["https://x.org/b/", "/b/"]}}
    html, notes = page(text, facts)
    assert tokens(html) == tokens(published)
    assert notes == []


def test_videos_are_embedded():
    html, _notes = page(
        "{{< youtube id=abc start=30 autoplay=true >}}", privacy={"youtube": {"privacyEnhanced": False}}
    )
    assert (
        'src="https://www.youtube.com/embed/abc?autoplay=1&amp;controls=1&amp;end=0&amp;loop=0&amp;mute=1&amp;start=30"'
        in html
    )
    assert "https://player.vimeo.com/video/123?dnt=0" in page("{{< vimeo 123 >}}")[0]


def test_others_become_labels_with_their_arguments():
    html, notes = page('a {{< note "x & y" >}} b\n\n{{< box >}}\n*c*\n{{< /box >}}\n')
    assert (
        '<copydesk-placeholder kind="shortcode" name="note">'
        "{{&lt; note &quot;x &amp; y&quot; &gt;}}</copydesk-placeholder>" in html
    )
    assert (
        '<copydesk-placeholder kind="shortcode" name="box" block>{{&lt; box &gt;}}</copydesk-placeholder>'
        in html
    )
    assert "<em>c</em>" in html
    assert notes == [["placeholder", "note"], ["placeholder", "box"]]
    assert all("placeholder" in sentence for sentence in reasons.sentences(notes))


def test_the_markdown_inside_of_others_stays():
    html, notes = page("{{% tip %}}\n# A\n\n*b*\n{{% /tip %}}\n\nc")
    assert '<h1 id="a">A</h1>' in html
    assert "<em>b</em>" in html
    assert notes == [["placeholder", "tip"]]


def test_the_sites_own_go_before_hugos():
    assert page("{{< figure src=a >}}", shortcodes=["figure"])[1] == [["placeholder", "figure"]]


def test_a_page_without_an_address_for_a_reference_is_noted():
    assert page('[x]({{< relref "nowhere.md" >}})')[1] == [["placeholder", "relref"]]


def test_labels_are_shown_with_their_kind():
    html, _notes = page("a {{< note >}}\n\n{{< box >}}\n")
    assert not display.as_published(html)
    shown = display.for_screen(html)
    assert '<span class="copydesk-made" data-copydesk-label="Shortcode"' in shown
    assert '<div class="copydesk-made" data-copydesk-label="Shortcode"' in shown
    assert "<copydesk-placeholder" not in shown

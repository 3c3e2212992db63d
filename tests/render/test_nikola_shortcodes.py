"""Nikola's shortcodes: taken out of the text, put into the HTML."""

import pytest

from editor.render.python_markdown.nikola_shortcodes import ShortcodeError, Shortcodes, tags
from editor.render.python_markdown.notes import Notes


def applied(text):
    notes = Notes()
    shortcodes = Shortcodes(notes)
    return shortcodes.put_in(shortcodes.take_out(text)), notes.as_list()


def test_a_text_without_any_stays():
    assert applied("a {{ b }} {% c %}") == ("a {{ b }} {% c %}", [])


def test_raw_gives_its_text():
    assert applied("a {{% raw %}}{{% b c=d %}} <i>{{% /raw %}} e") == ("a {{% b c=d %}} <i> e", [])


def test_one_that_needs_a_build_is_a_label_and_noted():
    html, notes = applied('{{% chart Bar title="<a>" %}}\n"x", 1\n{{% /chart %}}')
    assert html.startswith(
        '<copydesk-placeholder kind="shortcode" name="chart">{{% chart Bar title=&quot;&lt;a&gt;'
    )
    assert html.endswith("{{% /chart %}}</copydesk-placeholder>")
    assert notes == [["shortcode", "chart"]]


def test_arguments_are_read_with_quotes_and_backslashes():
    tag = tags(r"""{{% name one 'two 2' three="3 \" 3" four\ 4 five=5 %}}""")[1]
    assert tag.name == "name"
    assert tag.arguments == ("one", "two 2", "four 4")
    assert tag.named == (("three", '3 " 3'), ("five", "5"))


@pytest.mark.parametrize(
    "text", ["{{% ", "{{% %}}", "{{% a", "{{% a b%}}", "{{% a 'b %}}", "{{% /a b %}}", "{{% a b'c %}}"]
)
def test_what_nikola_stops_at_is_noted(text):
    with pytest.raises(ShortcodeError):
        tags(text)
    html, notes = applied(text)
    assert html == text
    assert [code for code, _ in notes] == ["shortcode-broken"]


def test_an_end_without_a_beginning_is_noted():
    assert applied("a {{% /raw %}}") == ("a {{% /raw %}}", [["shortcode-broken", "/raw"]])


def test_a_thumbnail_with_a_caption_is_a_figure():
    html, notes = applied('{{% thumbnail /a/b.jpg alt="x" align=left %}}<p>y</p>{{% /thumbnail %}}')
    assert html == (
        '<div class="figure  align-left"><a href="/a/b.jpg" class="image-reference">'
        '<img src="/a/b.thumbnail.jpg" alt="x"></a><p>y</p></div>'
    )
    assert notes == []

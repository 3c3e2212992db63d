"""What a folder without a generator makes of Markdown: CommonMark with tables."""

from tests.render.commonmark.model import html_of


def page(text):
    return html_of(text, flavour="plain")


def test_tables_are_all_that_commonmark_does_not_have():
    assert page("| a |\n|:-:|\n| b |") == (
        '<table>\n<thead>\n<tr>\n<th align="center">a</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td align="center">b</td>\n</tr>\n</tbody>\n</table>'
    )
    assert page('# A\n\n~~b~~ www.example.com "c"...') == (
        "<h1>A</h1>\n<p>~~b~~ www.example.com &quot;c&quot;...</p>"
    )


def test_html_and_definitions_stay():
    assert page("<b>a</b> [c]\n\n[c]: /d 'e'") == '<p><b>a</b> <a href="/d" title="e">c</a></p>'

"""Diagrams on the screen: drawn, or marked as what they are."""

from editor.render.display import Drawing, for_screen

PRE = '<pre class="mermaid"><code>graph TD\n  A--&gt;B\n</code></pre>'
DIV = '<div class="mermaid">graph TD\n  A--&gt;B\n</div>'
SOURCE = "graph TD\n  A-->B"


def test_a_drawing_stands_in_the_place_of_its_source():
    asked = []

    def drawing_of(source):
        asked.append(source)
        return Drawing("data:image/svg+xml;base64,AAAA", 20, 10)

    for html in (PRE, DIV, '<pre class="mermaid">graph TD\n  A--&gt;B</pre>'):
        shown = for_screen(f"<p>x</p>{html}<p>y</p>", drawing_of=drawing_of)
        assert shown.startswith('<p>x</p><div class="copydesk-drawn"><img alt="Mermaid diagram"')
        assert 'data-copydesk-size="20x10"' in shown
        assert 'src="data:image/svg+xml;base64,AAAA"' in shown
        assert "graph TD" not in shown
        assert shown.endswith("</div><p>y</p>")
    assert asked == [SOURCE] * 3


def test_what_is_not_drawn_yet_is_marked():
    for html in (PRE, DIV):
        assert for_screen(html, drawing_of=lambda _source: None) == for_screen(html)
        assert "copydesk-diagram" in for_screen(html)


def test_what_can_not_be_drawn_says_why_and_keeps_its_source():
    shown = for_screen(PRE, drawing_of=lambda _source: Drawing("", error='No "<b>" here'))
    assert "Mermaid can&#x27;t draw this diagram: No &quot;&lt;b&gt;&quot; here" in shown
    assert "A--&gt;B" in shown
    assert shown.count("copydesk-diagram") == 1

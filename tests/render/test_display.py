import pytest

from editor.render.display import for_screen, math_ml


@pytest.mark.parametrize(
    ("published", "display"),
    [
        (r'<p>a <span class="arithmatex">\(x^2\)</span> b</p>', "inline"),
        ('<div class="arithmatex">\\[\nx^2\n\\]</div>', "block"),
        (r'<div class="arithmatex">\[\begin{align}x^2 &amp;= 1\end{align}\]</div>', "block"),
        (r'<span class="arithmatex" id="eq">\(x^2\)</span>', "inline"),
        (
            """<span class="arithmatex"><span class="MathJax_Preview">x^2</span>\
<script type="math/tex">x^2</script></span>""",
            "inline",
        ),
        (
            """<div class="arithmatex">\n<div class="MathJax_Preview">\nx^2\n</div>
<script type="math/tex; mode=display">\nx^2\n</script>\n</div>""",
            "block",
        ),
    ],
)
def test_math_becomes_mathml(published, display):
    shown = for_screen(published)
    assert f'display="{display}"' in shown
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in shown
    assert "\\" not in shown
    assert "script" not in shown


def test_what_stands_around_math_stays():
    shown = for_screen(r'<p>a <em>b</em> <span class="arithmatex">\(x\)</span> &amp; c</p>')
    assert shown.startswith('<p>a <em>b</em> <span class="arithmatex"><math')
    assert shown.endswith("</math></span> &amp; c</p>")


@pytest.mark.parametrize(
    "tex",
    [
        r"\foo x",
        r"\text{a & b}",
        r"\begin{matrix} a & b",
        r"\frac{1}",
        "{" * 5_000,
        "x" * 30_000,
        r"\text{<b>}" * 3 + r"\undefined",
        r"\left(",
    ],
)
def test_what_can_not_be_drawn_is_shown_as_source(tex):
    assert math_ml(tex) is None
    escaped = tex.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = for_screen(rf'<p><span class="arithmatex">\({escaped}\)</span></p>')
    assert rf">\({escaped}\)</span></p>" in shown
    assert 'class="arithmatex copydesk-tex"' in shown
    assert "title=" in shown


def test_aligned_lines_are_aligned():
    markup = math_ml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "block")
    assert markup is not None
    assert markup.count("<mtr>") == 2
    assert "(1)" not in markup


def test_an_ampersand_that_is_meant_is_shown():
    markup = math_ml(r"a \& b")
    assert markup is not None
    assert "&#x00026;" in markup


def test_sim_is_an_operator():
    assert "<mo>&#x0223C;</mo>" in (math_ml(r"a \sim b") or "")


@pytest.mark.parametrize(
    "html",
    [
        "<p>no math, \\(x\\) or $x$</p>",
        '<pre><code>&lt;span class="arithmatex"&gt;\\(x\\)&lt;/span&gt;</code></pre>',
        "<p>arithmatex and mermaid and math/tex are words</p>",
    ],
)
def test_all_else_is_shown_as_published(html):
    assert for_screen(html) == html


def test_a_diagram_is_labelled():
    shown = for_screen('<pre class="mermaid"><code>graph LR\n  A --&gt; B</code></pre>')
    assert 'data-copydesk-label="Mermaid diagram, drawn in the published page"' in shown
    assert shown.endswith("<code>graph LR\n  A --&gt; B</code></pre>")

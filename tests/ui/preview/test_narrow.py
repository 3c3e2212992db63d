"""Nothing of a post is wider than its column, however narrow the pane is."""

import pytest

from tests.ui.preview.conftest import Preview

_CODE = "\n".join(
    f'<span id="__span-0-{n}"><a id="__codelineno-0-{n}" name="__codelineno-0-{n}"></a>'
    f'<span class="hll">    return (w / s).round().astype("int8"), scales[{n}]\n</span></span>'
    for n in (1, 2)
)
_NUMBERED = (
    '<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>'
    '<span></span><span class="normal">1</span>\n<span class="normal">2</span></pre></div></td>'
    f'<td class="code"><div><pre><span></span><code>{_CODE}</code></pre></div></td></tr></table></div>'
)
_TABS = (
    '<div class="tabbed-set tabbed-alternate" data-tabs="1:1"><input checked="checked" id="__tabbed_1_1"'
    ' name="__tabbed_1" type="radio"><div class="tabbed-labels"><label for="__tabbed_1_1">Python</label></div>'
    f'<div class="tabbed-content"><div class="tabbed-block">{_NUMBERED}</div></div></div>'
)
_WIDEST = (
    "Math.max(...[...document.querySelectorAll('main .highlight, main .tabbed-content, main .highlighttable')]"
    ".map(box => box.getBoundingClientRect().right))"
)
_COLUMN = (
    "(() => { const main = document.querySelector('main');"
    " return main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight); })()"
)


@pytest.mark.parametrize("width", [360, 500, 600])
@pytest.mark.parametrize("html", [_NUMBERED, _TABS], ids=["alone", "in a tab"])
def test_numbered_code_is_as_wide_as_the_column(preview: Preview, html: str, width: int) -> None:
    preview.view.resize(width, 500)
    preview.show(f"<p>text</p>{html}")
    preview.until(f"Math.abs(innerWidth - {width}) < 2")
    assert preview.ask(_WIDEST) <= preview.ask(_COLUMN) + 0.5


def test_a_long_formula_in_a_line_has_no_scroll_bar(preview: Preview) -> None:
    letters = "<mo>+</mo>".join(f"<mi>x</mi><mn>{number}</mn>" for number in range(30))
    preview.view.resize(300, 500)
    preview.show(f'<p>text <span class="arithmatex"><math><mrow>{letters}</mrow></math></span> text</p>')
    preview.until("Math.abs(innerWidth - 300) < 2")
    box = "document.querySelector('main p')"
    assert preview.ask(f"{box}.scrollWidth > {box}.clientWidth")
    assert preview.ask(f"{box}.offsetHeight - {box}.clientHeight") == 0

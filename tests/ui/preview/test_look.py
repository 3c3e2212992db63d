"""The preview's colours can be read: AA contrast (4.5 to 1) over every pair as the style sheets use them."""

import re

import pytest

from editor import resources
from editor.ui.preview.look import css_variables
from editor.ui.theme import DARK, LIGHT


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


SYNTAX = [
    f"--syntax-{name}"
    for name in ("comment", "keyword", "string", "number", "function", "class", "builtin", "operator", "tag")
]
PAIRS = [
    *((ink, ground) for ink in ("--ink", "--dim", "--accent") for ground in ("--pane", "--background")),
    *((token, ground) for token in [*SYNTAX, "--ink"] for ground in ("--code", "--code-line")),
    *((f"--{tone}", ground) for tone in ("accent", "good", "warn", "bad", "teal", "violet")
      for ground in (f"--{tone}-wash", "--pane")),
    *(("--ink", f"--{tone}-wash") for tone in ("accent", "good", "warn", "bad", "teal", "violet")),
    ("--ink", "--mark"),
    ("--ink", "--side"),
    ("--ink", "--hover"),
    ("--on-accent", "--accent"),
    ("--dim", "--code"),
    *((token, "--side") for token in SYNTAX),
]  # fmt: skip


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(theme, ink, ground):
    colours = css_variables(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_variable_of_the_style_sheets_is_filled(theme):
    sheets = "".join(resources.text(f"preview/{name}.css") for name in ("shell", "text", "blocks", "code"))
    used = set(re.findall(r"var\((--[\w-]+)", sheets))
    own = set(re.findall(r"(--[\w-]+):", sheets))
    assert used - own <= set(css_variables(theme))


def test_every_icon_of_the_style_sheets_is_there():
    sheets = "".join(resources.text(f"preview/{name}.css") for name in ("shell", "text", "blocks", "code"))
    for name in re.findall(r"url\(\"([^\"]+)\"\)", sheets):
        assert resources.path(f"preview/{name}").is_file()


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="highlight"><pre><span></span><code>{}</code></pre></div>',
        '<div class="codehilite"><pre><span></span><code>{}</code></pre></div>',
        '<pre class="code literal-block">{}</pre>',
        '<div class="highlight"><pre tabindex="0" class="chroma"><code>{}</code></pre></div>',
        '<div class="chroma"><table class="lntable"><tr><td class="lntd"><pre>{}</pre></td></tr></table></div>',
        '<div class="highlighter-rouge"><div class="highlight"><pre class="highlight">{}</pre></div></div>',
        '<figure class="highlight py"><table><tr><td class="code"><pre>{}</pre></td></tr></table></figure>',
    ],
)
def test_words_of_code_are_coloured_whatever_stands_around_them(preview, wrapper):
    preview.show(wrapper.format('<span class="k">def</span> <span class="nf">fox</span>'))
    colour = "getComputedStyle(document.querySelector('.{}')).color"
    plain = preview.ask("getComputedStyle(document.querySelector('.k').parentElement).color")
    assert len({plain, preview.ask(colour.format("k")), preview.ask(colour.format("nf"))}) == 3

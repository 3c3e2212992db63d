"""Diagrams are drawn by a script that stands for the site's copy of Mermaid; a real page runs it."""

import base64
from pathlib import Path

import pytest

from editor.ui.diagrams.diagram_drawer import DiagramDrawer

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='100%' viewBox='0 0 120 60.5'><text>${text}</text></svg>"
LATER = (
    f"globalThis.mermaid = {{ initialize(options) {{ this.theme = options.theme; }}, "
    f"async render(id, text) {{ if (text === 'bad') throw new Error('Parse error on line 1:\\nmore'); "
    f"return {{ svg: `{SVG}`.replace('<text>', `<text>${{mermaid.theme}} `) }}; }} }};"
)
AT_ONCE = f"globalThis.mermaid = {{ initialize() {{}}, render(id, text) {{ return `{SVG}`; }} }};"
OLD = (
    f"globalThis.mermaid = {{ initialize() {{}}, mermaidAPI: {{ render(id, text) {{ return `{SVG}`; }} }} }};"
)
NOSY = f"""globalThis.mermaid = {{ initialize() {{}}, async render(id, text) {{
  const got = [];
  for (const url of ["https://example.org/", "file:///etc/hostname", "copydesk://site/0?/a.png",
                     "copydesk://shell/shell.html"]) {{
    try {{ await fetch(url); got.push(url); }} catch (error) {{}}
  }}
  text = "reached " + got.length;
  return {{ svg: `{SVG}` }};
}} }};"""


@pytest.fixture
def drawer(qtbot):
    made = DiagramDrawer()
    yield made
    made.set_script(None)
    made.deleteLater()


def script(folder: Path, source: str) -> Path:
    path = folder / "mermaid.min.js"
    path.write_text(source, "utf-8")
    return path


def picture(address: str) -> str:
    """Return the SVG in a data: address."""
    kind, _comma, data = address.partition(",")
    assert kind == "data:image/svg+xml;base64"
    return base64.b64decode(data).decode()


def drawn(qtbot, drawer, source):
    drawer.want([source])
    qtbot.waitUntil(lambda: drawer.is_known(source), timeout=20_000)
    return drawer.drawing(source)


@pytest.mark.parametrize("release", [LATER, AT_ONCE, OLD])
def test_every_release_of_mermaid_draws(qtbot, tmp_path, drawer, release):
    drawer.set_script(script(tmp_path, release))
    made = drawn(qtbot, drawer, "graph TD; A-->B & C")
    assert (made.width, made.height, made.error) == (120, 61, "")
    svg = picture(made.address)
    assert 'width="120"' in svg
    assert "graph TD; A--&gt;B &amp; C" in svg


def test_what_can_not_be_read_is_told(qtbot, tmp_path, drawer):
    drawer.set_script(script(tmp_path, LATER))
    made = drawn(qtbot, drawer, "bad")
    assert (made.address, made.error) == ("", "Parse error on line 1:")
    assert drawn(qtbot, drawer, "good").address


def test_a_dark_page_gets_dark_drawings(qtbot, tmp_path, drawer):
    drawer.set_script(script(tmp_path, LATER))
    assert "default one" in picture(drawn(qtbot, drawer, "one").address)
    drawer.set_dark(True)
    assert not drawer.is_known("one")
    assert "dark one" in picture(drawn(qtbot, drawer, "one").address)


def test_what_draws_reaches_nothing_else(qtbot, tmp_path, drawer):
    drawer.set_script(script(tmp_path, NOSY))
    assert "reached 0" in picture(drawn(qtbot, drawer, "one").address)


def test_while_a_diagram_is_typed_the_last_one_stands(qtbot, tmp_path, drawer):
    drawer.set_script(script(tmp_path, LATER))
    first = drawn(qtbot, drawer, "graph TD; A-->B; B-->C")
    assert drawer.drawing("graph TD; A-->B; B-->CD") == first
    assert drawer.drawing("pie title Something else") is None


def test_without_a_script_nothing_is_drawn(drawer):
    assert not drawer.can_draw
    drawer.want(["one"])
    assert not drawer.busy
    assert drawer.drawing("one") is None


def test_of_many_each_is_drawn_once_asked_again(qtbot, tmp_path, drawer):
    drawer.set_script(script(tmp_path, AT_ONCE))
    sources = [f"number {n}" for n in range(30)]
    drawer.drawn.connect(lambda: drawer.want(sources))
    drawer.want(sources)
    qtbot.waitUntil(lambda: all(map(drawer.is_known, sources)), timeout=30_000)

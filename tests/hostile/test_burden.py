"""Posts that are too much: the window stays alive, goes on, and says what happened."""

import os
import signal

import pytest

pytestmark = pytest.mark.web

DEEP = 10_000
BURDENS = {
    "deep divs": "<div>" * DEEP,
    "deep spans": "<p>" + "<b>" * DEEP + "x",
    "deep lists": "<ul><li>" * 4_000,
    "deep tables": "<table><tr><td>" * 1_500,
    "deep svg": "<svg>" + "<g>" * DEEP,
    "giant table": "<table>" + ("<tr>" + "<td>x</td>" * 100 + "</tr>") * 300 + "</table>",
    "wide table": "<table><tr><td colspan=1000 rowspan=65534>x</td></tr><tr>" + "<td>" * 5000 + "</table>",
    "many attributes": "<p " + " ".join(f"a{n}=x" for n in range(8_000)) + ">x</p>",
    "long attribute": "<p title='" + "x" * 300_000 + "'>x</p>",
    "long word": "x" * 200_000,
    "many ids": "".join(f"<i id=x{n % 7}></i>\n" for n in range(4_000)),
    "style bomb": "<p style='width:" + "calc(" * 10_000 + "1px" + ")" * 10_000 + "'>x</p>",
    "filter bomb": "<p style='filter:" + "blur(9999px) " * 500 + "'>x</p>",
    "shadow bomb": "<p style='filter:blur(9999px);box-shadow:" + ",".join(["0 0 9999px red"] * 60) + "'>x</p>",
    "huge sizes": "<p style='width:1e30px;height:1e30px;font-size:1e9px;transform:scale(1e9)'>x</p><img width=999999999 height=999999999 src=/own.svg>",
    "use bomb": "<svg>" + "<g id=a0><rect width=9 height=9 /></g>"
    + "".join(f"<g id=a{n + 1}>" + f"<use href='#a{n}'/>" * 8 + "</g>" for n in range(5)) + "</svg>",
    "counter": "<ol start=2147483647>" + "<li value=-2147483648>x" * 2000 + "</ol>",
    "combining": "e" + "\u0301" * 20_000,
    "directions": "\u202e\u2066" * 20_000 + "x",
    "emphasis": "*a " * 20_000 + "_b " * 20_000,
    "brackets": "[" * 2_000 + "](" * 500,
    "quotes": "> " * 5_000 + "x",
    "backticks": "".join("`" * n + "x" for n in range(1, 300)),
    "angles": "<" * 5_000 + "<a " * 1_000 + "<!--" * 1_000,
    "formula": "$$" + "\\frac{1}{" * 3_000 + "x" + "}" * 3_000 + "$$",
}  # fmt: skip


@pytest.mark.parametrize("name", BURDENS)
def test_the_window_goes_on(victim, name, log):
    log.expect("does not answer")
    session = victim.parts.workspace.session
    said = []
    victim.window.preview.renderer_crashed.connect(said.append)
    failures = []
    victim.parts.client.failed.connect(failures.append)
    try:
        victim.type(BURDENS[name])
        victim.qtbot.waitUntil(lambda: victim.is_painted() or bool(said) or bool(failures), timeout=45_000)
        # The text is there in any case, and what is typed next is shown.
        assert BURDENS[name].replace("\u2066", "")[-40:] in session.document.toPlainText().replace(
            "\u2066", ""
        )
        assert all(failure.message for failure in failures)
        victim.write("All is *well*.")
        victim.qtbot.waitUntil(
            lambda: "All is well." in victim.tell("document.querySelector('main').textContent"),
            timeout=20_000,
        )
    finally:
        victim.window.preview.renderer_crashed.disconnect(said.append)
        victim.parts.client.failed.disconnect(failures.append)


def test_the_page_comes_back_when_its_process_is_gone(victim, log):
    log.expect(r"renderer|ended|crash")
    victim.write("Here *again*.")
    page = victim.window.preview.web.page()
    with victim.qtbot.waitSignal(victim.window.preview.renderer_crashed, timeout=20_000) as crashed:
        os.kill(page.renderProcessPid(), signal.SIGKILL)
    assert crashed.args[0]
    with victim.qtbot.waitSignal(victim.window.preview.settled, timeout=60_000):
        pass  # the page that takes its place is there
    assert "Here again." in victim.tell("document.querySelector('main')?.textContent ?? ''")
    assert victim.harm() == []

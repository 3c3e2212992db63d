"""Posts as attack, typed into the real window: nothing runs, leaves, or is read from outside, and the page lives on."""

import json
import socket
import sys

import pytest

from tests.hostile.attacks import ALL, armed

pytestmark = pytest.mark.web

BLOCKS = "document.querySelector('main').textContent"
OPENED_ANYWHERE = ("http:", "https:", "mailto:", "ftp:", "tel:")


def is_well(victim):
    """Check that the page still shows what is typed."""
    victim.write("All is *well*.")
    assert "All is well." in victim.tell(BLOCKS)
    assert victim.tell("document.querySelectorAll('main em').length") == 1
    assert not victim.tell("document.querySelectorAll('main img, main form, main svg, main style').length")


@pytest.mark.parametrize("name", ALL)
def test_nothing_of_it_runs_or_gets_out(victim, name):
    html = armed(ALL[name], victim.listener.port, str(victim.canary.folder))
    victim.write(f"Before\n\n{html}\n\nAfter `code` *it*\n")
    victim.settle()
    assert victim.harm() == []
    # Whatever can be activated is, by the keyboard's and the mouse's own way.
    victim.opener.opened.clear()
    victim.tell(
        "(() => { for (const element of document.querySelectorAll('main a, main area, main button, main input, main summary,"
        " main label, main form, main [tabindex], main p')) { element.focus?.(); element.click?.();"
        " for (const type of ['click', 'auxclick', 'dblclick', 'contextmenu', 'pointerover', 'dragstart', 'drop', 'copy', 'submit'])"
        " element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: type === 'auxclick' ? 1 : 0 })); }"
        " return 1; })()"
    )
    victim.settle()
    assert victim.harm() == []
    for address in victim.opener.opened:
        assert address.startswith(OPENED_ANYWHERE), address
    is_well(victim)
    assert victim.harm() == []


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("clobbering")])
def test_nor_would_it_past_our_own_cleaning(victim, name):
    html = armed(ALL[name], victim.listener.port, str(victim.canary.folder))
    html = html.replace("'preconnect'", "'next'")  # see test_no_requests
    victim.write("x")
    victim.tell(
        "(() => { const box = document.createElement('div'); box.id = 'past'; document.body.append(box);"
        f" box.append(document.createRange().createContextualFragment({json.dumps(html)}));"
        " for (const element of box.querySelectorAll('a, area, button, input, summary, label')) element.click?.();"
        " for (const form of box.querySelectorAll('form')) HTMLFormElement.prototype.submit.call(form);"
        " return 1; })()"
    )
    victim.settle()
    assert victim.harm() == []
    victim.tell("(document.getElementById('past').remove(), 1)")
    victim.opener.opened.clear()
    is_well(victim)


def test_nothing_of_it_covers_what_is_outside_of_the_post(victim):
    victim.write(armed(ALL["styles: covers"], victim.listener.port, ""))
    found = victim.tell(
        "(() => { const main = document.querySelector('main');"
        " main.style.margin = '0 40px'; const inside = main.getBoundingClientRect();"
        " const at = (x, y) => main.contains(document.elementFromPoint(x, y));"
        " const beside = [at(inside.left - 10, 20), at(inside.right + 10, 20), at(inside.left - 10, innerHeight - 20)];"
        " const within = at((inside.left + inside.right) / 2, (Math.max(inside.top, 0) + Math.min(inside.bottom, innerHeight)) / 2);"
        " main.style.margin = ''; return { beside, within, covers: main.querySelectorAll('.cover').length }; })()"
    )
    assert found == {"beside": [False, False, False], "within": True, "covers": 6}


def test_the_witnesses_would_notice(victim):
    socket.create_connection(("127.0.0.1", victim.listener.port)).close()
    victim.qtbot.waitUntil(lambda: bool(victim.listener.asked), timeout=5_000)
    (victim.canary.folder / "c.md").read_text()
    victim.write(f"x {victim.canary.words}")
    found = " ".join(victim.harm())
    assert "asked for" in found
    assert "the page shows the canary" in found
    if sys.platform.startswith("linux"):
        assert "opened c.md" in found

"""A built page is cut off: it gets files of the build, nothing else, and can't reach the program."""

import json

import pytest
from PySide6.QtCore import QUrl

from editor.site.building.results import BuildResult
from editor.ui.preview.built_scheme import Moved, served_by_build
from editor.ui.preview.scheme import NotServed
from tests.ui.preview.built_pages import BLOCKS, BuiltPreview
from tests.ui.preview.test_safety import local_server  # noqa: F401  (a fixture)

POST = "".join(BLOCKS)


@pytest.fixture
def built(qtbot, preview, tmp_path) -> BuiltPreview:
    """Give a preview with the post open, in the Reading look."""
    made = BuiltPreview(qtbot, preview, tmp_path / "pages")
    made.open(BLOCKS)
    return made


@pytest.fixture
def result(tmp_path) -> BuildResult:
    """Give a build of a few files, beside a file that is none of it."""
    folder = tmp_path / "pages"
    (folder / "post").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "post/index.html").write_text("post")
    (folder / "style.css").write_text("p {}")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return BuildResult(folder, succeeded=True, problems=(), seconds=0.1, prefix="/blog/")


def served(address, result):
    return served_by_build(QUrl(address), result)


@pytest.mark.parametrize(
    ("address", "name", "kind"),
    [
        ("copydesk-built://site/", "index.html", "text/html"),
        ("copydesk-built://site/blog/", "index.html", "text/html"),
        ("copydesk-built://site/post/", "post/index.html", "text/html"),
        ("copydesk-built://site/post/index.html", "post/index.html", "text/html"),
        ("copydesk-built://site/blog/style.css?v=2", "style.css", "text/css"),
    ],
)
def test_files_of_the_build_are_served(result, address, name, kind):
    found = served(address, result)
    assert (found.path, found.mime_type) == (result.folder / name, kind)


def test_a_folders_address_gets_its_slash(result):
    assert served("copydesk-built://site/post?x=1", result) == Moved("copydesk-built://site/post/?x=1")


@pytest.mark.parametrize(
    "path",
    [
        "/link.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/post/../../secret.txt",
        "//etc/passwd",
        "/%00",
        "/none.html",
    ],
)
def test_nothing_else_is(result, path):
    with pytest.raises(NotServed):
        served(f"copydesk-built://site{path}", result)


def test_without_a_build_nothing_is(result):
    with pytest.raises(NotServed):
        served("copydesk-built://site/", None)
    with pytest.raises(NotServed):
        served("copydesk-built://shell/index.html", result)


def test_the_themes_scripts_run_and_see_nothing_of_ours(built):
    assert built.build(POST, more="<script>document.body.dataset.ran = 'yes'</script>")
    assert built.in_main_world("document.body.dataset.ran") == "yes"
    names = ["qt", "QWebChannel", "bridge", "copydeskBlocks", "RTCPeerConnection", "webkitRTCPeerConnection"]
    found = built.in_main_world(f"JSON.stringify({json.dumps(names)}.filter((name) => name in globalThis))")
    assert json.loads(found) == []


def test_scripts_of_what_is_typed_do_not_run(built):
    assert built.build(POST)
    run = "document.body.dataset.ran = 'yes'"
    built.type(1, 1, [f"<p>x</p><script>{run}</script><img src='/none.png' onerror=\"{run}\">\n"])
    built.type(4, 0, [f'<details open ontoggle="{run}"><summary>x</summary></details>\n'])
    assert built.in_main_world("document.body.dataset.ran ?? 'no'") == "no"
    assert (
        built.preview.ask(
            "document.querySelectorAll('article script, article [onerror], article [ontoggle]').length"
        )
        == 0
    )


def test_nothing_leaves_the_page(qtbot, built, local_server):  # noqa: F811
    address, asked = local_server
    tries = f"""
        <img src="{address}/a.png"><link rel="stylesheet" href="{address}/b.css"><iframe src="{address}/c"></iframe>
        <iframe srcdoc="<img src='{address}/d.png'>"></iframe><script src="{address}/e.js"></script>
        <link rel="preconnect" href="{address}"><link rel="prefetch" href="{address}/f">
        <img src="file:///etc/hostname">
        <script>
          const done = []; document.done = done;
          const note = (name) => done.push(name);
          fetch("{address}/g").catch(() => note("fetch"));
          navigator.sendBeacon("{address}/h");
          const socket = new WebSocket("{address.replace("http", "ws")}/i"); socket.onerror = () => note("socket");
          const request = new XMLHttpRequest(); request.onerror = () => note("request");
          request.open("GET", "{address}/j"); request.send();
          const events = new EventSource("{address}/k"); events.onerror = () => {{ events.close(); note("events"); }};
          fetch("file:///etc/hostname").catch(() => note("file"));
          fetch("copydesk://shell/shell.html").catch(() => note("shell"));
          open("{address}/l"); const made = document.createElement("a");
          made.href = "{address}/m"; made.target = "_blank"; made.click();
          setTimeout(() => {{ location.href = "{address}/n"; }}, 300);
        </script>"""
    assert built.build(POST, more=tries)
    wanted = {"fetch", "socket", "request", "events", "file", "shell"}
    qtbot.waitUntil(
        lambda: wanted <= set(json.loads(built.in_main_world("JSON.stringify(document.done)"))),
        timeout=10_000,
    )
    assert asked == []
    assert built.preview.ask("location.href") == "copydesk-built://site/post/"
    assert built.preview.ask("document.images[0].naturalWidth + document.images[1].naturalWidth") == 0


def test_a_fetch_of_the_builds_own_files_works(qtbot, built):
    built.folder.mkdir()
    (built.folder / "search.json").write_text('{"home": "https://example.org/post/"}', "utf-8")
    script = "fetch('/search.json').then((r) => r.json()).then((found) => { document.found = found.home; });"
    assert built.build(POST, more=f"<script>{script}</script>")
    qtbot.waitUntil(
        lambda: built.in_main_world("document.found ?? ''") == "copydesk-built://site/post/", timeout=10_000
    )


def test_headers_reach_the_page(built):
    """An SVG of the build is no way around the policy, nor is a page."""
    built.folder.mkdir()
    script = (
        "fetch('/post/').then((r) => { document.policy = r.headers.get('content-security-policy') ?? ''; });"
    )
    assert built.build(POST, more=f"<script>{script}</script>")
    built.preview._qtbot.waitUntil(
        lambda: built.in_main_world("document.policy ?? ''").startswith("default-src copydesk-built://site "),
        timeout=10_000,
    )

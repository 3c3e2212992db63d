"""A post that means harm, in the real page: nothing of it runs, nothing outside the site is read."""

import base64
import http.server
import threading

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage

from tests.ui.preview.conftest import PNG

SECRET = "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'></svg>"


@pytest.fixture
def local_server():
    """Give the address of a web server of this machine and the list of what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_ignored: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


RUN = "document.documentElement.dataset.ran = 'yes'"
HARMFUL = [
    f"<script>{RUN}</script>",
    "<p>x</p><script src='https://example.org/x.js'></script>",
    f'<img src="/none.png" onerror="{RUN}">',
    f'<svg onload="{RUN}"><script>{RUN}</script></svg>',
    f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f'<body onload="{RUN}">',
    "<iframe src='file:///etc/passwd'></iframe>",
    f'<iframe srcdoc="<script>top.{RUN}</script>"></iframe>',
    "<object data='file:///etc/passwd'></object><embed src='file:///etc/passwd'>",
    "<meta http-equiv='refresh' content='0;url=https://example.org/'>",
    "<base href='https://example.org/'><img src='a.png'>",
    "<link rel='stylesheet' href='file:///etc/passwd'>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form action='https://example.org/'><button formaction='https://example.org/'>Go</button></form>",
    "<img name='querySelector' src='a.png'><form id='documentElement'></form><img name='body' src='b.png'>",
    "<svg><a xlink:href='javascript:1'><text>x</text></a><animate attributeName='href' to='javascript:1'/></svg>",
    "<video src='file:///etc/passwd' poster='file:///etc/passwd' onplay='1'></video>",
    "<audio src='data:audio/wav,x'></audio>",
    "<div style='background: url(https://example.org/x.png)'>x</div>",
    "<a href='java\tscript:1'>x</a><a href=' javascript:1'>x</a><a href='vbscript:1'>y</a>",
    "<a href='data:text/html,x'>z</a>",
]


@pytest.mark.parametrize("html", HARMFUL)
def test_nothing_of_a_post_runs_or_reaches_out(preview, html):
    preview.show(f"<p>before</p>\n{html}\n")
    assert preview.ask("document.documentElement.dataset.ran ?? null") is None
    assert preview.view.web.url().toString() == "copydesk://shell/shell.html"
    left = preview.ask(
        """(() => {
            const elements = /^(script|iframe|object|embed|meta|base|link|style|form|template|noscript)$/i;
            const bad = /^(on|action|formaction|srcdoc)/i;
            const address = /(src|href|data|poster)$/i;
            const elsewhere = /^\\s*(java\\s*script|vbscript|file|data|https?):/i;
            return [...document.querySelectorAll("main *")].flatMap((element) => [
                ...(elements.test(element.nodeName) ? [element.nodeName] : []),
                ...[...element.attributes].filter(({ name, value }) =>
                    bad.test(name) || (address.test(name) && elsewhere.test(value))).map(({ name }) => name),
            ]);
        })()"""
    )
    assert left == []
    preview.show("<p>after</p>")  # the page still works
    assert "after" in preview.html()


def test_a_script_of_the_post_could_not_run_even_if_it_came_through(preview):
    preview.show("<p>x</p>")
    preview.tell(
        """(() => {
            const script = document.createElement("script");
            script.textContent = "document.documentElement.dataset.ran = 'yes'";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "document.documentElement.dataset.ran = 'yes'");
            image.src = "copydesk://site/none";
            document.body.append(image);
        })()"""
    )
    preview.show("<p>y</p>")
    assert preview.ask("document.documentElement.dataset.ran ?? null") is None


def test_nothing_is_asked_of_the_network(preview, local_server):
    address, asked = local_server
    preview.show(f"<p><img src='{address}/a.png'></p><p style='background: url({address}/b.png)'>x</p>")
    preview.tell(  # past our own cleaning
        f"""(() => {{
            for (const name of ["img", "iframe", "video", "script", "link"]) {{
                const element = document.createElement(name);
                element.rel = "stylesheet";
                element.href = element.src = "{address}/" + name;
                document.body.append(element);
            }}
        }})()"""
    )
    preview.show("<p>later</p>")
    assert asked == []


def test_a_file_outside_the_site_can_not_be_had(preview, tmp_path):
    (tmp_path / "secret.svg").write_text(SECRET)
    (preview.site / "link.svg").symlink_to(tmp_path / "secret.svg")
    (preview.site / "own.svg").write_text(SECRET)
    outside = [
        "../secret.svg",
        "/../secret.svg",
        "%2e%2e/secret.svg",
        "..%2fsecret.svg",
        "/link.svg",
        "..\\secret.svg",
        str(tmp_path / "secret.svg"),
    ]
    pictures = "".join(f"<p><img src='{url}'></p>" for url in outside)
    preview.show(pictures + "<p><img id='own' src='/own.svg'></p>")
    preview.until("document.querySelectorAll('.copydesk-placeholder-missing').length", len(outside))
    assert preview.ask("document.getElementById('own').naturalWidth") == 7


def test_a_link_to_a_file_of_this_machine_is_no_link(preview):
    preview.show("<p><a href='file:///etc/passwd'>x</a></p>")
    assert preview.ask("document.querySelector('a').hasAttribute('href')") is False


def test_a_fixed_box_stays_inside_the_post(preview):
    preview.show(
        "<div style='position: fixed; inset: -500px' id='cover'></div><p style='height: 300px'>x</p>"
    )
    top = preview.ask("document.getElementById('cover').getBoundingClientRect().top")
    assert top == preview.ask("document.querySelector('main').getBoundingClientRect().top") - 500
    # "content" is layout, paint and style: what is outside is cut off
    assert preview.ask("getComputedStyle(document.querySelector('main')).contain") == "content"


def test_table_alignment_and_embedded_pictures_are_let_in(preview):
    data = base64.b64encode(PNG).decode()
    preview.show(
        "<table><tr><td style='text-align: right'>1</td></tr></table>"
        f"<p><img src='data:image/png;base64,{data}'></p>"
    )
    assert preview.ask("getComputedStyle(document.querySelector('td')).textAlign") == "right"
    assert preview.ask("document.querySelector('img').naturalWidth") == 1


def test_the_page_stays_where_it_is(preview):
    page = preview.view.web.page()
    kind = QWebEnginePage.NavigationType.NavigationTypeTyped
    for address in ("https://example.org/", "file:///etc/passwd", "copydesk://site/1?/a.svg", "about:blank"):
        assert page.acceptNavigationRequest(QUrl(address), kind, True) is False
    assert page.createWindow(QWebEnginePage.WebWindowType.WebBrowserTab) is None
    assert page.profile().isOffTheRecord()
    assert not page.settings().testAttribute(page.settings().WebAttribute.JavascriptEnabled)
    assert not preview.view.web.acceptDrops()

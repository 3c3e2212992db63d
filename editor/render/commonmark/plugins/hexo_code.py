"""Code as Hexo wraps it: what hexo-util's `highlight` and `prismHighlight` put around it, without coloured words.

Sources: hexo-util (highlight.js, prism.js), hexo (plugins/filter/before_post_render/backtick_code_block.js,
plugins/highlight).
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

_ALL_OPTIONS = re.compile(r"(\S+)\s+(.+?)\s+(https?://\S+|/\S+)\s*(.+)?")
_LANGUAGE_AND_CAPTION = re.compile(r"(\S+)\s*(.+)?")
_MORE_OPTIONS = re.compile(
    r"\s((?:line_number|line_threshold|first_line|wrap|mark|language_attr|highlight):\S+)"
)

PLAIN = "plaintext"

_KNOWN = frozenset(
    """
    1c abnf accesslog actionscript ada ado adoc ahk angelscript apache apacheconf applescript arcade arduino
    arm armasm as asc asciidoc aspectj atom autohotkey autoit avrasm awk axapta bash basic bat batch bf bind
    bnf brainfuck c c# c++ cal capnp capnproto cc ceylon cjs clean clj clojure clojure-repl cls cmake
    cmake.in cmd coffee coffeescript console coq cos cpp cr craftcms crm crmsh crystal cs csharp cson csp
    css cts cxx d dart dcl delphi desktop dfm diff django dns do docker dockerfile dos dpr dsconfig dst dts
    dust ebnf edn elixir elm erb erl erlang erlang-repl ex excel exs f# f90 f95 feature fix flix fortran
    freedesktop fs fsharp gams gauss gcode gemspec gherkin glsl gml gms go golang golo gql gradle graph
    graphql groovy gss gyp h h++ haml handlebars haskell haxe hbs hh hpp hs hsp html html.handlebars
    html.hbs htmlbars http https hx hxx hy hylang i7 iced icl inform7 ini ino instances ipython irb irpf90
    isbl java javascript jboss-cli jinja jldoctest js json json5 jsonc jsp jsx julia julia-repl k kdb kotlin
    kt ktm kts ktx lasso lassoscript latex ldif leaf less lisp livecodeserver livescript llvm ls lsl lua m
    mak make makefile markdown mathematica matlab maxima md mel mercury mikrotik mips mipsasm mizar mjs mk
    mkd mkdown ml mm mma mojolicious monkey moo moon moonscript mts n1ql nc nestedtext nginx nginxconf nim
    nix nixos node-repl nsis nt obj-c obj-c++ objc objective-c++ objectivec ocaml openscad osascript oxygene
    p21 parser3 pas pascal patch pb pbi pcmk pde perl pf pf.conf pgsql php php-template pl plaintext plist
    pluto pm podspec pony postgres postgresql powershell pp processing profile prolog properties proto
    protobuf ps ps1 puppet purebasic pwsh py pycon python python-repl q qml qt r rb re reasonml rib roboconf
    routeros rs rsl rss ruby ruleslanguage rust sas scad scala scheme sci scilab scm scss sh shell
    shellsession smali smalltalk sml sqf sql st stan stanfuncs stata step step21 stp styl stylus subunit sv
    svg svh swift systemd taggerscript tao tap tcl tex text thor thrift tk toml tp ts tsx twig txt
    typescript v vala vb vbnet vbs vbscript vbscript-html verilog vhdl vim wasm wildfly-cli wl wren wsf x++
    x86asm xhtml xjb xl xls xlsx xml xpath xq xqm xquery xsd xsl yaml yml zep zephir zone zsh
    """.split()  # noqa: SIM905
)
"""What highlight.js calls a language, and what hexo-util does beside it."""


class Code:
    """One block of code, with what its first line says about it."""

    def __init__(self, code: str, info: str) -> None:
        self.code = without_indent(code)
        said = dict(option.split(":", 1) for option in _MORE_OPTIONS.findall(" " + info))
        arguments = _MORE_OPTIONS.sub("", " " + info).strip().split("=")[0]
        found = _ALL_OPTIONS.search(arguments) or _LANGUAGE_AND_CAPTION.search(arguments)
        self.language = found[1] if found else ""
        self.caption = ""
        if found and found[2]:
            self.caption = f"<span>{found[2]}</span>"
            if found.re is _ALL_OPTIONS and found[3]:
                self.caption += f'<a href="{found[3]}">{found[4] or "link"}</a>'
        self.highlighted = said.get("highlight", "true") == "true"
        self.first = _number(said.get("first_line"), 1)
        self.threshold = _number(said.get("line_threshold"), 0)
        self.numbers = {"true": True, "false": False}.get(said.get("line_number", ""))
        self.marked = _marked(said.get("mark", ""))


def highlighted(code: Code, config: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the HTML of code for highlight.js, and whether that would colour its words.

    `config` is the section `highlight` of the site's configuration.
    """
    named = code.language.lower()
    language = named if named in _KNOWN else PLAIN
    lines = code.code.split("\n")
    numbers = bool(config.get("line_number", True)) if code.numbers is None else code.numbers
    numbers = numbers and len(lines) > (code.threshold or _number(config.get("line_threshold"), 0))
    excluded = code.language in (config.get("exclude_languages") or ())
    wrap = (bool(config.get("wrap", True)) and not excluded) or (numbers and not excluded)
    numbers = numbers and not excluded
    bare = bool(config.get("hljs")) or not wrap
    end = "<br>" if wrap else "\n"
    tab = str(config.get("tab_replace") or "")
    written = []
    for at, line in enumerate(lines, code.first):
        text = escape(re.sub("\t+", lambda tabs: tab * len(tabs[0]), line, count=1) if tab else line)
        if bare:
            written.append(f"<mark>{text}</mark>" if at in code.marked else text)
        else:
            written.append(f'<span class="line{" marked" if at in code.marked else ""}">{text}</span>')
    content = "".join(line + end for line in written)
    name = "hljs" if config.get("hljs") else "highlight"
    classes = f"{name} {code.language or language}".strip()
    if not wrap:
        content = content.removesuffix("\n") if code.code.endswith("\n") else content.rstrip()
        caption = f'<div class="caption">{code.caption}</div>' if code.caption else ""
        return f'<pre>{caption}<code class="{classes}">{content}</code></pre>', language != PLAIN
    caption = f"<figcaption>{code.caption}</figcaption>" if code.caption else ""
    inner = f'<pre><code class="{classes}">{content}</code></pre>' if bare else f"<pre>{content}</pre>"
    gutter = "".join(
        f'<span class="line">{at}</span><br>' for at in range(code.first, code.first + len(lines))
    )
    gutter = f'<td class="gutter"><pre>{gutter}</pre></td>' if numbers else ""
    return (
        f'<figure class="highlight {language}">{caption}<table><tr>{gutter}'
        f'<td class="code">{inner}</td></tr></table></figure>'
    ), language != PLAIN


def prism(code: Code, config: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the HTML of code for Prism, and whether that would colour its words; `config` is the section `prismjs`."""
    language = code.language if code.language not in ("", PLAIN) else "none"
    if language in (config.get("exclude_languages") or ()):
        return f'<pre><code class="{language}">{escape(code.code)}</code></pre>', False
    lines = code.code.split("\n")
    numbers = bool(config.get("line_number", True)) if code.numbers is None else code.numbers
    numbers = numbers and len(lines) > (code.threshold or _number(config.get("line_threshold"), 0))
    before = bool(config.get("preprocess", True))
    attributes = f' class="{"line-numbers " if numbers else ""}language-{language}"'
    if language != "none":
        attributes += f' data-language="{language}"'
    if not before and numbers:
        attributes += f' data-start="{code.first}"'
    rows = ""
    if numbers and before:
        spans = "<span></span>" * (len(lines) - (lines[-1] == "" and len(lines) > 1))
        rows = f'<span aria-hidden="true" class="line-numbers-rows">{spans}</span>'
    caption = f'<div class="caption">{code.caption}</div>' if code.caption else ""
    inner = f'<code class="language-{language}">{escape(code.code)}{rows}</code>'
    return f"<pre{attributes}>{caption}{inner}</pre>", before and language != "none"


def without_indent(code: str) -> str:
    """Return code without the white space that all of its lines begin with (the package strip-indent)."""
    indents = [len(found) for found in re.findall(r"^[ \t]*(?=\S)", code, re.MULTILINE)]
    least = min(indents, default=0)
    return re.sub(rf"^[ \t]{{{least}}}", "", code, flags=re.MULTILINE) if least else code


def _marked(said: str) -> frozenset[int]:
    marked: set[int] = set()
    for part in said.split(","):
        ends = [int(end) for end in part.split("-") if end.isdigit()]
        if ends:
            marked.update(range(min(ends), max(ends) + 1))
    return frozenset(marked)


def _number(value: Any, otherwise: int) -> int:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else otherwise

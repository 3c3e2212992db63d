"""Pages of HTML as generators write them, and edits of them, for hypothesis."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    (
        *("one", "two", "three", "four", "five", "six", "Ärger", "naïve", "don't", "你好", "😀", "&amp;"),
        *("&lt;b&gt;", "x_1", "—", ",", ".", "1.5"),
    )
)
_SPACES = st.sampled_from([" ", " ", " ", "\n", "  "])


def _joined(parts: list[str]) -> str:
    return "".join(parts)


_PLAIN = st.lists(st.tuples(_WORDS, _SPACES).map(_joined), min_size=1, max_size=8).map(_joined)


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("<em>{}</em>".format, inner),
        st.builds('<a href="/{}">{}</a>'.format, st.sampled_from("abc"), _PLAIN),
        st.builds('<span class="{}">{}</span>'.format, st.sampled_from("xyz"), inner),
        st.builds("<code>{}</code>".format, _PLAIN),
        st.builds('<img src="{}.png" alt="">'.format, st.sampled_from("abc")),
        st.sampled_from(
            ["<br>\n", "<!-- note -->", '<a id="n"></a>', '<span class="arithmatex">\\(x\\)</span>']
        ),
        st.builds(
            '<sup id="fnref:{0}"><a class="footnote-ref" href="#fn:{0}">{0}</a></sup>'.format,
            st.integers(1, 4),
        ),
    )


INLINE = st.lists(st.one_of(_PLAIN, _inline(_PLAIN), _inline(_inline(_PLAIN))), min_size=1, max_size=5).map(
    _joined
)
_CODE = st.lists(
    st.sampled_from(["a = 1", "  b = 2", "", "print(x)", "# note", "\tz"]), min_size=1, max_size=8
).map("\n".join)
_ROW = st.lists(INLINE, min_size=2, max_size=3).map(
    lambda cells: "<tr>{}</tr>\n".format(_joined([f"<td>{c}</td>" for c in cells]))
)
_HEAD = st.lists(_PLAIN, min_size=2, max_size=3).map(
    lambda cells: "<thead>\n<tr>{}</tr>\n</thead>\n".format(_joined([f"<th>{c}</th>" for c in cells]))
)
_LEAF = st.one_of(
    st.builds("<p>{}</p>".format, INLINE),
    st.builds(
        '<h2 id="{0}">{1}<a class="headerlink" href="#{0}">¶</a></h2>'.format, st.sampled_from("pqr"), _PLAIN
    ),
    st.builds('<div class="highlight"><pre><span></span><code>{}\n</code></pre></div>'.format, _CODE),
    st.builds("<pre>\n{}</pre>".format, _CODE),
    st.builds(
        "<table>\n{}<tbody>\n{}</tbody>\n</table>".format, _HEAD, st.lists(_ROW, max_size=4).map(_joined)
    ),
    st.sampled_from(
        [
            "<hr>",
            "<!-- more -->",
            '<div class="arithmatex">\\[x\\]</div>',
            "text alone",
            "<script>1<2</script>",
        ]
    ),
)


def _box(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("\n".join)
    entries = st.lists(st.one_of(INLINE, several), min_size=1, max_size=4)
    return st.one_of(
        entries.map(
            lambda found: "<ul>\n{}</ul>".format(_joined([f"<li>{entry}</li>\n" for entry in found]))
        ),
        entries.map(
            lambda found: '<ol start="2">\n{}</ol>'.format(
                _joined([f"<li>{entry}</li>\n" for entry in found])
            )
        ),
        st.builds("<blockquote>\n{}\n</blockquote>".format, several),
        st.builds(
            '<div class="admonition {}">\n<p class="admonition-title">Note</p>\n{}\n</div>'.format,
            st.sampled_from("ab"),
            several,
        ),
        st.builds("<details><summary>{}</summary>{}</details>".format, _PLAIN, several),
    )


BLOCK = st.one_of(_LEAF, _LEAF, _box(_LEAF), _box(_box(_LEAF)))
PAGE = st.lists(BLOCK, max_size=7).map("\n".join)


@st.composite
def edited_pages(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a page, and the same with blocks taken out, put in, moved or exchanged."""
    blocks = draw(st.lists(BLOCK, max_size=7))
    edited = list(blocks)
    for _edit in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["in", "out", "move", "exchange", "word"]))
        place = draw(st.integers(0, max(0, len(edited) - 1)))
        if kind == "in" or not edited:
            edited.insert(place, draw(BLOCK))
        elif kind == "out":
            del edited[place]
        elif kind == "move":
            edited.insert(draw(st.integers(0, len(edited) - 1)), edited.pop(place))
        elif kind == "exchange":
            edited[place] = draw(BLOCK)
        else:
            old, new = draw(_WORDS), draw(_WORDS)
            edited[place] = edited[place].replace(f"{old} ", f"{new} ", 1)
    return "\n".join(blocks), "\n".join(edited)


TAGS = st.sampled_from(
    (
        *("<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</tr>"),
        *("</table>", "<pre>", "</pre>", "<code>", "</code>", "<em>", "</em>", "<b>", "</b>", "<a\tb>"),
        *("</a>", "<img\tsrc=a>", "<br/>", "<!--", "-->", "<!--x-->", "<script>", "</script>", "<div>"),
        *("</div>", "<svg>", "</svg>", "<textarea>", "</textarea>", "<h2\tid=q>", "</h2>", "<", ">"),
        *("&", "&amp;", "<p", "</", "<plaintext>", "<select>", "<option>", "</select>", "<dl>", "<dt>"),
        *("<dd>", "é", "�", "\x00", "c0d", '<ins\tdata-copydesk-mark="c0d\t1">'),
        *('</ins\tdata-copydesk-mark="c0d">', "<!--c0d/-->", "<!--c0d:a-->", "<!--c0d+-->", '"', "'"),
        *("=", '<p\tdata-copydesk-mark="c0d\tnew\t1">', "word", "\r\n"),
    )
).map(lambda tag: tag.replace("\t", " "))
SOUP = st.lists(st.one_of(TAGS, st.sampled_from([" ", "\n", "word "])), max_size=40).map(_joined)
"""Anything that looks like HTML, with marks of its own."""

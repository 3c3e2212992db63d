"""Markdown made of what reaches over blank lines or over the page, and edits that break it up.

COPYDESK_EXAMPLES=5000 pytest --timeout=0 tests/render/commonmark/test_patches.py
"""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["words", "more *words*", "a [x] and [y][z]", '"quoted"[^1] it\'s', "[^2] ^[inline] `code`"]
)
BLOCKS = st.one_of(
    WORDS,
    st.builds("# {}".format, WORDS),
    st.builds("{}\n---".format, WORDS),
    st.sampled_from(
        [
            "- one\n- two\nlazy\n- three\n\n- four\n\n    more\n- five",
            "1. one\n   more\n\n   even more",
            "- [ ] task\n    - [x] nested",
            "    indented code",
            "> quote\n> - list\nlazy",
            "```py\nx = 1\n\ny = 2\n```",
            "~~~ js title\n- no list\n~~~",
            "- item\n\n    ```\n    code\n    ```",
            "term\n: definition\n\n    more",
            "term\n:   definition",
            "| a | b |\n|---|:-:|\n| 1 | 2 |",
            "<div>\nraw\n</div>",
            "<div>\n\n*text*\n\n- list\n\n</div>",
            "<details><summary>more</summary>\n\ntext",
            "<pre>\nraw\n\nraw\n</pre>",
            "<script>\nlet x\n\nlet y",
            "<!-- comment\n\ncomment -->",
            "<!-- more -->",
            "text <b>bold</b> <span>text",
            "[x]: /url 'title'",
            "[z]:\n/other",
            "[^1]: note",
            "[^2]: note[^1]\n\n    more",
            "> [x]: /quoted\n> [^1]: quoted",
            "***",
            "{.alone}",
            "- item {.a}\n- item\n{.b}",
            "text *em*{.c} {#d}",
            "Text {{ page.title }} text",
            "{% tag 'a' %}\n\ntext\n\n{% endtag %}",
            "{% raw %}\n{{ kept }}\n{% endraw %}",
            "{{ two\nlines }}",
            "http://example.com/ and ~~gone~~",
        ]
    ),
)
GAPS = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"])
DOCUMENTS = st.lists(st.tuples(BLOCKS, GAPS), max_size=9).map(lambda found: "".join(map("".join, found)))
INSERTED = st.one_of(
    st.sampled_from(["a", " ", "\n", "\n\n", "*", "`", "#", "-", ">", "[", "]", ":", "|", "<", "=", "    "]),
    st.sampled_from(
        ["- ", "> ", "```\n", "~~~\n", "<div>", "</div>", "<!--", "-->", "\t", "[x]: /new\n", "{{", "%}"]
    ),
    BLOCKS,
)
EDITS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.just("") | INSERTED), max_size=6)

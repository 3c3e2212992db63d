"""Patches by block: what changes, what keeps its nodes, what the reader did to it."""

import random

import pytest

from tests.ui.preview.conftest import Preview

# Whether each block of the page is what its HTML gives when it is parsed anew.
AS_FRESH = """
(() => copydeskBlocks.list.map(({ html, nodes }) => {
  const fresh = document.implementation.createHTMLDocument("").createElement("div");
  fresh.innerHTML = html;
  copydeskClean.clean(fresh, copydeskBlocks.setup);
  const shown = document.createElement("div");
  const isPost = (node) => node.nodeType !== Node.COMMENT_NODE || node.data;
  shown.append(...nodes.filter(isPost).map((node) => node.cloneNode(true)));
  shown.normalize();
  fresh.normalize();
  return shown.isEqualNode(fresh) ? null : [shown.innerHTML, fresh.innerHTML];
}).filter(Boolean))()
"""
BLOCKS = "copydeskBlocks.list.slice(1).map(({ html }) => html.trim())"
IN_ORDER = """
(() => {
  const nodes = copydeskBlocks.list.flatMap((block) => block.nodes);
  const shown = [...document.querySelectorAll(".copydesk-part")].flatMap((part) => [...part.childNodes]);
  return nodes.length === shown.length && nodes.every((node, index) => node === shown[index]) &&
    copydeskBlocks.list.every(({ nodes, part }) => nodes.every((node) => node.parentNode === part));
})()
"""


def texts(*words: str) -> list[tuple[str, int]]:
    return [(f"<p>{word}</p>", 2) for word in words]


def test_blocks_are_counted_as_they_were_before(preview: Preview) -> None:
    preview.write("", texts("a", "b", "c", "d"))
    preview.patch([(1, 1, texts("B", "b2")), (3, 1, []), (4, 0, texts("e"))])
    assert preview.ask(BLOCKS) == [f"<p>{word}</p>" for word in ("a", "B", "b2", "c", "e")]
    assert preview.ask("document.querySelector('main').innerText").split() == ["a", "B", "b2", "c", "e"]


def test_a_change_out_of_the_page_is_refused(preview: Preview) -> None:
    preview.write("", texts("a", "b"))
    with pytest.raises(ValueError, match="no blocks"):
        preview.view.show_patch([(2, 1, texts("c"))], 0, 99)


def test_blocks_without_or_with_several_elements(preview: Preview) -> None:
    blocks = [("", 2), ("<p>a</p>", 2), ("", 1), ("<p>b</p>\n<p>c</p>\ntext", 3), ("", 1)]
    preview.write("", blocks)
    preview.patch([(0, 1, texts("now"))])
    preview.patch([(2, 1, texts("here")), (4, 1, texts("end"))])
    preview.patch([(3, 1, [("", 3)])])
    assert preview.ask(BLOCKS) == ["<p>now</p>", "<p>a</p>", "<p>here</p>", "", "<p>end</p>"]
    assert preview.ask(AS_FRESH) == []
    assert preview.ask(IN_ORDER)


def test_any_changes_give_the_page_that_is_wanted(preview: Preview) -> None:
    chance = random.Random(7)
    blocks = texts(*map(str, range(30)))
    preview.write("", blocks)
    for number in range(25):
        changes = []
        end = 0
        for _change in range(chance.randrange(1, 4)):
            start = chance.randrange(end, len(blocks) + 1)
            removed = chance.randrange(0, min(6, len(blocks) - start) + 1)
            many = 150 if chance.random() < 0.1 else 5
            fresh = [
                (
                    chance.choice(["", "<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>\n<p>x</p>"]).format(
                        n
                    ),
                    1,
                )
                for n in range(number * 1000, number * 1000 + chance.randrange(0, many))
            ]
            changes.append((start, removed, fresh))
            end = start + removed
        for start, removed, fresh in reversed(changes):
            blocks[start : start + removed] = fresh
        preview.patch(changes)
        assert preview.ask(BLOCKS) == [html for html, _lines in blocks]
    assert preview.ask(AS_FRESH) == []
    assert preview.ask(IN_ORDER)
    assert preview.ask("document.querySelectorAll('.copydesk-part').length") > 1


def long_list(entries: int = 120) -> str:
    inner = "".join(
        f"<li>\n<p>Entry <em>number</em> {n} &amp; more <code>code {n}</code></p>\n"
        + (f"<ul>\n<li>one {n}</li>\n<li>two {n}</li>\n</ul>\n" if n % 4 == 0 else "")
        + (f"<details><summary>More {n}</summary><p>Inside {n}</p></details>\n" if n % 5 == 0 else "")
        + "</li>\n"
        for n in range(entries)
    )
    return f"<ul>\n{inner}</ul>"


def test_in_a_long_block_only_what_differs_is_touched(preview: Preview) -> None:
    block = long_list()
    preview.write("", [*texts("a"), (block, 400), *texts("b")])
    preview.tell("document.querySelectorAll('main li').forEach((entry, n) => { entry.mark = n; })")
    preview.tell(
        "window.touched = new Set();"
        " const note = ({ target }) => window.touched.add(target.nodeName + target.textContent);"
        " const all = { subtree: true, childList: true, characterData: true, attributes: true };"
        " new MutationObserver((changes) => changes.forEach(note)).observe(document.querySelector('main'), all)"
    )
    preview.patch([(1, 1, [(block.replace("two 48", "two 48!"), 400)])])
    assert preview.ask("[...window.touched].filter((word) => !word.startsWith('DIV'))") == ["#texttwo 48!"]
    assert preview.ask("[...document.querySelectorAll('main li')].every((entry, n) => entry.mark === n)")
    preview.patch(
        [(1, 1, [(block.replace("<p>Entry <em>number</em> 7 ", "<p>new</p></li><li><p>Entry 7 "), 400)])]
    )
    assert (
        preview.ask(
            "[...document.querySelectorAll('main li')].filter((entry) => entry.mark === undefined).length"
        )
        == 1
    )
    assert preview.ask(AS_FRESH) == []
    assert preview.ask("copydeskBlocks.list[2].counted") is True


HARD = [
    long_list(90),
    '<div class="admonition"><p class="admonition-title">T</p>\n' + long_list(80) + "\n<p>end</p></div>",
    "<table>\n<thead>\n<tr>\n<th>a</th><th>b</th>\n</tr>\n</thead>\n<tbody>\n"
    + "".join(f"<tr>\n<td>{n} <b>x</b></td>\n<td>y<br />{n}</td>\n</tr>\n" for n in range(160))
    + "</tbody>\n</table>",
    '<div class="highlight"><pre><span></span><code>'
    + "".join(f'<span class="k">def</span> f{n}<span class="p">(</span>\n  x &lt; {n}\n' for n in range(160))
    + "</code></pre></div>",
    # What a browser makes of these can't be told from their tags alone.
    "<table>" + "".join(f"<tr><td>{n} words and words</td></tr>\n" for n in range(260)) + "</table>",
    "<div>" + "".join(f"<p>{n} words <ul><li>in {n}</li></ul> behind</p>\n" for n in range(200)) + "</div>",
    "<div>" + "".join(f"<p>{n} <b>bold <i>both</b> italic</i> none</p>\n" for n in range(200)) + "</div>",
    "<div>"
    + "".join(
        f"<p>{n} <img src='https://x.example/{n}.png'> words</p>\n<script>1</script>" for n in range(120)
    )
    + "</div>",
    '<div class="annotate">'
    + "".join(f"<p>{n} words (1) <a href='x'>a</a></p>\n" for n in range(200))
    + "</div>",
    '<p><svg viewBox="0 0 1 1">'
    + "".join(f'<path d="M{n} 0"/><a><text>{n}</text></a>' for n in range(250))
    + "</svg></p>",
]


@pytest.mark.parametrize("number", range(len(HARD)))
def test_long_blocks_are_what_they_would_be_anew(preview: Preview, number: int) -> None:
    chance = random.Random(number)
    block = HARD[number]
    assert len(block) > 6000
    preview.write("", [(block, 9)])
    for _edit in range(25):
        words = chance.choice(
            [
                "x",
                "",
                "",
                "<b>",
                "</b>",
                "<p>p</p>",
                "<li>",
                "</li>",
                "</p>",
                "<em>e</em>",
                "<!-- c -->",
                "<",
                "&amp;",
                "\n",
                '"',
            ]
        )
        start = chance.randrange(len(block))
        end = min(len(block), start + chance.choice([0, 0, 1, 2, 12, 60]))
        block = block[:start] + words + block[end:]
        preview.patch([(0, 1, [(block, 9)])])
        assert preview.ask(AS_FRESH) == []
        assert preview.ask(IN_ORDER)


def test_a_selection_stays_where_it_is(preview: Preview) -> None:
    preview.write("", [("<p>some words to <em>select</em> here</p>", 2), *texts("next")])
    preview.tell(
        "getSelection().setBaseAndExtent(document.querySelector('main p').firstChild, 5,"
        " document.querySelector('main em').firstChild, 3)"
    )
    assert preview.ask("getSelection().toString()") == "words to sel"
    preview.patch([(0, 1, [("<p>some words to <em>select</em> here, and more</p>", 2)])])
    assert preview.ask("getSelection().toString()") == "words to sel"
    preview.patch([(0, 1, [("<p>Oh, some words to <em>selected</em> here, and more</p>", 2)])])
    assert preview.ask("getSelection().toString()") == "words to sel"


def test_what_was_scrolled_inside_stays_scrolled(preview: Preview) -> None:
    block = (
        "<div class='highlight'><pre><span></span><code>{} long line"
        + " words" * 200
        + "\nnext</code></pre></div>"
    )
    preview.write("", [(block.format("a"), 5)])
    scrolled = (
        "[...document.querySelectorAll('main *')].map((box) => box.scrollLeft).filter((left) => left > 0)"
    )
    preview.tell("document.querySelectorAll('main *').forEach((box) => { box.scrollLeft = 90; })")
    assert preview.ask(scrolled) == [90]
    preview.patch([(0, 1, [(block.format("changed"), 6)])])
    assert preview.ask(scrolled) == [90]


def test_a_loaded_picture_is_not_loaded_again(preview: Preview, picture) -> None:
    picture(preview.site / "a.png")
    preview.write("", [("<p>words <img src='/a.png' alt='a'></p>", 2)])
    preview.tell("document.querySelector('img').mark = 'kept'")
    preview.patch([(0, 1, [("<p>more words, <em>here</em> <img src='/a.png' alt='b'> end</p>", 2)])])
    assert preview.ask("[document.querySelector('img').mark, document.querySelector('img').alt]") == [
        "kept",
        "b",
    ]


def test_an_entry_before_an_open_box_leaves_it_to_its_own(preview: Preview) -> None:
    boxes = "<details><summary>A</summary><p>a</p></details>\n<details><summary>B</summary><p>b</p></details>"
    preview.write("", [(f"<div>{boxes}</div>", 9)])
    preview.tell("document.querySelectorAll('details')[1].open = true")
    preview.patch(
        [
            (
                0,
                1,
                [(f"<div><details><summary>N</summary></details>\n{boxes.replace('>a<', '>aa<')}</div>", 11)],
            )
        ]
    )
    assert preview.ask("[...document.querySelectorAll('details')].map((box) => box.open)") == [
        False,
        False,
        True,
    ]


def test_a_part_that_grows_is_split(preview: Preview) -> None:
    preview.write("", texts("a", "b"))
    preview.patch([(1, 0, texts(*map(str, range(400))))])
    assert preview.ask("document.querySelectorAll('.copydesk-part').length") >= 4
    assert preview.ask(IN_ORDER)
    preview.patch([(1, 400, [])])
    assert preview.ask("document.querySelector('main').innerText").split() == ["a", "b"]
    assert preview.ask(IN_ORDER)


def test_the_title_stands_above_a_post_without_a_heading_of_its_own(preview: Preview) -> None:
    heads = "[...document.querySelectorAll('main h1')].map((head) => head.textContent)"
    preview.write("", texts("a"))
    preview.view.set_title("Me & you")
    preview.until(heads, ["Me & you"])
    preview.patch([(1, 0, [("<h1>Own</h1>", 2)])])
    assert preview.ask(heads) == ["Own"]
    preview.patch([(1, 1, [])])
    assert preview.ask(heads) == ["Me & you"]


def tab_set(number: int, name: str) -> tuple[str, int]:
    radio = f"<input type='radio' name='__tabbed_{number}' id='__tabbed_{number}_%d' class='{name}%d'%s>"
    return f"<div class='tabbed-set'>{radio % (1, 1, ' checked')}{radio % (2, 2, '')}<p>{name}</p></div>", 2


def test_tab_sets_keep_their_choice_as_they_get_each_other_s_names(preview: Preview) -> None:
    preview.write("", [tab_set(1, "a"), tab_set(2, "b"), tab_set(3, "c")])
    preview.tell("for (const name of ['b', 'c']) document.querySelector(`.${name}2`).checked = true")
    preview.patch([(0, 3, [tab_set(1, "b"), tab_set(2, "c")])])
    chosen = "[...document.querySelectorAll('input:checked')].map((radio) => radio.className)"
    assert preview.ask(chosen) == ["b2", "c2"]
    preview.patch([(0, 2, [tab_set(1, "new"), tab_set(2, "b"), tab_set(3, "c")])])
    assert preview.ask(chosen) == ["new1", "b2", "c2"]

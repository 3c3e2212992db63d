"""The preview is what Astro publishes: posts with all that Markdown has, and the real generator."""

import pytest

from tests.end_to_end.published.__main__ import outcomes
from tests.end_to_end.published.programs import GeneratorError
from tests.end_to_end.test_commonmark_parity import BASICS, CODE, MORE, WIDE

OWN = """## It's "quoted" -- `code`...

> - one
> - two
>
> 1. three

  1. list

    code
    more

- [x] done **"bold"**
- [ ] open

See https://example.com/a_(b)). "www.example.com" a@example.com [foo https://example.com]

| a \\| b | `c\\|d` |
|:------|-------:|
| ~one~ | ~~two~~ | three |

Notes[^b] and[^a], again[^b].

[^a]: First[^c]
[^b]: Second

    - list
[^c]: Third

<div className="x" markdown="1">

text

</div>

```text
<plain>
```

## It's "quoted" -- `code`...
"""
POSTS = {
    "basics": BASICS.replace("(p.png)", "(/p.png)"),
    "code": CODE,
    "more": MORE,
    "wide": WIDE,
    "own": OWN,
}


@pytest.mark.parametrize(
    ("config", "options"),
    [
        ("", ()),
        ("", ("--replay", "7")),
        ("markdown: { gfm: false, smartypants: false, syntaxHighlight: false }", ()),
        (
            'markdown: { shikiConfig: { theme: "nord", wrap: true }, remarkRehype: { footnoteLabel: "Notes" } }',
            (),
        ),
    ],
    ids=["as it comes", "typed", "plain", "options"],
)
@pytest.mark.timeout(300)
def test_astro(tmp_path, monkeypatch, config, options):
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    (tmp_path / "scratch").mkdir()
    posts = tmp_path / "site/src/content/blog"
    posts.mkdir(parents=True)
    (tmp_path / "site/astro.config.mjs").write_text(f"export default {{ {config} }};\n", "utf-8")
    for name, text in POSTS.items():
        (posts / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}", "utf-8")
    try:
        found = outcomes(tmp_path / "site", "astro", tmp_path / "scratch", list(options))
    except GeneratorError as error:
        if "not installed" in str(error) or "Cannot find" in str(error):
            pytest.skip(str(error).splitlines()[0])
        raise
    assert len(found) == len(POSTS)
    assert {outcome.name: outcome.difference for outcome in found if outcome.difference is not None} == {}
    assert all(outcome.exact for outcome in found), found

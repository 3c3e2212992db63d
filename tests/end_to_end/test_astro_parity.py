"""The preview is what Astro publishes: posts with all that Markdown has, and the real generator."""

import pytest

from tests.end_to_end.published.__main__ import outcomes, published
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


CONFIGS = {
    "as it comes": "",
    "plain": "markdown: { gfm: false, smartypants: false, syntaxHighlight: false }",
    "options": (
        'markdown: { shikiConfig: { theme: "nord", wrap: true }, remarkRehype: { footnoteLabel: "Notes" } }'
    ),
}


@pytest.fixture(scope="module", params=CONFIGS)
def built(request, tmp_path_factory):
    """Give the name of a configuration, a site that has it, and what Astro makes of its posts."""
    site = tmp_path_factory.mktemp("astro")
    posts = site / "src/content/blog"
    posts.mkdir(parents=True)
    (site / "astro.config.mjs").write_text(f"export default {{ {CONFIGS[request.param]} }};\n", "utf-8")
    for name, text in POSTS.items():
        (posts / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}", "utf-8")
    try:
        return request.param, site, published(site, "astro", tmp_path_factory.mktemp("scratch"))
    except GeneratorError as error:
        if "not installed" in str(error) or "Cannot find" in str(error):
            pytest.skip(str(error).splitlines()[0])
        raise


@pytest.mark.timeout(300)
def test_astro(tmp_path, monkeypatch, built):
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    name, site, truth = built
    # The same text typed in is no matter of the configuration.
    for number, options in enumerate([[], ["--replay", "7"]] if name == "as it comes" else [[]]):
        found = outcomes(site, "astro", tmp_path / f"scratch-{number}", options, truth=truth)
        assert len(found) == len(POSTS)
        differing = {outcome.name: outcome.difference for outcome in found if outcome.difference is not None}
        assert differing == {}
        assert all(outcome.exact for outcome in found), found

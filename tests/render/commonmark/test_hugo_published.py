"""The preview of a made-up site is what the real Hugo publishes, typed or not, and says where it is not."""

import pytest

from tests.end_to_end.published.__main__ import outcomes
from tests.end_to_end.published.programs import GeneratorError, program

CONFIGURATION = """
baseURL = "https://example.org/sub/"
title = "S"
enableEmoji = true
[languages.en]
weight = 1
[languages.de]
weight = 2
[markup.goldmark.parser.attribute]
block = true
[markup.goldmark.extensions.extras.insert]
enable = true
[markup.highlight]
noClasses = false
lineNos = true
[params]
answer = 42
"""
PAGES = {
    "posts/bundle/index.md": """---
title: Bundle
---
![b](b.png "t") ![a](img/a.png) ![n](missing.png) ![abs](https://x.yz/a.png)

[one](one.md) [one](/posts/one.md#x) [b](b.png) [#](#frag) [out](https://a.b/?c=1&d=2) [tel](tel:1) <https://a.b>
https://bare.example.org/x ++in++ <b>raw</b>

{{< figure src="b.png" caption="A *b*" >}}
:smile: :+1: :nope:
""",
    "posts/one.md": """+++
title = "One"
[params]
who = "me"
+++
[b]({{< relref "bundle" >}}) [b]({{< ref "bundle/index.md" >}}) [d]({{< relref "d" >}}) {{< param who >}}
{{< param answer >}}

"'x' y[^1]" -- {{</* figure */>}}<!--more-->

Term
: what[^1]
{.wide}

[^1]: Note

```go {hl_lines=[1]}
x
```
## 日本 Ä {.c}

{{< details summary="S" >}}
- a
{{< /details >}}
""",
    "posts/one.de.md": "---\ntitle: Eins\n---\n[b](bundle) [one](one.md)\n",
    "docs/d.md": "---\ntitle: D\n---\n```mermaid\ngraph\n```\n",
    "docs/e.md": "---\ntitle: E\n---\na {{< own >}}x{{< /own >}}\n",
    "docs/blank.md": "\n\n---\ntitle: Blank\n---\nbody\n",
    "docs/json.md": '{"title": "J"}\n\nbody *x*\n',
}


@pytest.fixture
def site(tmp_path):
    root = tmp_path / "site"
    files = {f"content/{name}": text for name, text in PAGES.items()}
    files |= {
        "hugo.toml": CONFIGURATION,
        "assets/img/a.png": "x",
        "content/posts/bundle/b.png": "x",
        "layouts/shortcodes/own.html": "<i>{{ .Inner }}</i>",
        "layouts/_default/_markup/render-codeblock-mermaid.html": '<div class="m">{{ .Inner }}</div>',
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("options", [[], ["--replay", "3"]], ids=["at once", "typed"])
def test_what_is_called_exact_is_what_hugo_publishes(site, tmp_path, options):
    try:
        program("hugo")
    except GeneratorError as error:
        pytest.skip(str(error))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    found = {
        outcome.name.removeprefix("content/"): outcome for outcome in outcomes(site, "hugo", scratch, options)
    }
    assert set(found) == set(PAGES)
    templates = {"docs/d.md": "codeblock-mermaid", "docs/e.md": "own"}
    for name, outcome in found.items():
        if name in templates:
            assert not outcome.exact
            assert any(templates[name] in reason for reason in outcome.reasons)
        else:
            assert outcome.difference is None, name
            assert outcome.exact, outcome.reasons

"""Sites that try what they can: each leaves a mark if any of its code runs, and asks for a file outside of itself."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECRET = "the-secret-of-another-folder"
PYTHON = "open('MARK', 'a').write(__name__)\n"
SCRIPT = "require('fs').writeFileSync('MARK', 'x');\n"
MKDOCS = "site_name: Hostile\ntheme: {name: material}\nplugins: [blog]\n"
POST = "---\ndate: 2025-01-01\n---\n\n# Hello\n\ntext\n"


@dataclass(frozen=True)
class Hostile:
    """A hostile site."""

    post: str
    files: dict[str, str]
    """MARK in a text is the file that its code would leave, OUTSIDE the folder that is none of its."""
    prepare: Callable[[Path], None] | None = None
    reasons: tuple[str, ...] = ()
    """What the badge has to name."""


def make(hostile: Hostile, folder: Path) -> Path:
    """Make the site in `folder`/site, beside what it must not read, and return it; `folder`/mark must not come up."""
    root, outside = folder / "site", folder / "outside"
    (root / ".git").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.md").write_text(SECRET)
    (outside / "secret.svg").write_text(f"<svg>{SECRET}</svg>")
    (outside / "base.yml").write_text(f"site_name: {SECRET}\nmarkdown_extensions: [admonition]\n")
    for name, text in hostile.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            re.sub(r"\bMARK\b", str(folder / "mark"), text).replace("OUTSIDE", str(outside)), "utf-8"
        )
    if hostile.prepare is not None:
        hostile.prepare(root)
    return root


def _links(root: Path) -> None:
    (root / "link.md").symlink_to(root.parent / "outside/secret.md")
    (root / "folder").symlink_to(root.parent / "outside")


def _programs(root: Path) -> None:
    for name in ("python", "python3", "mkdocs", "poetry", "pyenv", "hatch", "pdm", "uv", "git-hook"):
        path = root / ".venv/bin" / name
        path.write_text(f"#!/bin/sh\ntouch {root.parent / 'mark'}\n")
        path.chmod(0o755)


SITES = {
    "pelicanconf.py": Hostile(
        "content/a.md",
        {
            "pelicanconf.py": PYTHON + "import os, evil\nos.system('touch MARK')\nfrom evil import *\n"
            "SITENAME = 'x'\nPATH = 'content'\nSTATIC_PATHS = ['/etc', '../../outside']\n"
            "MARKDOWN = {'extensions': ['evil', 'markdown.extensions.toc']}\n"
            "PLUGIN_PATHS = ['.']\nPLUGINS = ['evil']\n",
            "evil.py": PYTHON,
            "settings.py": PYTHON,
            "content/a.md": "Title: A\nDate: 2025-01-01\n\n# Hello\n\n[x]({filename}../../outside/secret.md)\n",
        },
        reasons=("evil",),
    ),
    "conf.py": Hostile(
        "posts/a.md",
        {
            "conf.py": PYTHON
            + "import evil\nBLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"
            "MARKDOWN_EXTENSIONS = ['evil', 'markdown.extensions.toc']\n",
            "evil.py": PYTHON,
            "plugins/own/own.py": PYTHON,
            "posts/a.md": "<!--\n.. title: A\n.. slug: a\n.. date: 2025-01-01\n-->\n\n# Hello\n",
        },
        reasons=("evil",),
    ),
    "tags of YAML": Hostile(
        "docs/blog/posts/a.md",
        {
            "mkdocs.yml": MKDOCS + "extra: !!python/object/apply:os.system ['touch MARK']\n"
            "one: !!python/object/new:os.system ['touch MARK']\ntwo: !!python/module:evil\n"
            "three: !!python/name:evil.x\nmarkdown_extensions:\n"
            "  - toc: {slugify: !!python/object/apply:os.system ['touch MARK']}\n",
            "evil.py": PYTHON,
            "docs/blog/posts/a.md": POST.replace(
                "date:", "x: !!python/object/apply:os.system ['touch MARK']\ndate:"
            ),
        },
        reasons=("os.system",),
    ),
    "hooks": Hostile(
        "docs/blog/posts/a.md",
        {
            "mkdocs.yml": MKDOCS
            + "hooks: [hook.py]\ntheme: {name: material, custom_dir: over, hooks: [hook.py]}\n",
            "hook.py": PYTHON,
            "over/__init__.py": PYTHON,
            "over/hooks.py": PYTHON,
            "docs/blog/posts/a.md": POST,
        },
        reasons=("hook.py",),
    ),
    "macros": Hostile(
        "docs/a.md",
        {
            "zensical.toml": '[project]\nsite_name = "x"\nhooks = ["hook.py"]\n[project.plugins.macros]\n'
            "[project.markdown_extensions.evil]\n",
            "hook.py": PYTHON,
            "main.py": PYTHON,
            "evil.py": PYTHON,
            "docs/a.md": POST,
        },
        reasons=("macros", "evil"),
    ),
    "extensions": Hostile(
        "docs/blog/posts/a.md",
        {
            "mkdocs.yml": MKDOCS
            + "markdown_extensions: [evil, docs.evil, markdown.extensions.evil, pymdownx.evil, "
            "pymdownx..evil, 'pymdownx.snippets:evil', 'toc:evil']\n",
            **dict.fromkeys(
                (
                    "evil.py",
                    "docs/evil.py",
                    "pymdownx/__init__.py",
                    "pymdownx/evil.py",
                    "markdown/__init__.py",
                ),
                PYTHON,
            ),
            "docs/blog/posts/a.md": POST,
        },
        reasons=("docs.evil", "pymdownx.evil"),
    ),
    "snippets": Hostile(
        "docs/blog/posts/a.md",
        {
            "mkdocs.yml": MKDOCS
            + "markdown_extensions:\n  - pymdownx.snippets: {base_path: ['..', '/', OUTSIDE, '.'], "
            "restrict_base_path: false, url_download: true, auto_append: [../outside/secret.md, OUTSIDE/secret.md]}\n"
            "  - pymdownx.b64: {base_path: ../outside, root_path: ../outside, restrict_path: false}\n",
            "docs/blog/posts/a.md": POST
            + "".join(
                f'\n--8<-- "{name}"\n'
                for name in (
                    "outside/secret.md",
                    "../outside/secret.md",
                    "OUTSIDE/secret.md",
                    "link.md",
                    "folder/secret.md",
                    "https://localhost:9/x",
                )
            )
            + "\n![](../../../outside/secret.svg) ![](OUTSIDE/secret.svg) ![](/folder/secret.svg)\n",
        },
        _links,
        reasons=("outside",),
    ),
    "INHERIT": Hostile(
        "docs/blog/posts/a.md",
        {"mkdocs.yml": "INHERIT: ../outside/base.yml\n" + MKDOCS, "docs/blog/posts/a.md": POST},
        reasons=("base.yml",),
    ),
    "environment": Hostile(
        "docs/blog/posts/a.md",
        {
            "mkdocs.yml": MKDOCS,
            "docs/blog/posts/a.md": POST,
            **dict.fromkeys(
                (
                    *(f"docs/blog/posts/{name}.py" for name in ("markdown", "json", "yaml")),
                    *(
                        f"{name}.py"
                        for name in ("markdown", "json", "yaml", "sitecustomize", "usercustomize", "site")
                    ),
                    ".venv/lib/python3.11/site-packages/markdown/__init__.py",
                    ".venv/lib/python3.11/site-packages/sitecustomize.py",
                ),
                PYTHON,
            ),
            ".venv/lib/python3.11/site-packages/own.pth": "import os; os.system('touch MARK')\n",
            ".venv/pyvenv.cfg": "home = /usr/bin\n",
            ".venv/bin/activate": "touch MARK\n",
            ".pdm-python": "OUTSIDE/../site/.venv/bin/python",
            ".python-version": "3.9\n",
            "poetry.lock": "",
            "pyproject.toml": "[tool.poetry]\n[tool.hatch]\n",
        },
        _programs,
    ),
    "eleventy.config.js": Hostile(
        "posts/a.md",
        {
            "eleventy.config.js": SCRIPT
            + "module.exports = (c) => { "
            + SCRIPT
            + "return {dir: {input: 'posts'}}; };",
            "posts/a.md": POST,
            "posts/posts.11tydata.js": SCRIPT + "module.exports = {};",
            "posts/_data/own.js": SCRIPT,
            "package.json": '{"scripts": {"preinstall": "touch MARK"}}',
        },
    ),
    "astro.config.mjs": Hostile(
        "src/content/blog/a.md",
        {
            "astro.config.mjs": "import fs from 'fs'; fs.writeFileSync('MARK', 'x');\n"
            "export default {site: 'https://example.org'};\n",
            "src/content/config.ts": "import fs from 'fs'; fs.writeFileSync('MARK', 'x');",
            "src/content/blog/a.md": POST,
            "package.json": '{"dependencies": {"astro": "^4"}}',
        },
    ),
    "_plugins": Hostile(
        "_posts/2025-01-01-a.md",
        {
            "_config.yml": "title: x\nplugins_dir: _plugins\nx: !ruby/object:Gem::Installer\n  i: x\n"
            "y: !!python/object/apply:os.system ['touch MARK']\n",
            "_plugins/own.rb": "File.write('MARK', 'x')\n",
            "Gemfile": "File.write('MARK', 'x')\n",
            "_posts/2025-01-01-a.md": "---\ntitle: A\nx: !!python/object/apply:os.system ['touch MARK']\n---\n\n"
            "# Hello\n\n{% include_relative ../../outside/secret.md %}\n\n{% include ../outside/secret.md %}\n",
        },
    ),
    "hugo.toml": Hostile(
        "content/posts/a.md",
        {
            "hugo.toml": 'baseURL = "https://example.org"\ntitle = "x"\n[security.exec]\nallow = [".*"]\n'
            '[[module.mounts]]\nsource = "../outside"\ntarget = "content"\n'
            '[[module.mounts]]\nsource = "content"\ntarget = "content"\n',
            "content/posts/a.md": POST
            + '\n{{< readfile "../../outside/secret.md" >}}\n\n{{% readfile "link.md" %}}\n',
            "layouts/shortcodes/readfile.html": '{{ os.ReadFile "../outside/secret.md" }}',
        },
        _links,
    ),
    "scripts of Hexo": Hostile(
        "source/_posts/a.md",
        {
            "_config.yml": "title: x\nurl: https://example.org\nsource_dir: source\nnew_post_name: :title.md\n",
            "scripts/own.js": SCRIPT,
            "source/_posts/a.md": "---\ntitle: A\ndate: 2025-01-01\n---\n\n# Hello\n\n"
            "{% include_code ../../outside/secret.md %}\n",
            "package.json": '{"dependencies": {"hexo": "7"}}',
        },
    ),
}
"""By what is hostile in them."""


def hostile_environment(root: Path) -> dict[str, str]:
    """Return an environment in which a shell has been led into the site."""
    return {
        "VIRTUAL_ENV": str(root / ".venv"),
        "PATH": os.pathsep.join([str(root / ".venv/bin"), os.environ.get("PATH", "")]),
        "PYTHONSTARTUP": str(root / "json.py"),
        "UV_PROJECT_ENVIRONMENT": ".venv",
    }

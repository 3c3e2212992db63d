"""Compare what Copydesk previews with what the real generators publish.

`python -m tests.end_to_end.published SITE --generator G` does it for a site on disk; `compare` says what
counts. Each generator has a module here with

    published(site: Path, scratch: Path) -> dict[str, str]

which builds the copy `site` (it may be changed) with the real generator and returns the HTML that each post's
Markdown became, before any theme, by the post's path relative to the site, with forward slashes. `scratch` is
an empty folder for what the build writes. It raises GeneratorError where there is nothing to compare with.
"""

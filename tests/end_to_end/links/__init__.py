"""Compare what Copydesk says of the links of posts with what the real generators build.

`python -m tests.end_to_end.links SITE --generator G` does it for a site on disk. Each generator has a function in
`builds` that builds a copy of the site with the real generator and a theme that marks where a post's own part of its
page is: the links in there are those that count, and the built files are what they may lead to.
"""

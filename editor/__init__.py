"""Copydesk: a desktop editor for the posts of a static blog.

The way of a post through the program, which is also the map of the package:

    disk ── post/ ──▶ PostDocument (the text: front matter + body)
                        │  edits (post.text_edit.TextEdit)
                        ├──▶ ui/text_editor/   types into it
                        ├──▶ ui/form/          reads fields by post.front_matter, writes TextEdits
                        └──▶ render/           a process of its own: Markdown to HTML
                                └──▶ ui/preview/   shows it, patched in place

Around it: `site/` knows the blog on disk and its generator, `schema/` what a post may say about itself, `cli/` the
command line, `ui/app.py` connects everything that has a window. `errors`, `resources`, `settings` (with `options` and
`settings_files`) and `translation` are the small modules that all of them use. Calls go down, signals go up; Qt is
imported in `ui` alone.
"""

__version__ = "0.1.0"

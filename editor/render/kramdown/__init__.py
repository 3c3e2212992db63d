"""kramdown's Markdown, as Jekyll publishes it: its own reading of blocks and spans, and its HTML.

Written from kramdown's syntax documentation and tried against kramdown itself. Runs in the render worker.
"""

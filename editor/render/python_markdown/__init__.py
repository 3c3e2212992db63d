"""Python-Markdown in a process of its own: what runs there, possibly under the site's interpreter.

Everything in this folder imports the standard library and Markdown only (and what a site's dialect names: its
extensions, and YAML, which MkDocs brings), and keeps to Python 3.9. `worker.py` is started by its file path.
"""

"""Markdown of the CommonMark family: what markdown-it, goldmark, marked and their like make of a post.

`flavour` says what a generator's Markdown is to the rest, `flavours` has one module a generator, `plugins` the parts
that they are made of. `renderer` is what the worker asks; `page` keeps a page by its blocks, cut by `cutter`. All of
it runs in the worker, in our own interpreter.
"""

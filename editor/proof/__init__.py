"""Checks of a post before it is published: what a generator will not like, or the writer may not have meant.

    reading = Reading(site, path, text, others=OtherPosts.of(site))
    for diagnostic in check(reading): ...

A rule is a function of a `Reading`, which is plain data, so that it can run anywhere and twice; `rules` lists
them. Nothing here changes a text: a `QuickFix` holds the edit that would.
"""

"""The Markdown of a post as the rules see it: scanned once, line by line, without being rendered.

    body = scan(text, start, Grammar.of(site.dialect))
    for link in body.links: ...

`grammar` tells what the site's dialect has; `blocks` finds out what each line is, `inline` what stands in it;
`source` holds the result. The scan is tolerant: where dialects take a line differently, it takes what leads to the
fewest suspicions, since what is wrong with a post is for the rules to prove.
"""

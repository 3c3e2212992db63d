"""What a site says of its posts: in files made for that, and by the posts that it has.

documents            YAML, TOML and JSON files as data with lines
declared             Declared: one content type of one file, and its posts
copydesk_toml, front_matter_cms, decap, pages_cms, astro      a file's format each
site_types           read_site_types(root) -> SiteTypes: all that a site's files declare
learning             learn(posts) -> Learned: what its posts show
merging              merged(generator's, site's, learned) -> ContentType
outliers             outliers(index): where a post differs from all others
"""

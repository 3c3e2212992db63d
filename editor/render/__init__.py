"""Markdown to the HTML that the site's generator would publish, in a process of its own."""

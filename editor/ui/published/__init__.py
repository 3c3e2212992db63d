"""The Published look: the site built by its own generator, shown in the preview, and its own server."""

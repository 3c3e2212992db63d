"""The library: the posts of the open site."""

"""The problems of the open post: found while it is typed, listed, marked in the text, mended by a click."""

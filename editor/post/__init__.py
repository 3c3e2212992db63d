"""One post: its text, its bytes on disk, its front matter."""

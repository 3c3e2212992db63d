"""The front matter as a form: it shows fields and says what the writer wants; it never changes the text."""

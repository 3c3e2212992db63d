import pytest

from editor.site.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two three.", 3),
        ("It's a well-known e.g. fact", 5),
        ("– * -- !", 0),
        ("你好，世界 and 二 more", 7),
        ("カタカナ", 4),
        ("한국어 문장", 2),
        ("[two words](https://example.org/a/b-c)", 2),
        ('![alt](x.png "a title")', 1),
        ("[ref]: https://example.org/x\n\nText [ref].", 2),
        ("<!-- no\nwords --> one <em>two</em>", 2),
        ("```python title=x\na = 1\n```\nseen", 1),
        ("$$\nx^2\n$$\nseen", 1),
        ("# Heading { #id }", 2),
        ("3.14 and 1,000", 3),
    ],
)
def test_words(text, words):
    assert count_words(text) == words

import time

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
    assert count_words(text, fences_need_end=True) == words


@pytest.mark.parametrize(
    ("text", "to_the_end", "as_text"),
    [
        ("one\n\n```python\ntwo three\n\nfour", 1, 5),
        ("one\n\n```\ntwo\n```\nthree\n````\nfour", 2, 3),
        ("~~~ a\none\n```\ncode\n```\ntwo", 0, 3),
        ("````\none\n```\ntwo", 0, 2),
        ("```\none\n````\ntwo\n```\nthree", 1, 2),
    ],
)
def test_the_words_behind_a_fence_that_nothing_closes(text, to_the_end, as_text):
    assert count_words(text) == to_the_end
    assert count_words(text, fences_need_end=True) == as_text


def test_many_fences_without_an_end_are_gone_through_in_no_time():
    text = "".join(f"```{number}\n~~~{number}\nwords\n" for number in range(5_000))
    started = time.process_time()
    count_words(text, fences_need_end=True)
    assert time.process_time() - started < 2

"""Made-up texts by kramdown itself, where it is installed, and by ours: the same HTML, byte by byte."""

import json
import random
import re
import shutil
import subprocess

import pytest

from editor.render.kramdown.options import options_of
from editor.render.kramdown.text_page import to_html
from tests.render.kramdown import fragments

_DRIVER = """
require "json"; require "kramdown"; require "kramdown-parser-gfm"; require "rouge"
texts = JSON.parse(STDIN.read)
STDOUT.write(JSON.generate(texts.map { |text| Kramdown::Document.new(text, input: "GFM", hard_wrap: false,
  syntax_highlighter: :rouge, syntax_highlighter_opts: { guess_lang: true, default_lang: "plaintext" }).to_html }))
"""
_CODE = re.compile(r"(<code\b[^>]*>)(.*?)(</code>)", re.DOTALL)
_COLOURS = re.compile(r'<span class="[a-z0-9]{1,3}">|</span>')
_OBFUSCATED = re.compile(r"&#(\d+);")


def _plain(html: str) -> str:
    """Return HTML without the highlighter's spans, and with addresses of mail as they are."""
    html = _CODE.sub(lambda code: code[1] + _COLOURS.sub("", code[2]) + code[3], html)
    return _OBFUSCATED.sub(lambda found: chr(int(found[1])), html)


def _theirs(texts: list[str]) -> list[str]:
    ruby = shutil.which("ruby")
    if ruby is None:
        pytest.skip("Ruby is not installed")
    done = subprocess.run(
        [ruby, "-Eutf-8:utf-8", "-e", _DRIVER],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("kramdown is not installed")
    found: list[str] = json.loads(done.stdout)
    return found


def test_made_up_texts_become_the_same() -> None:
    dice = random.Random(3)
    texts = [fragments.text(dice, 5) for _ in range(400)]
    options = options_of({})
    different = [
        (text, html, ours)
        for text, html in zip(texts, _theirs(texts), strict=True)
        if _plain(ours := to_html(text, options)) != _plain(html)
    ]
    assert different == []

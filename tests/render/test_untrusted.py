"""A site that nobody has trusted: it runs nothing of its own and reads nothing outside itself."""

import base64
import os

import pytest

SECRET = "the secret of another folder"


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "outside" / "secret.md"
    path.parent.mkdir()
    path.write_text(SECRET)
    return path


def test_a_python_call_in_the_configuration_is_not_made(small_site, tmp_path):
    made = tmp_path / "made"
    small_site.configure(f"""
        markdown_extensions:
          - toc:
              slugify: !!python/object/apply:os.system ["touch {made}"]
          - pymdownx.superfences:
              custom_fences:
                - name: x
                  class: x
                  format: !!python/name:os.system
    """)
    result = small_site.render(f"# Title\n\n```x\ntouch {made}\n```\n")
    assert not made.exists()
    assert '<h1 id="title">' in result.html
    assert any("os.system" in reason for reason in result.reasons)


@pytest.mark.parametrize(
    "name", ["evil", "docs.evil", "evil:EvilExtension", "os:systemExtension", "..evil", ""]
)
def test_an_extension_of_the_site_is_not_imported(small_site, tmp_path, monkeypatch, name):
    made = tmp_path / "made"
    for place in ("evil.py", "docs/evil.py"):
        small_site.write(place, f"open({str(made)!r}, 'w')\ndef makeExtension(**options): pass\n")
    small_site.configure(f"markdown_extensions: ['{name}', admonition]")
    monkeypatch.chdir(small_site.root)
    monkeypatch.setenv("PYTHONPATH", "")
    result = small_site.render("!!! note\n    text\n")
    assert not made.exists()
    assert 'class="admonition note"' in result.html
    assert len(result.reasons) == 1
    assert name in result.reasons[0]


def test_a_trusted_site_has_its_own_extension(small_site):
    small_site.write(
        "own.py",
        """
        from markdown.extensions.toc import TocExtension
        def makeExtension(**options):
            return TocExtension(permalink="own mark")
    """,
    )
    small_site.configure("markdown_extensions: [own]")
    small_site.trusted = True
    result = small_site.render("# Title\n")
    assert "own mark" in result.html
    assert result.reasons == ()
    assert not (small_site.root / "__pycache__").exists()


@pytest.mark.parametrize("base", ["'/'", "'..'", "['docs', '../outside']", "'{outside}'"])
def test_snippets_stay_in_the_site(small_site, secret, base):
    base = base.format(outside=secret.parent)
    small_site.configure(f"""
        markdown_extensions:
          - pymdownx.snippets:
              base_path: {base}
              restrict_base_path: false
              url_download: true
    """)
    names = ["secret.md", "outside/secret.md", "../outside/secret.md", str(secret)[1:], str(secret)]
    lines = "\n\n".join(f'--8<-- "{name}"' for name in names)
    result = small_site.render(f"before\n\n{lines}\n\nafter\n")
    assert SECRET not in result.html
    assert "<p>before</p>\n<p>after</p>" in result.html
    assert len(result.reasons) >= 3


def test_snippets_of_the_site_are_read_again_when_they_change(small_site):
    small_site.configure("markdown_extensions: [pymdownx.snippets]")
    small_site.write("includes/a.md", "first\n")
    text = '--8<-- "includes/a.md"\n'
    assert small_site.render(text).html == "<p>first</p>"
    small_site.write("includes/a.md", "second\n")
    assert small_site.render(text).html == "<p>second</p>"


@pytest.mark.parametrize("trusted", [False, True])
def test_the_files_that_a_page_draws_in_are_told(small_site, trusted):
    small_site.trusted = trusted
    small_site.configure("markdown_extensions: [pymdownx.snippets, pymdownx.highlight]")
    small_site.write("includes/inner.md", "inner\n")
    small_site.write("includes/a.md", '--8<-- "includes/inner.md"\n')
    text = (
        '--8<-- "includes/a.md"\n\n```python\nx = 1\n```\n'  # a lexer, which is read from Python's libraries
    )
    told = [str(small_site.root / "includes" / name) for name in ("a.md", "inner.md")]
    assert list(small_site.render(text).files) == told
    assert list(small_site.render(text).files) == told
    assert small_site.render("nothing\n").files == ()


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights there")
def test_a_link_that_climbs_out_is_not_followed(small_site, secret):
    (small_site.root / "link.md").symlink_to(secret)
    (small_site.root / "folder").symlink_to(secret.parent)
    (small_site.root / "docs" / "picture.png").symlink_to(secret)
    small_site.write("docs/real.png", "inside")
    small_site.configure("""
        markdown_extensions:
          - pymdownx.snippets
          - pymdownx.b64: {base_path: docs}
    """)
    result = small_site.render("""
        --8<-- "link.md"

        --8<-- "folder/secret.md"

        ![one](picture.png) ![two](real.png) ![three](../../outside/secret.png)
    """)
    assert SECRET not in result.html
    assert base64.b64encode(SECRET.encode()).decode() not in result.html
    assert base64.b64encode(b"inside").decode() in result.html
    assert sum("link.md" in reason or "secret.md" in reason for reason in result.reasons) == 2
    small_site.trusted = True
    assert SECRET in small_site.render('--8<-- "link.md"\n').html


def test_icons_stay_in_the_site(small_site, secret):
    secret.with_suffix(".svg").write_text(f"<svg>{SECRET}</svg>")
    small_site.write("overrides/.icons/mine/own.svg", "<svg>own</svg>")
    (small_site.root / "overrides/.icons/mine/climbs.svg").symlink_to(secret.with_suffix(".svg"))
    small_site.configure("""
        markdown_extensions:
          - pymdownx.emoji:
              emoji_index: !!python/name:material.extensions.emoji.twemoji
              emoji_generator: !!python/name:material.extensions.emoji.to_svg
              options: {custom_icons: [overrides/.icons, ../outside]}
    """)
    result = small_site.render(":mine-own: :mine-climbs: :secret: :smile:\n")
    assert '<span class="twemoji"><svg>own</svg></span>' in result.html
    assert SECRET not in result.html
    assert ":secret:" in result.html
    assert "1f604.svg" in result.html
    assert any("outside" in reason for reason in result.reasons)


def test_what_reads_outside_by_any_way_is_refused(small_site, secret):
    """The last line of defence: whatever an extension on the list comes to open."""
    from editor.render.python_markdown.confined import Confinement
    from editor.render.python_markdown.notes import Notes

    notes, confinement = Notes(), Confinement()
    inside = small_site.write("docs/a.md", "inside")
    with confinement.holding(str(small_site.root), notes):
        assert inside.read_text() == "inside"
        for action in (
            secret.read_text,
            lambda: list(secret.parent.iterdir()),
            lambda: os.open(secret, os.O_RDONLY),
            lambda: os.system("true"),
            lambda: inside.write_text("changed"),
            inside.unlink,
        ):
            with pytest.raises(PermissionError):
                action()
    assert secret.read_text() == SECRET
    assert inside.read_text() == "inside"
    assert ["file-refused", str(secret)] in notes.as_list()

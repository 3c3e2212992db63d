"""What Jekyll makes of the posts: their content after Liquid and kramdown, before any layout."""

import json
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from tests.end_to_end.published.programs import GeneratorError, program, run

FLAT_CODE = True
"""Rouge's spans are its own: of code its text counts."""

DRIVER = """
pages = {}
Jekyll::Hooks.register [:documents, :pages], :post_convert, priority: :low do |page|
  path = page.respond_to?(:relative_path) ? page.relative_path : page.path
  pages[path.sub(%r!\\A/!, "")] = page.content
end
module StopsAtOnePage
  def run
    super
  rescue StandardError => e
    $stderr.puts "#{document.relative_path}: #{e.message}"
    ""
  end
end
Jekyll::Renderer.prepend(StopsAtOnePage)
at_exit { File.write(ENV["COPYDESK_PAGES"], JSON.generate(pages)) }
"""
_PLUGINS = (
    "jekyll-mentions",
    "jekyll-relative-links",
    "jekyll-redirect-from",
    "jekyll-feed",
    "jekyll-sitemap",
)
_INSTALLED = (*_PLUGINS, "jekyll-seo-tag", "jekyll-titles-from-headings", "jekyll-optional-front-matter")


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    for name in ("Gemfile", "Gemfile.lock"):
        (site / name).unlink(missing_ok=True)  # its versions need not be had
    config = next((site / name for name in ("_config.yml", "_config.yaml") if (site / name).is_file()), None)
    values: Any = yaml.safe_load(config.read_text("utf-8")) if config else {}
    plugins = [name for name in (values or {}).get("plugins") or [] if name in _INSTALLED]
    over, out = scratch / "config.yml", scratch / "pages.json"
    # As JSON: Psych refuses `permalink: :title`, which is a symbol to it unless it has quotes.
    over.write_text(
        json.dumps({**(values or {}), "plugins": plugins, "theme": None, "remote_theme": None}, default=str),
        "utf-8",
    )
    folder = site / str((values or {}).get("source") or ".") / "_plugins"
    folder.mkdir(exist_ok=True)
    (folder / "zz_pages.rb").write_text(
        f"require 'json'\nENV['COPYDESK_PAGES'] = {json.dumps(str(out))}\n{DRIVER}", "utf-8"
    )
    command = ["env", "LANG=C.UTF-8", str(program("jekyll")), "build", "--config", str(over)]
    command += ["--destination", str(scratch / "built"), "--drafts", "--future", "--unpublished", "--quiet"]
    done = run(command, site)
    pages: dict[str, str] = json.loads(out.read_text("utf-8")) if out.exists() else {}
    if not pages:
        raise GeneratorError(f"the build failed:\n{(done.stdout + done.stderr)[:3000]}")
    source = PurePosixPath(str((values or {}).get("source") or "."))
    return {str(source / name): html for name, html in pages.items()}

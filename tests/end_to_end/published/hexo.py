"""What Hexo makes of the posts: `post.content`, after its own filters and before any layout."""

import json
from pathlib import Path

from tests.end_to_end.published.programs import GeneratorError, program, run

FLAT_CODE = True
"""The spans of highlight.js are its own: of code its text counts."""

DRIVER = """
const [modules, out] = process.argv.slice(2);
const fs = require("fs");
const Hexo = require(`${modules}/hexo`);
const hexo = new Hexo(process.cwd(), { silent: true, drafts: true });
const failed = (error) => { console.error(error); process.exit(1); };
hexo.init().then(() => hexo.load()).then(() => {
  const pages = {};
  const source = hexo.config.source_dir.replace(/\\/$/, "");
  for (const name of ["posts", "pages"]) {
    hexo.locals.get(name).forEach((post) => { pages[`${source}/${post.source}`] = post.content; });
  }
  fs.writeFileSync(out, JSON.stringify(pages));
  process.exit(0);
}).catch(failed);
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    modules = program("hexo").parents[1]
    if not (site / "node_modules").exists():
        (site / "node_modules").symlink_to(modules)
    package = site / "package.json"
    if not package.exists():  # Hexo loads the plugins that stand there, of a site that it has made
        known = json.loads((modules.parent / "package.json").read_text("utf-8"))
        package.write_text(json.dumps({**known, "hexo": {"version": ""}}), "utf-8")
    driver, out = scratch / "driver.cjs", scratch / "pages.json"
    driver.write_text(DRIVER, "utf-8")
    done = run(["node", str(driver), str(modules), str(out)], site)
    if not out.exists():
        raise GeneratorError(f"the build failed:\n{(done.stdout + done.stderr)[-3000:]}")
    pages: dict[str, str] = json.loads(out.read_text("utf-8"))
    return pages

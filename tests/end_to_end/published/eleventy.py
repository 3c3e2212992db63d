"""What Eleventy makes of the pages: their content before any layout, and what transforms do to that."""

import json
from pathlib import Path

from tests.end_to_end.published.programs import GeneratorError, program, run

FLAT_CODE = True
"""Prism's spans are its own: of code its text counts."""

DRIVER = """
import fs from "node:fs";

const [modules, out] = process.argv.slice(2);
const { default: TemplateLayout } = await import(`${modules}/@11ty/eleventy/src/TemplateLayout.js`);
TemplateLayout.prototype.renderPageEntry = async (pageEntry) => pageEntry.templateContent;
const { default: Eleventy } = await import(`${modules}/@11ty/eleventy/src/Eleventy.js`);
const eleventy = new Eleventy(undefined, undefined, { quietMode: true });
const pages = {};
for (const page of await eleventy.toJSON()) {
  if (typeof page.content === "string") pages[page.inputPath.replace(/^\\.\\//, "")] = page.content;
}
fs.writeFileSync(out, JSON.stringify(pages));
process.exit(0);
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    modules = program("eleventy").parents[1]
    if not (site / "node_modules").exists():
        (site / "node_modules").symlink_to(modules)
    driver, out = scratch / "driver.mjs", scratch / "pages.json"
    driver.write_text(DRIVER, "utf-8")
    done = run(["node", str(driver), str(modules), str(out)], site)
    if not out.exists():
        raise GeneratorError(f"the build failed:\n{(done.stdout + done.stderr)[-3000:]}")
    pages: dict[str, str] = json.loads(out.read_text("utf-8"))
    return pages

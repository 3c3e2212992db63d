// Build Eleventy sites with the real eleventy, all in one process: loading it takes longer than such a site.
//
//     node eleventy_build.mjs .../node_modules/@11ty/eleventy/src/Eleventy.js SITE...
//
// Prints a JSON list: per site the pages, as `eleventy --to=json` prints them; null where the build failed.

const [library, ...sites] = process.argv.slice(2);
const { Eleventy } = await import(library);
const real = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
const built = [];
for (const site of sites) {
  process.chdir(site);
  try {
    const eleventy = new Eleventy(undefined, undefined, { source: "cli", quietMode: true });
    await eleventy.init();
    built.push(await eleventy.toJSON());
  } catch (error) {
    console.error(`${site}: ${error}`);
    built.push(null);
  }
}
real(JSON.stringify(built.map((pages) => pages && pages.map(({ inputPath, url }) => ({ inputPath, url })))) + "\n");
process.exitCode = 0;

// Build Astro sites with the real astro, all in one process: loading it takes longer than to build such a site.
//
//     node astro_build.mjs .../node_modules/astro/dist/index.js SITE...
//
// Prints a JSON list: per site whether it was built, into its folder `dist`.

const [library, ...sites] = process.argv.slice(2);
const { build } = await import(library);
const built = [];
for (const site of sites) {
  process.chdir(site);
  try {
    await build({ root: site, cacheDir: `${site}/.cache`, logLevel: "silent" });
    built.push(true);
  } catch (error) {
    console.error(`${site}: ${error}`);
    built.push(false);
  }
}
console.log(JSON.stringify(built));

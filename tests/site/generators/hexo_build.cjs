// Build Hexo sites with the real hexo, all in one process: loading it takes longer than such a site.
//
//     node hexo_build.cjs .../node_modules/hexo SITE...
//
// Prints a JSON list: per site whether it was built, into its folder `public`.

const [library, ...sites] = process.argv.slice(2);
const Hexo = require(library);

async function build(site) {
  process.chdir(site);
  const hexo = new Hexo(site, { silent: true, config: "_config.yml,over.yml" });
  try {
    await hexo.init();
    await hexo.call("generate", {});
    await hexo.exit();
    return true;
  } catch (error) {
    console.error(`${site}: ${error}`);
    await hexo.exit(error);
    return false;
  }
}

(async () => {
  const built = [];
  for (const site of sites) built.push(await build(site));
  console.log(JSON.stringify(built));
})();

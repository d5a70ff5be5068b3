// Builds the files served to browsers: `node build.mjs` writes them to ../dist, `node build.mjs --check` says whether
// they are what the sources build to.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const here = new URL('.', import.meta.url);
const dist = new URL('../dist/', here);

/** Style sheets become text, made small first. */
const css = {
  name: 'css',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, charset: 'utf8' });
      return { contents: code.trim().replaceAll(', ', ','), loader: 'text' };
    });
  },
};

/** The built files, by their names. */
export async function built() {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(here),
    entryPoints: ['src/verbatim-search.ts', 'src/verbatim-player.ts'],
    outdir: fileURLToPath(dist),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    // Names that only our own objects have.
    mangleProps: /^(anchor|choose|chosen|completion|fill|listen|listing|pageOf|plays|reveal|say|shown|typed)$/,
    plugins: [css],
  });
  const small = outputFiles.map(async ({ path, text }) => {
    // A second look by another tool: what esbuild leaves is a twentieth larger.
    const { code } = await minify(text, { module: true, ecma: 2020, compress: { passes: 3, unsafe: true, unsafe_arrows: true } });
    return [path.slice(path.lastIndexOf('/') + 1), Buffer.from(code)];
  });
  return new Map(await Promise.all(small));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  await mkdir(dist, { recursive: true });
  for (const [name, contents] of await built()) {
    const path = new URL(name, dist);
    if (!check) await writeFile(path, contents);
    else if (!contents.equals(await readFile(path))) {
      console.error(`${name} is not what its sources build to; run \`npm run build\` in crates/query/web/box`);
      process.exitCode = 1;
    }
  }
}

// Bundles what Node runs. `bundle.mjs` writes the package's entries into dist, `bundle.mjs FOLDER SOURCE ...`
// others. A short search would otherwise wait as long for its modules, of which there are some two hundred,
// as it takes itself. What several entries need lies in a chunk beside them, once: faults and symbols are the
// same to all of them.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pageOf, pageScripts } from './pages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder = 'dist', ...sources] = process.argv.slice(2);
const output = join(root, folder);
const types = join(output, 'types');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** By the name of its output: the source of each entry that the package has. */
const entriesOfPackage = () => ({
  bin: 'src/cli/bin.ts',
  ...Object.fromEntries(
    Object.values(exports)
      .filter((entry) => typeof entry === 'object')
      .map(({ types: declarations, default: code }) => [
        basename(code, '.js'),
        relative('dist/types', declarations).replace(/\.d\.ts$/, '.ts'),
      ]),
  ),
});

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: {
    ...(sources.length === 0
      ? entriesOfPackage()
      : Object.fromEntries(sources.map((source) => [basename(source, '.ts'), source]))),
    // A thread's file is looked for beside the code that starts it.
    worker: 'src/search/exhaustive/parallel/worker.ts',
  },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  write: false,
  logLevel: 'warning',
});

// Whoever runs what is there while this is written, as tests do, finds whole files.
mkdirSync(join(output, 'page'), { recursive: true });
const put = (path, contents) => {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, contents);
  if (basename(path) === 'bin.js') chmodSync(part, 0o755);
  renameSync(part, path);
};
for (const { path, contents } of outputFiles) put(path, contents);
const names = outputFiles.map(({ path }) => basename(path));
put(join(output, 'page/page.html'), await pageOf());
if (sources.length === 0) {
  for (const [name, text] of Object.entries(await pageScripts(join(output, 'models.js'))))
    put(join(output, 'page', name), text);
}

// The package is whatever lies in dist: what other sources left there is removed, and the types of sources
// that are gone.
const files = (at, recursive) =>
  existsSync(at)
    ? readdirSync(at, { withFileTypes: true, recursive })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
const isStale = (path) => /\.js(\.map)?$/.test(path) && !names.includes(basename(path));
const hasNoSource = (path) => !existsSync(join(root, relative(types, path)).replace(/\.d\.ts$/, '.ts'));
// The compiler takes it from there that the types are as it left them.
if (!existsSync(types)) rmSync(join(output, '.tsbuildinfo'), { force: true });
for (const path of [...files(output, false).filter(isStale), ...files(types, true).filter(hasNoSource)])
  rmSync(path);

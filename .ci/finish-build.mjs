// What tsc leaves undone: output of sources that are gone is removed, since the package is whatever lies
// in dist; the command becomes executable; and `npx underwatch` finds it inside this checkout, where
// npm links the commands of other packages only.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** @param {string} folder @returns {string[]} */
const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** @param {string} output @returns {string} */
const sourceOf = (output) => join(root, relative(dist, output)).replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');

for (const output of filesUnder(dist)) {
  if (sourceOf(output).endsWith('.ts') && !existsSync(sourceOf(output))) rmSync(output);
}

const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const [name, path] of Object.entries(bin)) {
  const target = join(root, path);
  if (!existsSync(target)) continue;
  chmodSync(target, 0o755);
  // Windows needs a command shim rather than a link; there `node dist/src/cli/bin.js` serves.
  if (process.platform === 'win32') continue;
  const link = join(root, 'node_modules', '.bin', name);
  mkdirSync(dirname(link), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) rmSync(link);
  symlinkSync(relative(dirname(link), target), link);
}

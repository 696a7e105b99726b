// Builds dist, unless it is what these sources gave: `npm run verify` does not build what is built. `--force`
// builds anyway. What was built is known by what is in the files on both sides, not by their dates, so that a
// stale build never runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
const isSource = (path) => !/\.test\.ts$|[\\/]testing[\\/]/.test(path);

/** A hash of the names and contents of files. */
const hashOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.toSorted()) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const inputs = () =>
  hashOf([
    ...['src', 'models', 'properties'].flatMap((folder) => filesIn(join(root, folder)).filter(isSource)),
    ...SETTINGS.map((name) => join(root, name)),
    ...['build.mjs', 'bundle.mjs', 'pages.mjs'].map((name) => join(root, '.ci', name)),
  ]);
const outputs = () => hashOf(filesIn(dist).filter((path) => path !== stamp && !path.endsWith('.part')));

const run = (script, ...args) => {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const before = inputs();
const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
if (process.argv.includes('--force') || built !== `${before}\n${outputs()}\n`) {
  rmSync(stamp, { force: true });
  run(join(root, '.ci/bundle.mjs'));
  run(fileURLToPath(import.meta.resolve('typescript/lib/tsc.js')), '-p', 'tsconfig.build.json');
  // What was edited meanwhile may be built in part: the next one builds again.
  if (inputs() === before) writeFileSync(stamp, `${before}\n${outputs()}\n`);
}

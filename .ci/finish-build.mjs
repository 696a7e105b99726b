// What tsc leaves undone: the output of sources that are gone is removed, since the package is whatever
// lies in dist; and the command becomes executable, since `npx underwatch` in this checkout runs it there.
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const OUTPUT = /(\.d\.ts|\.js|\.js\.map)$/;

const outputs = readdirSync(dist, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && OUTPUT.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

for (const output of outputs) {
  const source = join(root, relative(dist, output)).replace(OUTPUT, '.ts');
  if (!existsSync(source)) rmSync(output);
}

const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const path of Object.values(bin)) chmodSync(join(root, path), 0o755);

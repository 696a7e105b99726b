import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createWorkplace } from './workplace.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const place = createWorkplace();
afterAll(place.remove);

const bin = join(place.path, 'dist/bin.js');
const build = (): void => {
  execFileSync(process.execPath, [join(place.path, '.ci/build.mjs')], { cwd: place.path });
};
const printed = (): string => execFileSync(process.execPath, [bin], { encoding: 'utf8' }).trim();
const builtAtMs = (): number => statSync(bin).mtimeMs;

const MODELS = { types: './dist/types/models/index.d.ts', default: './dist/models.js' };

it('builds what is not built, whatever the dates of its files, and nothing twice', () => {
  for (const name of [
    '.ci',
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
    'src/report/page/app',
  ]) {
    cpSync(join(ROOT, name), join(place.path, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(place.path, 'node_modules'));
  place.write('package.json', JSON.stringify({ type: 'module', exports: { './models': MODELS } }));
  place.write('src/search/exhaustive/parallel/worker.ts', 'export {};\n');
  place.write('models/index.ts', 'export {};\n');
  const runtime = '{ modules: {}, runner: { models: [] }, add: () => undefined }';
  place.write(
    'src/report/page/run/runtime.ts',
    `(globalThis as { underwatch?: unknown }).underwatch = ${runtime};\n`,
  );
  place.write('src/report/page/run/field-history.ts', 'export const fieldHistory = (): number => 0;\n');
  place.write(
    'src/attack/why/words.ts',
    ['leftWords', 'readersWords'].map((name) => `export const ${name} = (): string => '';\n`).join(''),
  );
  const source = place.write('src/cli/bin.ts', "console.log('first');\n");
  build();
  expect(printed()).toBe('first');

  const first = builtAtMs();
  place.write('src/cli/bin.test.ts', "throw new Error('no part of it');\n");
  build();
  expect(builtAtMs()).toBe(first);

  place.write('src/cli/bin.ts', "console.log('second');\n");
  execFileSync('touch', ['-d', '2001-01-01', source]);
  build();
  expect(printed()).toBe('second');

  rmSync(bin);
  build();
  expect(printed()).toBe('second');

  const whole = readFileSync(bin, 'utf8');
  place.write('dist/bin.js', whole.replace('second', 'spoilt'));
  build();
  expect(printed()).toBe('second');
});

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tool } from '../model/tool.ts';

const execute = promisify(execFile);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Inside node_modules, so that the compiled code finds immer; git and every check ignore it.
const OUTPUT = join(ROOT, 'node_modules/.cache/bench');

let compiling: Promise<void> | undefined;

const compile = async (): Promise<void> => {
  await mkdir(OUTPUT, { recursive: true });
  // Nothing below a node_modules folder inherits the project's kind of module.
  // What is compiled asks for the package's own name and version.
  const { name, version } = tool;
  const description = { name, version, type: 'module', exports: { './package.json': './package.json' } };
  await writeFile(join(OUTPUT, 'package.json'), `${JSON.stringify(description)}\n`);
  await execute(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(ROOT, 'tsconfig.bench.json'),
  ]);
};

/** Compiles our engine and the reference model, once, as the package is compiled before it is shipped. */
export const compiledChild = async (name: 'search' | 'sets' | 'walk'): Promise<string> => {
  compiling ??= compile();
  await compiling;
  return join(OUTPUT, `src/bench/children/${name}.js`);
};

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tool } from '../model/tool.ts';

const execute = promisify(execFile);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Inside node_modules, so that the compiled code finds immer; git and every check ignore it.
const OUTPUT = 'node_modules/.cache/bench';

const CHILDREN = ['search', 'sets', 'walk'] as const;

let compiling: Promise<void> | undefined;

const compile = async (): Promise<void> => {
  const sources = CHILDREN.map((name) => `src/bench/children/${name}.ts`);
  await execute(process.execPath, [join(ROOT, '.ci/bundle.mjs'), OUTPUT, ...sources]);
  // Nothing below a node_modules folder inherits the project's kind of module.
  // What is compiled asks for the package's own name and version.
  const { name, version } = tool;
  const description = { name, version, type: 'module', exports: { './package.json': './package.json' } };
  await writeFile(join(ROOT, OUTPUT, 'package.json'), `${JSON.stringify(description)}\n`);
};

/** Compiles our engine and the reference model, once, as the package is compiled before it is shipped. */
export const compiledChild = async (name: (typeof CHILDREN)[number]): Promise<string> => {
  compiling ??= compile();
  await compiling;
  return join(ROOT, OUTPUT, `${name}.js`);
};

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

type Child = 'search' | 'sets' | 'walk';

const compile = async (name: Child): Promise<string> => {
  // A program by itself, as a user would bundle one: what others need as well is not cut out of it.
  const folder = `${OUTPUT}/${name}`;
  await execute(process.execPath, [join(ROOT, '.ci/bundle.mjs'), folder, `src/bench/children/${name}.ts`]);
  // Nothing below a node_modules folder inherits the project's kind of module. Compiled code asks for the
  // package's own name and version.
  const { name: of, version } = tool;
  const description = { name: of, version, type: 'module', exports: { './package.json': './package.json' } };
  await writeFile(join(ROOT, folder, 'package.json'), `${JSON.stringify(description)}\n`);
  return join(ROOT, folder, `${name}.js`);
};

const compiled = new Map<Child, Promise<string>>();

/** Compiles our engine and the reference model, once, as the package is compiled before it is shipped. */
export const compiledChild = (name: Child): Promise<string> => {
  const path = compiled.get(name) ?? compile(name);
  compiled.set(name, path);
  return path;
};

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { tool } from '../../model/tool.ts';

/** The check of a thing that was looked for. */
export interface Check {
  readonly name: string;
  /** The state: `missing`: some of the tool is without it; `broken`: nothing works until it is mended. */
  readonly state: 'there' | 'missing' | 'broken';
  /** The finding. */
  readonly found: string;
  /** The loss as long as the thing is not there, and how to get it. */
  readonly costs?: string;
}

/** The oldest Node that runs the package, as package.json has it. */
const OLDEST_NODE = [20, 19] as const;

const node = (): Check => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldest || (major === oldest && minor < oldestMinor);
  return {
    name: 'node',
    state: isOld ? 'broken' : 'there',
    found: process.versions.node,
    ...(isOld ? { costs: `nothing works: install Node ${oldest}.${oldestMinor} or later` } : {}),
  };
};

const machine = (): Check => ({
  name: 'machine',
  state: 'there',
  found: `${availableParallelism()} processors, ${Math.floor(totalmem() / 2 ** 30)} GiB of memory`,
});

/** Checks whether a thread can be started: some sandboxes allow none. */
const threads = (): Promise<Check> =>
  new Promise((settle) => {
    const lacking = (error: Error): void =>
      settle({
        name: 'threads',
        state: 'missing',
        found: error.message,
        costs: '--threads: large searches take twice as long',
      });
    try {
      const worker = new Worker('', { eval: true });
      worker.once('error', lacking);
      worker.once('exit', () => settle({ name: 'threads', state: 'there', found: 'can be started' }));
    } catch (error) {
      lacking(error instanceof Error ? error : new Error(String(error)));
    }
  });

/** Vitest, as a project in `folder` finds it. */
const vitest = (folder: string): Check => {
  const costs = 'claims as tests, and the matchers: npm install --save-dev vitest';
  try {
    const load = createRequire(join(folder, 'package.json'));
    const { version } = load('vitest/package.json') as { readonly version: string };
    const major = Number(version.split('.')[0]);
    const fits = major === 4 || major === 5;
    return {
      name: 'vitest',
      state: fits ? 'there' : 'missing',
      found: version,
      ...(fits ? {} : { costs: `${costs}@4: 4 or 5 is needed` }),
    };
  } catch {
    return { name: 'vitest', state: 'missing', found: 'not installed here', costs };
  }
};

/** Programs that are used where they are installed, and their uses. */
const PROGRAMS = [
  ['spin', '-V', 'checking `export --format promela` against Spin: Debian package spin'],
  ['rumur', '--version', 'checking `export --format murphi` against Rumur: Debian package rumur'],
  ['gcc', '--version', 'compiling what Spin and Rumur write: Debian package gcc'],
  [
    'qemu-system-x86_64',
    '--version',
    'holding models against QEMU (conform): Debian package qemu-system-x86',
  ],
  ['dot', '-V', 'drawing `export --format dot`: Debian package graphviz'],
] as const;

const program = ([name, argument, costs]: (typeof PROGRAMS)[number]): Check => {
  const { error, stdout, stderr } = spawnSync(name, [argument], { encoding: 'utf8', timeout: 10_000 });
  const [line = ''] = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n');
  return error === undefined
    ? { name, state: 'there', found: line }
    : { name, state: 'missing', found: 'not installed', costs };
};

/** Makes all checks that do not need the configuration to be loaded, for a project in `folder`. */
export const checksIn = async (folder: string): Promise<readonly Check[]> => [
  { name: tool.name, state: 'there', found: tool.version },
  node(),
  machine(),
  await threads(),
  vitest(folder),
  ...PROGRAMS.map(program),
];

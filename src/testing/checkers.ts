import { spawn, spawnSync } from 'node:child_process';
import { createWorkplace } from './workplace.ts';

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).error === undefined;

/** Whether a checker and the C compiler that it needs are installed. */
const isInstalled = (checker: string, argument: string): boolean =>
  runs(checker, argument) && runs('gcc', '--version');

/**
 * Whether to leave out tests that need a checker: it is not here, and this is no run of CI, where its absence
 * is a failure. Says so aloud.
 */
export const lacks = (checker: 'spin' | 'rumur'): boolean => {
  const missing = !isInstalled(checker, checker === 'spin' ? '-V' : '--version');
  // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
  if (missing) console.warn(`NOT TESTED: exports against ${checker}, which is not installed (with gcc)`);
  return missing && process.env['CI'] === undefined;
};

/** Runs a command in `cwd`, giving each line of its output to `onLine`; fails when it cannot be run. */
const run = (
  cwd: string,
  command: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = `${rest}${text}`.split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(onLine);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });

const must = async (cwd: string, command: string, ...args: readonly string[]): Promise<void> => {
  const lines: string[] = [];
  const code = await run(cwd, command, args, (line) => lines.push(line));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`);
};

/** The counts of Spin. */
export interface SpinCount {
  readonly states: number;
  readonly transitions: number;
  readonly errors: number;
  /** The depth that a breadth-first run reached. */
  readonly depth: number;
  /** The assertions that failed, by name. */
  readonly failed: readonly string[];
}

/** The options of a run of Spin. */
export interface SpinOptions {
  readonly search: 'breadth-first' | 'depth-first';
  /** The macros to define, which switch checks on. */
  readonly define?: readonly string[];
  /** More than the longest path that a depth-first search meets. */
  readonly maxDepth?: number;
}

// With optimization large exports compile for minutes, and small ones run in half the time.
const compileFlags = (text: string): readonly string[] => [text.length > 100_000 ? '-O0' : '-O1', '-w'];

/** Runs Spin on every state of a model in Promela, errors or not. */
export const runSpin = async (promela: string, options: SpinOptions): Promise<SpinCount> => {
  const place = createWorkplace();
  const { search, define = [], maxDepth = 10_000 } = options;
  try {
    place.write('model.pml', promela);
    await must(place.path, 'spin', '-o2', ...define.map((name) => `-D${name}`), '-a', 'model.pml');
    const how = search === 'breadth-first' ? ['-DBFS'] : [];
    await must(
      place.path,
      'gcc',
      ...compileFlags(promela),
      '-DSAFETY',
      '-DNOREDUCE',
      ...how,
      '-o',
      'pan',
      'pan.c',
    );
    const found = new Map<string, number>();
    const failed = new Set<string>();
    const depth = search === 'breadth-first' ? [] : [`-m${maxDepth}`];
    await run(place.path, './pan', ['-c0', ...depth], (line) => {
      const [, name] = /assertion violated (\w+)/.exec(line) ?? [];
      if (name !== undefined) failed.add(name);
      else if (/^pan:\d*:? (?!elapsed|rate)|^error|truncated/.test(line)) failed.add(line);
      for (const [, count, what] of line.matchAll(/(\d+) (states, stored|transitions)/g)) {
        if (what !== undefined) found.set(what, Number(count));
      }
      for (const [, what, count] of line.matchAll(/(depth reached|errors:) (\d+)/g)) {
        if (what !== undefined) found.set(what, Number(count));
      }
    });
    const take = (what: string): number => found.get(what) ?? -1;
    return {
      states: take('states, stored'),
      transitions: take('transitions'),
      errors: take('errors:'),
      depth: take('depth reached'),
      failed: [...failed].toSorted(),
    };
  } finally {
    place.remove();
  }
};

/** The counts of Rumur. */
export interface RumurCount {
  readonly states: number;
  readonly rules: number;
  /**
   * The number of states in which each `cover` is true, by name; those that are true in none are not named.
   */
  readonly covers: { readonly [name: string]: number };
  /** The invariants that are broken: the search ended at the first. */
  readonly broken: readonly string[];
}

/** Runs Rumur on a model in Murphi. */
export const runRumur = async (murphi: string): Promise<RumurCount> => {
  const place = createWorkplace();
  try {
    place.write('model.m', murphi);
    await must(place.path, 'rumur', '--deadlock-detection', 'off', '--output', 'model.c', 'model.m');
    await must(place.path, 'gcc', ...compileFlags(murphi), '-mcx16', '-o', 'model', 'model.c', '-lpthread');
    let counts: readonly [number, number] = [-1, -1];
    const covers: { [name: string]: number } = {};
    const broken: string[] = [];
    await run(place.path, './model', [], (line) => {
      const [, states, rules] = /^\s*(\d+) states, (\d+) rules fired/.exec(line) ?? [];
      if (states !== undefined) counts = [Number(states), Number(rules)];
      const [, name, hits] = /cover "(.*)" hit (\d+) times/.exec(line) ?? [];
      if (name !== undefined) covers[name] = Number(hits);
      const [, invariant] = /[Ii]nvariant "?(.*?)"? (?:failed|violated)/.exec(line) ?? [];
      if (invariant !== undefined) broken.push(invariant);
    });
    return { states: counts[0], rules: counts[1], covers, broken };
  } finally {
    place.remove();
  }
};

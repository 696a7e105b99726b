import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suites } from '../../properties/index.ts';
import { createWorkplace } from '../testing/workplace.ts';
import { runCli } from './testing/run-cli.ts';

const place = createWorkplace();
// `init` leaves a configuration in the other one.
const machines = createWorkplace();
afterAll(() => {
  place.remove();
  machines.remove();
});

/**
 * The examples of a command's help, without the program's name, what is said beside them, and where a shell
 * puts it.
 */
const examplesOf = async (...command: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await runCli([...command, '--help'], { cwd: place.path });
  return stdout.split('\n').flatMap((line) => {
    const [, example] = /^ {2}underwatch (\S.*?)(?: {3,}.*)?$/.exec(line) ?? [];
    return example === undefined ? [] : [example.replace(/ >>? \S+$/, '')];
  });
};

/** Splits an example into words as a shell would. */
const wordsOf = (example: string): readonly string[] =>
  [...example.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);

/**
 * The examples that are run. Of the others `verify`, `cross-check`, `scope` and `reasons` take minutes and
 * have tests of their own; `audit` needs boards.
 */
const RUN = [
  'replay',
  'report',
  'diff',
  'explain',
  'export',
  'list',
  'threshold',
  'study',
  'init',
  'doctor',
] as const;

/**
 * Makes the files that the examples take to be there: a report with the attack of H-DEFER, its other ways,
 * and the baseline of the built-in claims.
 */
const prepare = async (): Promise<void> => {
  const { code } = await runCli(['verify', '--claim', 'H-DEFER', '--out', 'reports/latest/verify'], {
    cwd: place.path,
  });
  expect(code).toBe(0);
  const read = (path: string): string => readFileSync(path, 'utf8');
  const report = read(`${place.path}/reports/latest/verify/report.json`);
  place.write('mine.json', read(`${place.path}/reports/latest/verify/attacks/H-DEFER.json`));
  place.write('old.json', report);
  place.write('new.json', report);
  const baseline = fileURLToPath(new URL('../../reports/baseline.json', import.meta.url));
  place.write('reports/baseline.json', read(baseline));
  const ways = await runCli(['attacks', 'H-DEFER', '--by', 'actions', '--output', 'found'], {
    cwd: place.path,
  });
  expect(ways.code).toBe(0);
};

describe('the examples of the help', () => {
  beforeAll(prepare, 120_000);

  test('name claims that there are', async () => {
    const ids = new Set(suites.flatMap(({ claims }) => claims.map(({ id }) => id)));
    const examples = await examplesOf();
    const names = examples.map((example) => example.split(' ')[0]);
    expect(names).toContain('threshold');
    const all = await Promise.all([...new Set(names)].map((name) => examplesOf(name!)));
    const claims = [...examples, ...all.flat()].flatMap(
      (example) => /--claim '?([^\s'*]+)'?(?= |$)/.exec(example)?.[1] ?? [],
    );
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.filter((id) => !ids.has(id))).toEqual([]);
  });

  test.each(RUN)('of %s do what they say', async (command) => {
    const examples = (await examplesOf(command)).filter(
      (one) => one.startsWith(`${command} `) || one === command,
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const { code } = await runCli(wordsOf(example), { cwd: place.path });
      expect([example, code]).toEqual([example, 0]);
    }
  });

  test('of merge join what the two machines decided, here of one claim', async () => {
    for (const example of await examplesOf('merge')) {
      const words = wordsOf(example).flatMap((word) =>
        word === 'shards/*/report.json' ? ['shards/1/report.json', 'shards/2/report.json'] : [word],
      );
      const narrow = words[0] === 'verify' ? ['--claim', 'H-DEFER'] : [];
      const { code } = await runCli([...words, ...narrow], { cwd: machines.path });
      expect([example, code]).toEqual([example, 0]);
    }
  });
});

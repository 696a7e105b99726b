import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createWorkplace } from '../testing/workplace.ts';
import { measure, type Plan } from './bench.ts';
import type { Contender, Found } from './contender.ts';
import { disagreements } from './judge.ts';
import { runMeasured } from './measuring/measured-process.ts';
import type { Results } from './results/results.ts';
import { resultsSchema } from './results/results-schema.ts';
import { sizes } from './sizes.ts';
import { ratiosOf, spreadOf } from './measuring/spread.ts';
import { markdown, plainText } from './results/tables.ts';
import { readResults, writeResults } from './results/write-results.ts';

const [S] = sizes;
const B1 = sizes.find(({ id }) => id === 'B1')!;

const right = { states: 236_865, transitions: 780_827 };
const folder = process.cwd();

/** A contender that takes part in a process of its own and says what it is told to. */
const contender = (id: string, says: Found, changes: Partial<Contender> = {}): Contender => ({
  id,
  says: 'for a test',
  threads: 1,
  shortest: true,
  availability: () => Promise.resolve({ kind: 'available', version: '1.0' }),
  prepare: () =>
    Promise.resolve({
      prepareMs: 1000,
      run: (timeoutMs) =>
        runMeasured(process.execPath, ['-p', JSON.stringify(JSON.stringify(says))], { folder, timeoutMs }),
      read: ({ stdout }) => JSON.parse(stdout) as Found,
    }),
  ...changes,
});

const plan = (contenders: readonly Contender[], told: string[] = []): Plan => ({
  sizes: [S!],
  contenders,
  walkers: [],
  rounds: 2,
  timeoutMs: 20_000,
  baseline: 'a',
  walkBaseline: 'nobody',
  tell: (text) => told.push(text),
});

const missing: Partial<Contender> = {
  availability: () => Promise.resolve({ kind: 'not-installed', tool: 'x', install: 'the Debian package x' }),
};

const results: Results = {
  schemaVersion: 1,
  tool: { name: 'underwatch', version: '1.0.0' },
  machine: {
    processor: 'a processor',
    cores: 2,
    memoryMb: 1024,
    platform: 'linux x64',
    load: 1.5,
    nodeStartMs: 90,
  },
  versions: { node: '20.0.0', spin: '6.0' },
  startedAt: '2026-01-01T00:00:00.000Z',
  rounds: 3,
  timeoutMs: 2000,
  baseline: 'a',
  contenders: [{ id: 'a', says: 'for a test', version: '1.0', threads: 1, shortest: true }],
  searches: [
    {
      size: 'B1',
      contender: 'a',
      outcome: {
        kind: 'measured',
        rounds: [{ prepareMs: 1000, runMs: 500, states: 13_000, transitions: 38_000, attackSteps: 12 }],
        runMs: { median: 500, min: 400, max: 600 },
        answerMs: { median: 1500, min: 1400, max: 1600 },
        peakBytes: { median: 13_000_000, min: 13_000_000, max: 13_000_000 },
        statesPerSecond: 26_000,
        transitionsPerSecond: 76_000,
        peakBytesPerState: 1000,
        versus: {
          baseline: 'a',
          run: { median: 2, min: 1.5, max: 12.34 },
          answer: { median: 1, min: 1, max: 1 },
          cpu: { median: 120, min: 110, max: 130 },
        },
      },
    },
    {
      size: 'B1',
      contender: 'missing',
      outcome: { kind: 'not-installed', tool: 'x', install: 'the Debian package x' },
    },
    { size: 'B1', contender: 'slow', outcome: { kind: 'timed-out', timeoutMs: 2000 } },
  ],
  walkers: [],
  walks: [],
};

describe('the schedule', () => {
  test('interleaves the rounds, and leaves out whoever cannot take part or was wrong', async () => {
    const told: string[] = [];
    const { searches } = await measure(
      plan(
        [
          contender('a', right),
          contender('wrong', { ...right, states: 1 }),
          contender('b', right),
          contender('missing', right, missing),
        ],
        told,
      ),
    );
    expect(told.map((text) => text.replace('S, round ', ''))).toEqual([
      '1 of 2: a',
      '1 of 2: wrong',
      '1 of 2: b',
      '2 of 2: a',
      '2 of 2: b',
    ]);
    expect(searches.map(({ contender: id, outcome }) => [id, outcome.kind])).toEqual([
      ['a', 'measured'],
      ['wrong', 'wrong'],
      ['b', 'measured'],
      ['missing', 'not-installed'],
    ]);
    expect(searches[1]!.outcome).toEqual({ kind: 'wrong', because: '1 states instead of 236865' });
  });

  test('compares with the baseline of the same round', async () => {
    const { searches } = await measure(plan([contender('a', right), contender('b', right)]));
    const { outcome } = searches[1]!;
    if (outcome.kind !== 'measured') throw new Error('not measured');
    expect(outcome.rounds).toHaveLength(2);
    expect(outcome.versus).toMatchObject({ baseline: 'a' });
    if (process.platform === 'linux') expect(outcome.peakBytes?.min).toBeGreaterThan(1_000_000);
  });

  test('a contender that breaks down says what it said last', async () => {
    const broken = contender('broken', right, {
      prepare: () =>
        Promise.resolve({
          prepareMs: 0,
          run: (timeoutMs) =>
            runMeasured(process.execPath, ['-e', 'console.error("no more memory"); process.exit(9)'], {
              folder,
              timeoutMs,
            }),
          read: ({ stdout }) => JSON.parse(stdout) as Found,
        }),
    });
    const { searches } = await measure(plan([broken]));
    expect(searches[0]!.outcome).toMatchObject({ kind: 'wrong', because: 'exit code 9, no more memory' });
  });
});

describe('the judge', () => {
  test.each([
    ['nothing', { ...right, depth: 40 }, []],
    ['too few states', { ...right, states: 5 }, ['5 states instead of 236865']],
    ['another depth', { ...right, depth: 41 }, ['41 levels instead of 40']],
    ['an attack', { ...right, attackSteps: 3 }, ['an attack of 3 steps where there is none']],
  ])('finds %s in a search of everything', (_, found, expected) => {
    expect(disagreements(found, S!, { shortest: true })).toEqual(expected);
  });

  test.each([
    [true, 12, []],
    [true, 13, ['13 steps instead of 12']],
    [false, 400, []],
    [false, 11, ['11 steps instead of 12']],
    [false, undefined, ['no attack where there is one']],
  ])('shortest %s, attack %s', (shortest, attackSteps, expected) => {
    const found = { states: 1, transitions: 1, ...(attackSteps === undefined ? {} : { attackSteps }) };
    expect(disagreements(found, B1, { shortest })).toEqual(expected);
  });
});

test('spreads and ratios', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spreadOf([1, undefined])).toBeUndefined();
  expect(spreadOf([])).toBeUndefined();
  // Twice as much in every round, whatever the rounds were like.
  expect(ratiosOf([2, 20, 6], [1, 10, 3])).toEqual({ median: 2, min: 2, max: 2 });
});

describe('the results', () => {
  test('as text', () => {
    expect(plainText(results)).toMatchInlineSnapshot(`
      "B1: 2 cores, one status register is not read (shortest attack 12 steps)
      contender  attack, steps  states  states/s  transitions/s  search s  with compiling s  peak MB  peak B/state  own B/state         speed to a  with compiling  by processor time
      a                     12  13,000    26,000         76,000      0.50              1.50       13         1,000            –  2.00× (1.50–12.3)           1.00×     120× (110–130)
      missing    x is not installed: the Debian package x
      slow       not done in 2 s

      Median of 3 interleaved rounds (lowest–highest), 2026-01-01, 2 cores of a processor, linux x64, load 1.5, 90 ms for a process of Node that does nothing; node 20.0.0, spin 6.0.
      "
    `);
  });

  test('as Markdown', () => {
    expect(markdown(results)).toMatchInlineSnapshot(`
      "**B1: 2 cores, one status register is not read (shortest attack 12 steps)**

      | contender | attack, steps | states | states/s | transitions/s | search s | with compiling s | peak MB | peak B/state | own B/state | speed to a | with compiling | by processor time |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      | a | 12 | 13,000 | 26,000 | 76,000 | 0.50 | 1.50 | 13 | 1,000 | – | 2.00× (1.50–12.3) | 1.00× | 120× (110–130) |
      | missing | x is not installed: the Debian package x |  |  |  |  |  |  |  |  |  |  |  |
      | slow | not done in 2 s |  |  |  |  |  |  |  |  |  |  |  |

      Median of 3 interleaved rounds (lowest–highest), 2026-01-01, 2 cores of a processor, linux x64, load 1.5, 90 ms for a process of Node that does nothing; node 20.0.0, spin 6.0.
      "
    `);
  });

  test('are written whole or not at all', async () => {
    const { path, remove } = createWorkplace();
    try {
      const file = join(path, 'deep/bench.json');
      await writeResults(file, results);
      await expect(writeResults(file, { ...results, rounds: -1 })).rejects.toThrow('rounds');
      expect(await readResults(file)).toEqual(results);
      expect(readdirSync(join(path, 'deep'))).toEqual(['bench.json']);
    } finally {
      remove();
    }
  });

  const kept = fileURLToPath(new URL('../../reports/bench.json', import.meta.url));

  test('that the project keeps have the shape that they should, and nothing in them is wrong', () => {
    expect(existsSync(kept)).toBe(true);
    const { searches } = resultsSchema.parse(JSON.parse(readFileSync(kept, 'utf8')));
    expect(searches.filter(({ outcome }) => outcome.kind === 'wrong')).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { MEGABYTES, plotOf, SECONDS } from './plot.ts';
import type { Results } from './results.ts';

const measured = (
  contender: string,
  size: string,
  states: number,
  runMs: number,
): Results['searches'][number] => ({
  size,
  contender,
  outcome: {
    kind: 'measured',
    rounds: [{ prepareMs: 0, runMs, states, transitions: states }],
    runMs: { median: runMs, min: runMs, max: runMs },
    answerMs: { median: runMs, min: runMs, max: runMs },
    statesPerSecond: 1,
    transitionsPerSecond: 1,
  },
});

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
  versions: {},
  startedAt: '2026-01-01T00:00:00.000Z',
  rounds: 1,
  timeoutMs: 2000,
  baseline: 'a',
  contenders: ['a', 'b', 'absent'].map((id) => ({ id, says: 'for a test', threads: 1, shortest: true })),
  searches: [
    measured('a', 'S', 236_865, 1000),
    measured('a', 'XXL', 5_337_595_711, 10_000),
    measured('b', 'S', 236_865, 100),
    measured('b', 'B1', 13_000, 10),
    { size: 'S', contender: 'absent', outcome: { kind: 'timed-out', timeoutMs: 2000 } },
  ],
  walkers: [],
  walks: [],
};

test('a plot has a line for whoever was measured, and a point for each size that was looked at whole', () => {
  const picture = plotOf(results, SECONDS) ?? '';
  expect(picture.match(/<circle/g)).toHaveLength(3);
  expect(picture).toContain('<polyline points="100.4,204.0 523.5,36.0" ');
  expect(picture).toMatch(/fill="#1b6ca8">a<\/text>/);
  expect(picture).toMatch(/fill="#d1495b">b<\/text>/);
  expect(picture).not.toContain('absent');
});

test('there is no plot of what was not measured', () => {
  expect(plotOf(results, MEGABYTES)).toBeUndefined();
});

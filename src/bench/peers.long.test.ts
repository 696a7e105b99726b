import { describe, expect, test } from 'vitest';
import { searchOnce, walkOnce } from './bench.ts';
import type { Availability } from './measuring/tools.ts';
import { byHand } from './contenders/by-hand.ts';
import { rumurContenders } from './contenders/rumur.ts';
import { spinContenders } from './contenders/spin.ts';
import { walkers } from './contenders/walkers.ts';
import { sizes } from './sizes.ts';

const TIMEOUT_MS = 60_000;

const searchers = [...spinContenders, ...rumurContenders([1, 2]), byHand];
const asked = await Promise.all(
  searchers.map(async (contender) => ({ contender, availability: await contender.availability() })),
);

/** A test's name says what to install, so that a list of skipped tests does. */
const name = (id: string, availability: Availability): string =>
  availability.kind === 'not-installed' ? `${id} (needs ${availability.install})` : id;
/** Whether a tool may be missing: on a developer's machine that is nothing wrong; in CI it is. */
const mayBeMissing = ({ kind }: Availability): boolean =>
  kind === 'not-installed' && process.env['CI'] === undefined;

const size = (id: string) => sizes.find((candidate) => candidate.id === id)!;

describe('the models that other checkers get are the reference model', () => {
  for (const { contender, availability } of asked) {
    const title = name(contender.id, availability);

    test.skipIf(mayBeMissing(availability))(`${title}: all states and transitions of S`, async () => {
      expect(await searchOnce(contender, size('S'), TIMEOUT_MS)).toMatchObject({
        kind: 'measured',
        value: { states: 236_865, transitions: 780_827 },
      });
    });

    test.skipIf(mayBeMissing(availability))(`${title}: the attack on B1`, async () => {
      const { shortest } = contender;
      const attackSteps: unknown = shortest ? 12 : expect.any(Number);
      expect(await searchOnce(contender, size('B1'), TIMEOUT_MS)).toMatchObject({ value: { attackSteps } });
    });
  }

  test('a search that takes too long is ended', async () => {
    const folder = process.cwd();
    const endless = {
      id: 'endless',
      says: '',
      threads: 1,
      shortest: true,
      availability: () => Promise.resolve({ kind: 'available', version: '1' } as const),
      prepare: async () => {
        const { runMeasured } = await import('./measuring/measured-process.ts');
        return {
          prepareMs: 0,
          run: (timeoutMs: number) =>
            runMeasured(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { folder, timeoutMs }),
          read: () => ({ states: 0, transitions: 0 }),
        };
      },
    };
    expect(await searchOnce(endless, size('S'), 300)).toEqual({ kind: 'timed-out', timeoutMs: 300 });
  });
});

const quint = walkers.find(({ id }) => id === 'quint')!;
const quintHere = await quint.availability();

// Quint comes from npm and is no dependency, so CI does not have it either.
test.skipIf(quintHere.kind !== 'available')(`${name('quint', quintHere)}: walks`, async () => {
  expect(await walkOnce(quint, TIMEOUT_MS)).toMatchObject({ kind: 'measured', value: { steps: 30_000 } });
});

import { describe, expect, test } from 'vitest';
import { checkModel, explore, systemOf, type AnyModel } from 'underwatch';
import { EXIT, FLUSH, hashUs, pagesUs, REFILL, SLIDE_LOSS_US, SMI } from './costs.ts';
import { schedule } from './model.ts';
import { rounds } from './rounds.ts';

const verdict = (model: AnyModel, parameters: object): string =>
  explore(systemOf(model, { without: [], capabilities: [], parameters: parameters as never }), {
    invariants: ['I-FOUND'],
  }).verdicts['I-FOUND']!.kind;

/**
 * The share of all sequences of intervals that find a hypervisor modified in the last slot before the
 * longest, in parts of a million.
 */
const foundPerMillion = (least: number, most: number, count: number): number => {
  const lengths = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  let sequences: readonly (readonly number[])[] = [[]];
  for (let round = 0; round < count; round += 1)
    sequences = sequences.flatMap((before) => lengths.map((length) => [...before, length]));
  const found = sequences.filter((sequence) => sequence.includes(least)).length;
  return Math.floor((found * 1_000_000) / sequences.length);
};

describe('the models of time', () => {
  test('are complete', () => {
    checkModel(schedule);
    checkModel(rounds);
  });

  test('have costs of which the least is no more than the most', () => {
    for (const { least, most } of [SMI, EXIT, FLUSH, REFILL, hashUs(65_536), pagesUs(256)])
      expect(least).toBeLessThanOrEqual(most);
    expect(hashUs(65_536)).toEqual({ least: 174, most: 391 });
    expect(SLIDE_LOSS_US).toBe(160_000);
  });
});

describe('rounds', () => {
  test.each([
    [1, 4, 2],
    [2, 5, 3],
    [1, 3, 4],
  ])(
    'from %i to %i slots, %i rounds: the share is that of all sequences, one by one',
    (leastSlots, mostSlots, count) => {
      // Modified in one slot more than are free: the best that it can do is one length that finds it.
      const scope = { leastSlots, mostSlots, rounds: count, neededSlots: leastSlots };
      const perMillion = foundPerMillion(leastSlots, mostSlots, count);
      expect(verdict(rounds, { ...scope, perMillion })).toBe('holds');
      expect(verdict(rounds, { ...scope, perMillion: perMillion + 1 })).toBe('violated');
    },
  );

  test('a verifier that draws only the longest interval finds nothing', () => {
    const defect = {
      ...rounds,
      actions: {
        ...rounds.actions,
        measured: {
          ...rounds.actions.measured,
          then: (draft: never, choice: never, setting: never) => {
            (draft as { found: number }).found = 0;
            rounds.actions.measured.then(draft, choice, setting);
          },
        },
      },
    };
    expect(verdict(rounds, { rounds: 35 })).toBe('holds');
    expect(verdict(defect as unknown as AnyModel, { rounds: 35 })).toBe('violated');
  });
});

import { describe, expect, test } from 'vitest';
import { dam } from '../testing/models/dam.ts';
import { findThreshold, spread, thresholdInSlices, type ThresholdQuestion } from './threshold.ts';

const question = (more: Partial<ThresholdQuestion> = {}): ThresholdQuestion => ({
  model: dam,
  scenario: { without: [], capabilities: [], parameters: {} },
  invariant: 'dry',
  parameter: 'wall',
  from: 0,
  to: 20,
  ...more,
});
const sides = (asked: ThresholdQuestion, options: object = {}) =>
  findThreshold(asked, options).flips.map(({ above, below }) => [
    below.value,
    below.verdict,
    above.value,
    above.verdict,
  ]);

describe('a threshold', () => {
  test('of a small range is found value by value', () => {
    const found = findThreshold(question());
    expect(found.everyValue).toBe(true);
    expect(found.probes.map(({ value }) => value)).toEqual(Array.from({ length: 21 }, (_, value) => value));
    expect(sides(question())).toEqual([[6, 'violated', 7, 'holds']]);
    expect(found.flips[0]!.below.attack?.length).toBe(7);
    expect(found.flips[0]!.above).toMatchObject({ states: 8, complete: true });
  });

  test('of a large one by halving between samples, and no more is claimed than was searched', () => {
    const found = findThreshold(question({ to: 1_000_000 }));
    expect(sides(question({ to: 1_000_000 }))).toEqual([
      [6, 'violated', 7, 'holds'],
      [999_999, 'holds', 1_000_000, 'violated'],
    ]);
    expect(found.everyValue).toBe(false);
    expect(found.values).toBe(1_000_001);
    expect(found.probes).toHaveLength(43);
  });

  test('between samples that agree is not found, and a finer grid finds it', () => {
    const leaky = question({
      to: 1000,
      scenario: { without: [], capabilities: [], parameters: { leak: 900 } },
    });
    expect(sides(leaky, { samples: 2 })).toEqual([]);
    expect(sides(leaky, { samples: 11 })).toEqual([
      [6, 'violated', 7, 'holds'],
      [899, 'holds', 900, 'violated'],
    ]);
  });

  test('is found with all those beside it: where samples differ, there may be more than one', () => {
    const leaky = question({
      from: 0,
      to: 1000,
      scenario: { without: [], capabilities: [], parameters: { leak: 900, rain: 8 } },
    });
    expect(sides(leaky, { samples: 3 })).toEqual([
      [7, 'violated', 8, 'holds'],
      [899, 'holds', 900, 'violated'],
    ]);
  });

  test('is also one between verdicts that are not about attacks', () => {
    expect(sides(question({ invariant: 'stands', parameter: 'rain', from: 99, to: 102 }))).toEqual([
      [100, 'vacuous', 101, 'holds'],
    ]);
  });

  test('is left open where a limit ends a search', () => {
    const found = findThreshold(question({ parameter: 'rain', to: 5 }), { limits: { maxStates: 3 } });
    expect(found.undecided).toMatchObject({ value: 2, verdict: 'unresolved', bound: 'maxStates' });
  });

  test('stops when told to, with what it has', () => {
    const slices = thresholdInSlices(question({ parameter: 'rain', to: 60_000 }), { samples: 2 });
    let slice = slices.next();
    while (slice.done !== true) slice = slices.next('stop');
    expect(slice.value.undecided?.bound).toBe('interrupted');
  });

  test.each([
    ['no such parameter', { parameter: 'height' }, 'UW105'],
    ['no such invariant', { invariant: 'wet' }, 'UW105'],
    ['a parameter that is no number', { parameter: 'name' }, 'UW901'],
    ['a range that is none', { from: 3, to: 3 }, 'UW901'],
    ['a range of fractions', { from: 0.5 }, 'UW901'],
  ])('refuses %s', (_says, more, code) => {
    expect(() => findThreshold(question(more))).toThrow(expect.objectContaining({ code }));
  });
});

test('samples lie at even distances, both ends among them', () => {
  expect(spread(0, 10, 3)).toEqual([0, 5, 10]);
  expect(spread(0, 2, 9)).toEqual([0, 1, 2]);
  expect(spread(-5, 5, 4)).toEqual([-5, -2, 1, 5]);
});

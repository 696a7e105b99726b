import { describe, expect, test } from 'vitest';
import { certify, searchRandomly, type Claim, type Trace } from 'underwatch';
import { systemOf, type System } from 'underwatch/model';
import { knownAttacks } from './testing/attacks/known.ts';
import { stepsFrom, together } from './testing/attacks/search.ts';
import { suites } from './index.ts';

const SEEDS = 100;

const claimOf = (id: string): Claim => {
  const found = suites.flatMap(({ claims }) => claims).find((claim) => claim.id === id);
  if (found === undefined) throw new RangeError(`no claim ${id}`);
  return found;
};

/** The end of a random finding: the shrunk trace after bounded exhaustive search. */
const finished = (system: System, invariant: string, trace: Trace): number => {
  const search = certify(system, invariant, trace);
  let slice = search.next();
  while (slice.done !== true) slice = search.next();
  return slice.value.trace.steps.length;
};

/** For each seed the lengths after shrinking and after the bounded search; undefined if it found nothing. */
const lengthsOf = (id: string, runs: number): readonly (readonly [number, number] | undefined)[] => {
  const { model, scenario, invariant } = claimOf(id);
  const system = systemOf(model, scenario);
  return Array.from({ length: SEEDS }, (_, seed) => {
    const { verdicts } = searchRandomly(system, { invariants: [invariant], seed, runs, maxDepth: 50 });
    const verdict = verdicts[invariant];
    if (verdict?.kind !== 'violated' || verdict.trace === undefined) return undefined;
    return [verdict.trace.steps.length, finished(system, invariant, verdict.trace)] as const;
  });
};

describe(`what random search finds is as short as the shortest, over ${SEEDS} seeds`, () => {
  test.each([
    ['H-GPIINV-LOCKED', 5, 60],
    ['H-BMC-INBAND-HARM', 11, 300],
    ['H-STORM', 7, 60],
  ])('%s: %i steps, within %i runs', (id, shortest, runs) => {
    const found = lengthsOf(id, runs).filter((lengths) => lengths !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(SEEDS / 2);
    expect(found.every(([shrunk, end]) => shrunk >= end && end >= shortest)).toBe(true);
    expect(found.filter(([, end]) => end === shortest).length).toBeGreaterThanOrEqual(0.95 * found.length);
  });
});

describe('what random search finds with its defaults', () => {
  // Not P-TOCTOU, 13 steps among 935,898 states: from some seeds it is not found with the defaults.
  const chosen = [
    'H-DEFER',
    'H-FALLBACK-INTERCEPT',
    'BOUND-SECURE-MORE',
    'H-CLGI',
    'H-GPIINV-3-CORES',
    'H-BLOCK-FOR-EVER',
    'NEED-DEADLINE-ATTEST',
  ];
  const groups = together(knownAttacks(Infinity).filter(({ claim }) => chosen.includes(claim.id)));
  const cases = groups.flatMap((group) =>
    [1, 2, 3].map((seed) => ({ group, seed, ids: group.map(({ claim }) => claim.id).join(' and ') })),
  );

  test('is asked about every attack that was chosen', () => {
    expect(groups.flat()).toHaveLength(chosen.length);
  });

  test.each(cases)('is $ids, from seed $seed', ({ group, seed }) => {
    expect(stepsFrom(group, seed)).not.toContain(null);
  });
});

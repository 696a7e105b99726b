import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type AnyModel } from '../../model/index.ts';
import { searchPlainly } from '../../testing/plain-search.ts';
import { plainScenario, randomModel } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import type { Trace } from '../result.ts';
import { explore } from '../exhaustive/explore.ts';
import { violatesOrWitnesses } from '../violates-or-witnesses.ts';
import { statesOf } from '../trace.ts';
import { searchRandomly, type RandomResult } from './campaign.ts';
import { removable } from './testing/laws.ts';
import { counter, haystack, lock, mail, toys, toySystem, twoRoutes } from './testing/toys.ts';
import { vault } from './testing/vault.ts';
import { runsIn } from './testing/walks.ts';

const seed = fc.integer();
const traceIn = (result: RandomResult, id: string): Trace | undefined => {
  const verdict = result.verdicts[id]!;
  if (verdict.kind === 'violated') return verdict.trace;
  return verdict.kind === 'holds' ? verdict.witness : undefined;
};

describe('what a campaign finds', () => {
  test('runs, shows what it says at its last step and no sooner, and has no step too many', () => {
    fc.assert(
      fc.property(fc.constantFrom(...toys), seed, (model, from) => {
        const system = toySystem(model);
        const result = searchRandomly(system, { seed: from, runs: 60, maxDepth: 40 });
        for (const id of Object.keys(model.invariants)) {
          const trace = traceIn(result, id);
          expect(trace === undefined).toBe(result.findings[id] === undefined);
          expect(trace === undefined).toBe(result.verdicts[id]!.kind === 'unresolved');
          expect(trace === undefined).toBe(result.failureProbabilityAtMost[id] !== undefined);
          if (trace === undefined) continue;
          const shows = (one: Trace): boolean => violatesOrWitnesses(system, id, statesOf(system, one));
          expect(shows(trace)).toBe(true);
          expect(shows({ ...trace, steps: trace.steps.slice(0, -1) })).toBe(trace.steps.length === 0);
          expect(removable(system, trace, shows)).toEqual([]);
          const { firstLength, shrunkLength, stepsToFind } = result.findings[id]!;
          expect(shrunkLength).toBe(trace.steps.length);
          expect(shrunkLength).toBeLessThanOrEqual(firstLength);
          expect(firstLength).toBeLessThanOrEqual(stepsToFind);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is never more than a plain search finds, and never shorter', () => {
    fc.assert(
      fc.property(randomModel, seed, (model, from) => {
        const system = systemOf(model, plainScenario);
        const { broken } = searchPlainly(system);
        const { verdicts } = searchRandomly(system, { seed: from, runs: 20, maxDepth: 15 });
        for (const [id, verdict] of Object.entries(verdicts)) {
          if (verdict.kind === 'unresolved') continue;
          expect(verdict).toMatchObject({ kind: 'violated', shortest: false });
          if (verdict.kind !== 'violated') continue;
          expect(verdict.trace!.steps.length).toBeGreaterThanOrEqual(broken[id]!);
        }
      }),
    );
  });

  test.each([
    [counter, 'below', 8, 23],
    [twoRoutes, 'intact', 3, 6],
    [lock, 'closed', 12, 12],
  ] as const)('toys with known answers, whatever the seed: %#', (model, id, shortest, longest) => {
    fc.assert(
      fc.property(seed, (from) => {
        const result = searchRandomly(toySystem(model), { seed: from, runs: 100, maxDepth: 40 });
        expect(result.verdicts[id]!.kind).toBe('violated');
        expect(result.findings[id]!.shrunkLength).toBeGreaterThanOrEqual(shortest);
        expect(result.findings[id]!.shrunkLength).toBeLessThanOrEqual(longest);
      }),
      { numRuns: 40 },
    );
  });

  test('of many invariants at once is what it finds of each alone', () => {
    const system = toySystem(mail);
    const options = { seed: 11, runs: 300, maxDepth: 30 };
    const all = searchRandomly(system, options);
    expect(Object.fromEntries(Object.entries(all.verdicts).map(([id, { kind }]) => [id, kind]))).toEqual({
      notFull: 'violated',
      small: 'unresolved',
      silent: 'unresolved',
      keeps: 'violated',
      grows: 'unresolved',
      fills: 'holds',
      overflows: 'unresolved',
      answers: 'violated',
      answersSoon: 'violated',
    });
    for (const id of Object.keys(mail.invariants)) {
      const alone = searchRandomly(system, { ...options, invariants: [id] });
      expect(alone.verdicts).toEqual({ [id]: all.verdicts[id] });
      expect(alone.findings[id]).toEqual(all.findings[id]);
      expect(alone.antecedents[id]).toBe(all.antecedents[id]);
    }
  });

  test('may be deep: the attack of twelve steps on the gate that other checkers counted', () => {
    const scenario = {
      without: ['altStatusCheck'],
      capabilities: Object.keys(smiGate.capabilities),
      parameters: {},
    };
    const gate = systemOf(smiGate, scenario);
    const result = searchRandomly(gate, { seed: 4, runs: 1000, maxDepth: 50 });
    const trace = traceIn(result, 'never-fooled')!;
    expect(violatesOrWitnesses(gate, 'never-fooled', statesOf(gate, trace))).toBe(true);
    expect(trace.steps.length).toBeGreaterThanOrEqual(12);
  });

  test('may be where runs that know nothing of each other do not come', () => {
    const system = toySystem(vault);
    for (let from = 1; from <= 10; from += 1) {
      const result = searchRandomly(system, { seed: from, runs: 1000, maxDepth: 50 });
      expect(result.verdicts['shut']!.kind).toBe('violated');
      // Fifteen notches and the handle.
      expect(result.findings['shut']!.shrunkLength).toBe(16);
    }
    const fresh = runsIn(system, 1, 4000, 50).filter((_, number) => number % 4 === 0);
    expect(fresh.some(({ states }) => states.some(({ open }) => open === true))).toBe(false);
  });

  test('is found late too, slices on', () => {
    let slices = 0;
    const observer = () => {
      slices += 1;
      return 'continue' as const;
    };
    // From this seed it takes more steps than a slice has, however fast the machine is.
    const result = searchRandomly(toySystem(haystack), { seed: 5, runs: 100_000, maxDepth: 2, observer });
    const look = { action: 'turn', choice: { at: 42 } };
    expect(traceIn(result, 'hidden')).toEqual({ initial: 0, steps: [look, look] });
    expect(result.findings['hidden']!.stepsToFind).toBeGreaterThan(32_768);
    expect(slices).toBeGreaterThan(1);
    expect(result.runs).toBe(result.findings['hidden']!.foundInRun + 1);
  });
});

describe('a campaign', () => {
  const system = toySystem(mail);
  const options = { seed: 7, runs: 200, maxDepth: 20 };

  test('is the same for the same seed, watched or not', () => {
    const observer = () => 'continue' as const;
    expect(searchRandomly(system, { ...options, observer })).toEqual(searchRandomly(system, options));
    expect(searchRandomly(system, { ...options, seed: 8 })).not.toEqual(searchRandomly(system, options));
  });

  test('does not listen to what is set for fast-check as a whole', () => {
    const result = searchRandomly(system, options);
    const before = fc.readConfigureGlobal();
    fc.configureGlobal({
      seed: 1,
      numRuns: 3,
      endOnFailure: true,
      randomType: 'mersenne',
      skipEqualValues: true,
    });
    try {
      expect(searchRandomly(system, options)).toEqual(result);
    } finally {
      fc.configureGlobal(before);
    }
  });

  test('counts what it did', () => {
    const result = searchRandomly(system, options);
    const counts = Object.values(result.actions);
    expect(result.runs).toBe(200);
    expect(result.freshRuns).toBe(50);
    expect(result.differentStates).toBe(explore(system, { invariants: [] }).states);
    expect(result.states).toBe(result.transitions + result.runs);
    expect(counts.reduce((sum, { tried }) => sum + tried, 0)).toBe(result.transitions);
    expect(counts.every(({ effective, tried, enabled }) => effective <= tried && tried <= enabled)).toBe(
      true,
    );
    expect(result.lengths.reduce((sum, { runs }) => sum + runs, 0)).toBe(200);
    expect(result.depth).toBe(20);
    expect(result).toMatchObject({ engine: 'random', complete: false, bound: 'runs', seed: 7 });
  });

  test('says what its health asks to look at', () => {
    const { warnings, states } = searchRandomly(system, options);
    expect(warnings.slice(0, 2)).toEqual([
      `action fly was possible in none of ${states} states visited`,
      `invariant silent had nothing to say in ${states} states visited`,
    ]);
    expect(warnings[2]).toMatch(
      /^\d+ of 200 runs got stuck where nothing is possible, the shortest of them after 3 steps$/,
    );
    expect(searchRandomly(toySystem(counter), options).warnings).toEqual([]);
  });

  test('tells what many runs without a finding mean', () => {
    const { failureProbabilityAtMost: most } = searchRandomly(system, options);
    expect(Object.keys(most)).toEqual(['small', 'silent', 'grows', 'overflows']);
    // One run in four is independent of the others.
    expect((1 - most['small']!) ** 50).toBeCloseTo(0.05, 12);
    expect(most['small']).toBeLessThan(3 / 50);
  });

  test('without invariants only walks', () => {
    const result = searchRandomly(system, { ...options, invariants: [] });
    expect(result).toMatchObject({ verdicts: {}, runs: 200, bound: 'runs' });
  });

  test('ends when the time is up, and says so', () => {
    const result = searchRandomly(system, { ...options, runs: 1_000_000_000, timeLimitMs: 1 });
    expect(result.bound).toBe('timeLimitMs');
    expect(result.runs).toBeLessThan(1_000_000_000);
    expect(result.verdicts['small']).toEqual({ kind: 'unresolved', bound: 'timeLimitMs' });
  });

  test('ends when whoever watches has seen enough', () => {
    const result = searchRandomly(system, { ...options, runs: 1_000_000_000, observer: () => 'stop' });
    expect(result.bound).toBe('interrupted');
    expect(result.verdicts['small']).toEqual({ kind: 'unresolved', bound: 'interrupted' });
    expect(result.verdicts['notFull']!.kind).toBe('violated');
  });
});

describe('a campaign that makes no sense', () => {
  const system = toySystem(mail);
  const options = { seed: 7, runs: 5, maxDepth: 5 };

  test.each([
    ['UW201', { runs: 0 }],
    ['UW201', { maxDepth: 1.5 }],
    ['UW201', { timeLimitMs: -1 }],
    ['UW202', { seed: 2 ** 31 }],
    ['UW202', { seed: Number.NaN }],
    ['UW202', { seed: 0.5 }],
    ['UW202', { invariants: ['notThere'] }],
  ])('is refused with %s: %o', (code, wrong) => {
    expect(() => searchRandomly(system, { ...options, ...wrong })).toThrow(expect.objectContaining({ code }));
  });

  test.each([-(2 ** 31), 2 ** 31 - 1])('but the seed %i is a seed', (last) => {
    expect(searchRandomly(system, { ...options, seed: last }).seed).toBe(last);
  });

  interface One {
    readonly at: number;
  }
  const broken = (wrong: {
    readonly nowhere?: boolean;
    readonly throws?: 'action' | 'invariant';
  }): AnyModel =>
    defineModel({
      id: 'broken',
      says: 'is broken',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): readonly One[] => (wrong.nowhere === true ? [] : [{ at: 0 }]),
      actions: {
        step: actionOf<One, unknown>()({
          actor: 'user',
          says: 'steps',
          then: (draft) => {
            if (wrong.throws === 'action' && draft.at === 3) throw new Error('three');
            draft.at += 1;
          },
        }),
      },
      invariants: {
        small: {
          kind: 'always',
          says: 'small',
          source: 'a test',
          holds: ({ at }: One) => {
            if (wrong.throws === 'invariant' && at === 3) throw new Error('three');
            return true;
          },
        },
      },
    });

  test.each([
    ['UW101', { nowhere: true }],
    ['UW106', { throws: 'action' }],
    ['UW106', { throws: 'invariant' }],
  ] as const)('or of a model that does not, with %s: %o', (code, wrong) => {
    const run = () =>
      searchRandomly(systemOf(broken(wrong), plainScenario), { seed: 1, runs: 9, maxDepth: 9 });
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});

import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type Scenario, type System } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { waiting } from '../../testing/models/waiting.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { layoutOf } from './packing/layout.ts';
import { explore, exploreInSlices } from './explore.ts';
import type { ExhaustiveOptions } from './options.ts';
import { fingerprintsOf, missedAtMost } from './store/fingerprint.ts';
import { CANDIDATE_EXTRA, INSERTED } from './kernel/offsets.ts';
import type { ExhaustiveResult } from './search.ts';

const place = createWorkplace();
afterAll(place.remove);

const gate = (scenario: Partial<Scenario> = {}): System =>
  systemOf(smiGate, { ...plainScenario, ...scenario });
const M = { cores: 3, nonces: 3 };

interface Meter {
  readonly count: number;
  readonly dials: readonly number[];
}

const act = actionOf<Meter, unknown>();

/** States of several words, one field of which takes more values than a byte has. */
const meter = systemOf(
  defineModel({
    id: 'meter',
    says: 'counts, and has dials',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Meter => ({ count: 0, dials: Array.from({ length: 24 }, () => 0) }),
    actions: {
      leap: act({
        actor: 'user',
        says: 'lets it run',
        choose: { to: integers(1, 280) },
        when: ({ count, dials }) => count === 0 && dials.every((dial) => dial === 0),
        then: (draft, { to }) => {
          draft.count = to;
        },
      }),
      turn: act({
        actor: 'user',
        says: 'turns a dial',
        choose: { dial: integers(0, 23) },
        when: ({ count, dials }, { dial }) => count % 280 === 0 && dials[dial]! < 9,
        then: (draft, { dial }) => {
          draft.dials[dial]! += 1;
        },
      }),
      reset: act({
        actor: 'user',
        says: 'turns some back',
        choose: { dial: integers(0, 20) },
        when: ({ count }) => count === 280,
        then: (draft, { dial }) => {
          draft.dials[dial] = 0;
          draft.dials[dial + 1] = 0;
        },
      }),
    },
    invariants: {
      low: {
        kind: 'always',
        says: 'two dials do not stand at two once it ran',
        source: 'test',
        holds: ({ count, dials }: Meter) => !(count > 0 && dials[0] === 2 && dials[20] === 2),
      },
    },
  }),
  plainScenario,
);

interface Clock {
  readonly hands: readonly number[];
  readonly marks: readonly (readonly number[])[];
}

const marksAt = (hand: number): readonly number[] =>
  Array.from({ length: 14 }, (_, mark) => (hand * (mark + 1)) % 16);

/** States of many words, few of which wait to be expanded at any time. */
const clock = systemOf(
  defineModel({
    id: 'clock',
    says: 'three hands, each with marks that say where it is',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: (): Clock => ({ hands: [0, 0, 0], marks: [0, 0, 0].map(marksAt) }),
    actions: {
      move: actionOf<Clock, unknown>()({
        actor: 'user',
        says: 'moves a hand',
        choose: { hand: integers(0, 2) },
        then: (draft, { hand }) => {
          draft.hands[hand] = ((draft.hands[hand] ?? 0) + 1) % 80;
          draft.marks[hand] = [...marksAt(draft.hands[hand])];
        },
      }),
    },
    invariants: {
      apart: {
        kind: 'always',
        says: 'the hands never meet at the last mark',
        source: 'test',
        holds: ({ marks }: Clock) =>
          !marks.every((list) => list[0] === 15 && list[1] === 14 && list[12] === 99),
      },
    },
  }),
  plainScenario,
);

/** All of a result but its memory. */
const found = (result: ExhaustiveResult): object => ({ ...result, bytes: 0, missedAtMost: undefined });

const MODES: readonly ExhaustiveOptions[] = [
  { parents: false },
  { parents: false, fuseFrom: 16 },
  { states: 'fingerprint' },
  { states: 'fingerprint', fuseFrom: 16 },
];

describe.each(MODES)('%o finds what is found with all in memory', (mode) => {
  // The amount that is learned ahead depends on when tries are fused.
  const same: ExhaustiveOptions = mode.fuseFrom === undefined ? {} : { fuseFrom: mode.fuseFrom };
  test.each([
    ['the reference model', gate(), {}],
    ['an attack on it', gate({ without: ['smiLock'], parameters: M }), {}],
    ['a model with every kind of invariant', systemOf(waiting, plainScenario), {}],
    ['wide states', meter, { invariants: [], limits: { maxStates: 100_000 } }],
    ['very wide states', clock, { limits: { maxStates: 50_000 } }],
    ['an attack among wide states', meter, {}],
  ] as const)('%s', (_, system, options) => {
    expect(found(explore(system, { ...options, ...mode }))).toEqual(
      found(explore(system, { ...options, ...same })),
    );
  });

  test('random models, each invariant alone', () => {
    fc.assert(
      fc.property(randomModel, (model) => {
        const system = systemOf(model, plainScenario);
        for (const [id, { kind }] of Object.entries(model.invariants)) {
          // Ways back need the states themselves; that is refused, and tested below.
          if (kind === 'recovers' && mode.states === 'fingerprint') continue;
          const options = { invariants: [id] };
          expect(found(explore(system, { ...options, ...mode }))).toEqual(
            found(explore(system, { ...options, ...same })),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  test('ways back are not looked for among fingerprints', () => {
    const model = fc
      .sample(randomModel, { numRuns: 50, seed: 3 })
      .find(({ invariants }) => Object.values(invariants).some(({ kind }) => kind === 'recovers'));
    const run = (): unknown => explore(systemOf(model!, plainScenario), { states: 'fingerprint' });
    expect(run).toThrow(expect.objectContaining({ code: 'UW202' }));
  });

  test('in several parts, too', () => {
    const system = gate({ without: ['smiLock'], parameters: M });
    const checkpoint = { file: join(place.path, `${JSON.stringify(mode).length}.checkpoint`) };
    for (const count of [20, 40]) {
      const search = exploreInSlices(system, { ...mode, checkpoint });
      for (let slice = 0; slice < count; slice += 1) search.next();
      search.next('stop');
    }
    expect(explore(system, { ...mode, checkpoint })).toEqual(explore(system, mode));
  });
});

describe('memory', () => {
  test.each([
    [{}, 40],
    [{ parents: false }, 24],
    [{ states: 'fingerprint' }, 24],
  ] as const)('%o: M takes at most %d bytes a state', (mode, most) => {
    const { states, bytes } = explore(gate({ parameters: M }), mode);
    expect(states).toBe(2_308_863);
    expect(bytes / states).toBeLessThan(most);
  });

  test('wide states take less as fingerprints', () => {
    const exact = explore(clock);
    const prints = explore(clock, { states: 'fingerprint' });
    expect([exact.states, prints.states]).toEqual([512_000, 512_000]);
    expect(prints.bytes).toBeLessThan(0.65 * exact.bytes);
  });

  test('fingerprints without links are refused', () => {
    expect(() => explore(gate(), { states: 'fingerprint', parents: false })).toThrow(
      expect.objectContaining({ code: 'UW202' }),
    );
  });
});

describe('fingerprints', () => {
  test('a result says with what probability a state was missed; an exact one says nothing', () => {
    expect(explore(gate(), { states: 'fingerprint' }).missedAtMost).toBe(missedAtMost(236_865));
    expect(explore(gate())).not.toHaveProperty('missedAtMost');
    expect(missedAtMost(236_865)).toBeCloseTo((236_865 * 236_866) / 2 ** 65, 15);
    expect(missedAtMost(1e12)).toBe(1);
  });

  test('are spread like random numbers, both halves apart and together', () => {
    const layout = layoutOf(
      Array.from({ length: 5 }, (_, field) => ({ part: `${field}`, bits: [4, 8, 3, 2, 3][field]! })),
    );
    const { table, loops } = fingerprintsOf(layout);
    const count = 2 ** layout.bits;
    const stride = layout.words + CANDIDATE_EXTRA;
    const candidates = new Int32Array(count * stride);
    for (let state = 0; state < count; state += 1) candidates[state * stride] = state;
    const slots = new Int32Array(2 * 2 ** 21 + 2 ** 13);
    const room = new Int32Array(count);
    const segments = Array.from({ length: count >> 16 }, () => new Int32Array(2 ** 16));
    const report = new Float64Array(INSERTED.length);
    for (let from = 0; from < count; from += 2 ** 16) {
      loops.insert({
        candidates,
        from,
        to: from + 2 ** 16,
        slots,
        logSize: 21,
        segments,
        parents: room.subarray(0, 2 ** 16),
        instances: room,
        size: from,
        table,
        report,
      });
    }
    expect(report[INSERTED.size]).toBe(count);
    /**
     * Pairs of states that agree in the bits that `of` gives of their fingerprints, by what is to be
     * expected.
     */
    const ratio = (bits: number, of: (a: number, b: number) => number): number => {
      const seen = new Set<number>();
      for (let at = 0; at < slots.length; at += 2)
        if (slots[at + 1] !== 0) seen.add(of(slots[at]!, slots[at + 1]!));
      return (count - seen.size) / (count ** 2 / 2 ** (bits + 1));
    };
    // States that differ in the same fields agree together: single ratios vary more than those of random
    // numbers.
    const ratios = [0, 9, 18, 27].map((turn) =>
      ratio(28, (a, b) => ((a << turn) ^ (turn === 0 ? 0 : b >>> (32 - turn))) >>> 4),
    );
    const mean = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.25);
    expect(Math.max(...ratios)).toBeLessThan(2);
  });
});

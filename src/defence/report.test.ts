import { describe, expect, test } from 'vitest';
import { explore } from '../search/exhaustive/explore.ts';
import { pathViolatesOrWitnesses, statesOf } from '../search/trace.ts';
import { systemOf, type Scenario } from '../model/index.ts';
import { systemWith, type DefenceQuestion } from './question.ts';
import { defencesInSlices, findDefences, type DefenceOptions } from './report.ts';
import type { DefenceReport, SufficientSets } from './result.ts';
import { attackFamily } from './replay-family.ts';
import { createSets } from './sets/diagram.ts';
import { keep } from './testing/keep.ts';

const names = Object.keys(keep.defences);
const ask = (
  invariant: 'kept' | 'outside',
  without: readonly string[],
  more: Partial<Scenario> = {},
): DefenceQuestion => ({
  id: `${invariant} without ${without.join(' ')}`,
  model: keep,
  scenario: { without, capabilities: ['hands', 'tools'], parameters: {}, ...more },
  invariant,
});

const subsets = (all: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** all.length }, (_, set) => all.filter((__, bit) => ((set >> bit) & 1) === 1));
const isWithin = (small: readonly string[], large: readonly string[]): boolean =>
  small.every((name) => large.includes(name));
const sorted = (sets: readonly (readonly string[])[]): readonly string[] =>
  sets.map((set) => set.toSorted().join(' ')).toSorted();

/** Decides every set by a search of its own. */
const searchedOneByOne = (
  question: DefenceQuestion,
  given: readonly string[],
): ReadonlyMap<string, boolean> => {
  const free = names.filter((name) => !given.includes(name));
  return new Map(
    subsets(free).map((set) => {
      const without = free.filter((name) => !set.includes(name));
      const system = systemOf(keep, { ...question.scenario, without });
      const { kind } = explore(system, { invariants: [question.invariant] }).verdicts[question.invariant]!;
      return [set.join(' '), kind !== 'violated'];
    }),
  );
};

const enoughByHand = (holds: ReadonlyMap<string, boolean>) => {
  const all = [...holds].map(([key, isEnough]) => ({ set: key === '' ? [] : key.split(' '), isEnough }));
  const minimal = all.filter(
    ({ isEnough, set }) =>
      isEnough &&
      all.every((one) => !one.isEnough || one.set.length === set.length || !isWithin(one.set, set)),
  );
  return {
    minimal: sorted(minimal.map(({ set }) => set)),
    harmful: all
      .filter(({ isEnough, set }) => !isEnough && minimal.some((one) => isWithin(one.set, set)))
      .map(({ set }) => set),
  };
};

const setsIn = ({ sets }: SufficientSets): readonly string[] => sorted(sets.map(({ defences }) => defences));

const find = (questions: readonly DefenceQuestion[], options: DefenceOptions = {}): DefenceReport =>
  findDefences(questions, options);

describe('which sets are enough', () => {
  test.each([
    ['from nothing', ask('kept', names), 'nothing'],
    ['from nothing, of steps', ask('outside', names), 'nothing'],
    ['of what can be added', ask('kept', ['bar', 'lock', 'guard', 'lantern']), 'scenario'],
    ['with a defence that does harm on', ask('kept', ['bar', 'moat', 'guard', 'lock']), 'scenario'],
    ['without tools nothing is needed', ask('kept', names, { capabilities: ['hands'] }), 'nothing'],
  ] as const)('is what a search of each set says: %s', (_, question, from) => {
    const given = from === 'nothing' ? [] : names.filter((name) => !question.scenario.without.includes(name));
    const byHand = enoughByHand(searchedOneByOne(question, given));
    const { together } = find([question], { from });
    expect(together.complete).toBe(true);
    expect(setsIn(together)).toEqual(byHand.minimal);
    for (const { defences } of together.harmful)
      expect(byHand.harmful.some((set) => sorted([set])[0] === sorted([defences])[0])).toBe(true);
  });

  test('names what each is good for, and that a lantern does harm', () => {
    const { together, stopped, unstoppable } = find([ask('kept', names)], { from: 'nothing' });
    expect(setsIn(together)).toEqual(['bar moat', 'guard', 'lock']);
    expect(together.sets.map(({ cost, minimal }) => [cost, minimal])).toEqual([
      [1, true],
      [1, true],
      [2, true],
    ]);
    expect(together).toMatchObject({
      essential: [],
      useless: ['lantern', 'sign'],
      alternatives: ['bar', 'moat', 'guard', 'lock'],
      exchangeable: [['guard', 'lock']],
    });
    expect([stopped, unstoppable]).toEqual([['kept without bar moat guard lock lantern sign'], []]);
    const harm = find([ask('kept', ['lock', 'lantern', 'guard'], {})], {}).together;
    expect(harm.harmful).toEqual([]);
    const lit = find([ask('kept', ['bar', 'lock', 'lantern'])], {}).together;
    expect(setsIn(lit)).toEqual(['']);
  });

  test('costs decide which is the cheapest', () => {
    const of = (costs: DefenceOptions['costs']) =>
      find([ask('kept', names)], { from: 'nothing', ...(costs === undefined ? {} : { costs }) }).together
        .sets[0];
    expect(of({ guard: 5, lock: 4 })).toMatchObject({ defences: ['bar', 'moat'], cost: 2 });
    expect(of({ bar: 0, moat: 0.5 })).toMatchObject({ defences: ['bar', 'moat'], cost: 0.5 });
    expect(of({ lock: 2 })).toMatchObject({ defences: ['guard'], cost: 1 });
  });

  test('several attacks are taken together', () => {
    const { attacks, together } = find([ask('kept', names), ask('outside', ['bar', 'moat', 'lock'])], {
      from: 'nothing',
    });
    expect(attacks.map(({ enough }) => setsIn(enough))).toEqual([
      ['bar moat', 'guard', 'lock'],
      ['bar moat'],
    ]);
    expect(setsIn(together)).toEqual(['bar moat']);
    expect(together.sets[0]!.without.map(({ attack, defence }) => [defence, attack?.id])).toEqual([
      ['bar', 'kept without bar moat guard lock lantern sign'],
      ['moat', 'kept without bar moat guard lock lantern sign'],
    ]);
    expect(together.insufficient.map(({ attack, lacks }) => [lacks, attack.id])).toEqual([
      [['bar'], 'outside without bar moat lock'],
      [['moat'], 'outside without bar moat lock'],
    ]);
  });

  test('every attack that is told works where it is told to', () => {
    const { attacks, together } = find([ask('kept', names)], { from: 'nothing' });
    const shown = [
      ...together.insufficient.map(({ attack, defences }) => [attack, defences] as const),
      ...together.harmful.map(({ attack, defences }) => [attack, defences] as const),
      ...together.sets.flatMap(({ defences, without }) =>
        without.map(({ attack, defence }) => [attack!, defences.filter((one) => one !== defence)] as const),
      ),
    ];
    expect(shown.length).toBeGreaterThan(4);
    for (const [{ known }, on] of shown) {
      const system = systemWith(ask('kept', names), new Set(on));
      const { trace } = attacks[0]!.known[known]!;
      expect(pathViolatesOrWitnesses(system, 'kept', statesOf(system, trace))).toBe(true);
    }
  });

  test('an attack works only where all of its steps can be taken', () => {
    // Into the yard, and then into the hall and at the crown: the yard alone is no such attack.
    const steps = ['enter', 'read', 'take'].map((action) => ({
      action,
      choice: action === 'read' ? { slowly: false } : {},
    }));
    const sets = createSets(names.length);
    const places = new Map(names.map((name, place) => [name, place]));
    const system = systemWith(ask('outside', names), new Set());
    const question = { system, sets, places, among: sets.all, trace: { initial: 0, steps } };
    const family = attackFamily({ ...question, invariant: 'outside' });
    const on = (...some: readonly string[]): ReadonlySet<number> =>
      new Set(some.map((name) => places.get(name)!));
    expect(sets.has(family.works, on())).toBe(true);
    expect(sets.has(family.works, on('guard'))).toBe(false);
    expect(
      family.stopped.map(({ because, sets: stopped, step }) => [step, because, sets.count(stopped)]),
    ).toEqual([
      [1, 'guard refuses', 32],
      // A guard, or a lock without a lantern.
      [3, 'guard refuses', 20],
    ]);
    expect(sets.count(family.works)).toBe(12);
  });

  test('a defence that is added and does harm is told', () => {
    // The lock is enough; beside a lantern it is not, and bar and moat would be.
    const { together } = find([ask('kept', ['lock', 'lantern'], {})], {});
    expect(setsIn(together)).toEqual(['']);
    const open = find([{ ...ask('kept', ['bar', 'lock', 'lantern', 'guard']), id: 'open' }], {}).together;
    expect(setsIn(open)).toEqual(['bar', 'guard', 'lock']);
    expect(open.insufficient).toEqual([]);
    expect(open.insufficientOpen).toEqual([['lantern']]);
    expect(open.harmful.map(({ defences }) => defences)).toEqual([['lock', 'lantern']]);
  });

  test('an attack that is none any more is told, and stops nothing', () => {
    const { attacks, unstoppable } = find([ask('kept', ['bar'])], {});
    expect(attacks[0]).toMatchObject({ verdict: 'holds', known: [] });
    expect(unstoppable).toEqual([]);
  });

  test('what no set stops is named', () => {
    const without = ['bar', 'moat', 'sign'];
    const { attacks, stopped, together, unstoppable } = find(
      [ask('kept', ['sign', 'guard', 'lock', 'bar', 'moat'])],
      {},
    );
    expect([stopped.length, unstoppable]).toEqual([1, []]);
    expect(setsIn(together)).toEqual(['bar moat', 'guard']);
    expect(attacks[0]!.known[0]!.trace.steps.map(({ action }) => action)).toEqual(['enter', 'read', 'take']);
    const only = find(
      [
        { ...ask('outside', ['sign', 'bar']), id: 'gate' },
        { ...ask('kept', without), id: 'crown' },
      ],
      {},
    );
    expect(only.unstoppable).toEqual([]);
  });

  test('a limit leaves sets open, and nothing is said of what is needed', () => {
    const { attacks, together } = find([ask('kept', names)], { from: 'nothing', limits: { maxStates: 3 } });
    expect(attacks[0]!.verdict).toBe('undecided');
    expect(together.essential).toEqual([]);
    expect(attacks[0]!.enough.complete).toBe(false);
  });

  test('stops when told to, with what it has', () => {
    const slices = defencesInSlices([ask('kept', names)], {
      from: 'nothing',
      limits: { maxStates: 100_000 },
    });
    let slice = slices.next();
    while (slice.done !== true) slice = slices.next('stop');
    expect(slice.value.interrupted || slice.value.together.complete).toBe(true);
  });
});

describe('the matrix', () => {
  test('says where an attack ends, and whether another one works', () => {
    const [row] = find([ask('kept', names)], { matrix: true }).matrix!.rows;
    const cell = (set: string, defence: string): readonly unknown[] => {
      const found = row!.cells.find((one) => one.set === set && one.defence === defence)!;
      return [found.verdict, found.endsAt, found.because];
    };
    // The attack is: enter, read, take.
    expect(cell('alone on', 'bar')).toEqual(['open', 1, 'guard refuses']);
    expect(cell('alone on', 'moat')).toEqual(['open', undefined, undefined]);
    expect(cell('alone on', 'guard')).toEqual(['holds', 3, 'guard refuses']);
    expect(cell('alone on', 'lantern')).toEqual(['open', undefined, undefined]);
    expect(cell('alone off', 'guard')).toEqual(['holds', 1, 'guard refuses']);
    expect(row!.cells).toHaveLength(12);
  });
});

describe('questions that cannot be asked', () => {
  test.each([
    ['none', [], {}, 'UW411'],
    ['two models', [ask('kept', names), { ...ask('kept', names), model: { ...keep } }], {}, 'UW411'],
    ['a kind that no path shows', [{ ...ask('kept', names), invariant: 'stays' }], {}, 'UW412'],
    ['a cost of nothing', [ask('kept', names)], { costs: { wall: 1 } }, 'UW413'],
    ['a cost below nothing', [ask('kept', names)], { costs: { bar: -1 } }, 'UW413'],
    ['a limit that is none', [ask('kept', names)], { limits: { maxStates: 0 } }, 'UW201'],
  ] as const)('%s', (_, questions, options, code) => {
    expect(() => find(questions, options)).toThrow(expect.objectContaining({ code }));
  });
});

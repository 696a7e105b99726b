import { describe, expect, it } from 'vitest';
import { defineModel, systemOf, type Instance, type System } from '../../model/index.ts';
import { explore } from '../../search/exhaustive/explore.ts';
import { pathViolatesOrWitnesses, statesOf } from '../../search/trace.ts';
import { vault, type Touch } from '../../testing/models/vault.ts';
import { keep } from '../testing/keep.ts';
import { classifyInSlices, type AttackClasses, type ClassifyOptions } from './attack-classes.ts';

const classesOf = (system: System, invariant: string, options: ClassifyOptions = {}): AttackClasses => {
  const slices = classifyInSlices(system, invariant, options);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

/** A house with three ways in, of which one is short for whoever has a key as well. */
interface House {
  readonly at: 'street' | 'garden' | 'roof' | 'in';
  readonly key: boolean;
}

const walk = (from: House['at'], to: House['at'], needs: 'legs' | 'rope' | 'key') => ({
  actor: 'burglar',
  says: `goes from ${from} to ${to}`,
  needs,
  when: ({ at }: House) => at === from,
  then: (draft: { at: House['at'] }) => {
    draft.at = to;
  },
});

const house = defineModel({
  id: 'house',
  says: 'a house',
  defences: {},
  capabilities: { legs: 'walks', rope: 'climbs', key: 'has a key' },
  parameters: {},
  initial: (): House => ({ at: 'street', key: false }),
  actions: {
    climbFence: walk('street', 'garden', 'legs'),
    climbWall: walk('garden', 'roof', 'rope'),
    chimney: walk('roof', 'in', 'rope'),
    cellar: walk('garden', 'in', 'key'),
    door: walk('street', 'in', 'key'),
  },
  invariants: {
    out: {
      kind: 'always',
      says: 'the burglar is out',
      source: 'here',
      holds: ({ at }: House) => at !== 'in',
    },
    busy: {
      kind: 'no-deadlock',
      says: 'something can happen',
      source: 'here',
    },
  },
});

const scenario = { without: [], capabilities: ['key', 'legs', 'rope'], parameters: {} };
const usesOf = ({ classes }: AttackClasses): readonly string[] =>
  classes.map(({ trace, uses }) => `${trace.steps.length}: ${uses.join(' ')}`);

describe('classifyInSlices', () => {
  const system = systemOf(house, scenario);

  it('finds one shortest attack for each way that is shorter or uses less', () => {
    const found = classesOf(system, 'out');
    expect(usesOf(found)).toEqual(['1: door', '2: climbFence cellar', '3: climbFence climbWall chimney']);
    expect(found.complete).toBe(true);
    expect(found.cuts).toEqual([
      ['climbFence', 'door'],
      ['climbWall', 'cellar', 'door'],
      ['chimney', 'cellar', 'door'],
    ]);
  });

  it('finds the weakest adversaries: what they must be able to do', () => {
    const found = classesOf(system, 'out', { by: 'capabilities' });
    expect(usesOf(found)).toEqual(['1: key', '3: legs rope']);
    expect(found.cuts).toEqual([
      ['legs', 'key'],
      ['rope', 'key'],
    ]);
  });

  it('says that there may be more where a limit ended it', () => {
    const found = classesOf(system, 'out', { maxSearches: 2 });
    expect([found.complete, found.classes.length, found.searches]).toEqual([false, 2, 2]);
    expect(classesOf(system, 'out', { limits: { maxDepth: 1 } })).toMatchObject({
      complete: false,
      bound: 'maxDepth',
      classes: [{ uses: ['door'] }],
      // Without these nothing at all can happen, and the limit ends nothing.
      cuts: [['climbFence', 'door']],
    });
  });

  it('finds no way where there is none, and nothing to cut', () => {
    const found = classesOf(systemOf(house, { ...scenario, capabilities: ['legs'] }), 'out');
    expect(found).toMatchObject({ classes: [], cuts: [[]], complete: true, searches: 1 });
  });

  it('refuses an invariant of which less that can happen may break more', () => {
    expect(() => classesOf(system, 'busy')).toThrow(/UW412/);
  });
});

const touches: readonly Touch[] = [
  { thing: 'upper', value: false },
  { thing: 'lower', value: false },
  { thing: 'lamp', value: true },
  { thing: 'door', value: true },
];

/**
 * Two ways of two steps each, which have nothing in common: the second is found twice, without each step of
 * the first.
 */
const cross = defineModel({
  ...house,
  id: 'cross',
  actions: {
    wade: walk('street', 'garden', 'legs'),
    walkIn: walk('garden', 'in', 'legs'),
    throwRope: walk('street', 'roof', 'rope'),
    slide: walk('roof', 'in', 'rope'),
  },
});

/** The length of a shortest attack where only some instances are there, by a search of its own. */
const lengthAmong = (
  system: System,
  invariant: string,
  isThere: (instance: Instance) => boolean,
): number | undefined => {
  const fewer = { ...system, instances: system.instances.filter(isThere) };
  const verdict = explore(fewer, { invariants: [invariant] }).verdicts[invariant];
  return verdict?.kind === 'violated' ? verdict.trace?.steps.length : undefined;
};

const subsets = (all: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: 2 ** all.length }, (_, set) => all.filter((__, bit) => ((set >> bit) & 1) === 1));

describe.each([
  [
    'a keep',
    systemOf(keep, {
      without: ['bar', 'guard', 'lock', 'moat'],
      capabilities: ['hands', 'tools'],
      parameters: {},
    }),
    'kept',
  ],
  [
    'a vault',
    systemOf(vault, { without: [], capabilities: ['eyes', 'hands'], parameters: { touches } }),
    'shut',
  ],
  ['a house', systemOf(house, scenario), 'out'],
  ['a cross', systemOf(cross, scenario), 'out'],
] as const)('%s: what follows of every set is what a search of its own finds', (_what, system, invariant) => {
  it.each(['actions', 'choices', 'capabilities'] as const)('by %s', (by) => {
    const { among, complete, cuts, classes } = classesOf(system, invariant, { by });
    expect(complete).toBe(true);
    for (const { trace } of classes)
      expect(pathViolatesOrWitnesses(system, invariant, statesOf(system, trace))).toBe(true);
    const usedBy = ({ action, key }: Instance): string | undefined => {
      if (by === 'choices') return key;
      return by === 'actions' ? action : system.model.actions[action]?.needs;
    };
    for (const set of subsets(among)) {
      const isThere = (instance: Instance): boolean => {
        const used = usedBy(instance);
        return used === undefined || !among.includes(used) || set.includes(used);
      };
      const able = classes.filter(({ uses }) => uses.every((one) => set.includes(one)));
      const lengths = able.map(({ trace }) => trace.steps.length);
      expect(lengthAmong(system, invariant, isThere)).toBe(
        lengths.length === 0 ? undefined : Math.min(...lengths),
      );
      expect(cuts.some((cut) => cut.every((one) => !set.includes(one)))).toBe(lengths.length === 0);
    }
  });
});

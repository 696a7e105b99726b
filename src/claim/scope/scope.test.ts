import { describe, expect, test } from 'vitest';
import { suite } from '../claim.ts';
import { systemOf, type Model } from '../../model/index.ts';
import { explore } from '../../search/exhaustive/explore.ts';
import { vault, type Touch, type Vault, type VaultParameters } from '../../testing/models/vault.ts';
import { partsOutside } from './parts.ts';
import { scopeInSlices, type ScopeOptions, type ScopeReport } from './scope.ts';
import type { Trial } from './trial.ts';

type AnyVault = Model<Vault, VaultParameters, 'door' | 'alarm', 'touch' | 'pull' | 'look', 'shut'>;

const looked = (
  touches: readonly Touch[],
  options: ScopeOptions = {},
  model: AnyVault = vault,
  leavesOut: { readonly [part: string]: string } = {},
  untried?: { readonly [pattern: string]: string },
): ScopeReport => {
  const { claims } = suite({
    id: 'vault',
    says: 'bolts keep a vault shut',
    model,
    claims: {
      V: {
        invariant: 'shut',
        capabilities: ['hands'],
        parameters: { touches },
        expect: 'holds',
        says: 'It stays shut.',
        source: 'common sense',
        leavesOut,
        ...(untried === undefined ? {} : { untried }),
      },
    },
  });
  const slices = scopeInSlices(claims[0]!, options);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

const UPPER: readonly Touch[] = [
  { thing: 'upper', value: false },
  { thing: 'upper', value: true },
];
const of = (trials: readonly Trial[], outcome: Trial['outcome']): readonly string[] =>
  trials.filter((trial) => trial.outcome === outcome).map(({ parts }) => parts.join(' + '));

describe('what is outside the scope of a claim', () => {
  test('a gate that was left out is found, with the attack', () => {
    const { sound, trials } = looked(UPPER);
    expect(sound).toBe(false);
    expect(of(trials, 'changes')).toEqual(['touches lower', 'touches door']);
    expect(trials.find(({ parts }) => parts[0] === 'touches lower')?.attack?.length).toBe(3);
  });

  test('what nobody reads is irrelevant by proof, what is read is tried', () => {
    const { trials } = looked(UPPER);
    expect(of(trials, 'irrelevant')).toEqual(['touches lamp', 'touches paint']);
    expect(of(trials, 'same')).toEqual(['rusty = true', 'capability eyes', 'defence alarm off']);
    expect(of(trials, 'rests on')).toEqual(['defence door off']);
    expect(of(trials, 'untried')).toEqual(['hinges']);
  });

  test('two that only together break it are found with pairs, and only with these', () => {
    const door = { 'touches door': 'whoever opens it opens it' };
    expect(looked([], {}, vault, door)).toMatchObject({ sound: true, pairs: [] });
    const { pairs, pairsProved, sound } = looked([], { pairs: true }, vault, door);
    expect(sound).toBe(false);
    expect(of(pairs, 'changes')).toEqual(['touches upper + touches lower']);
    expect([pairs.length, pairsProved]).toEqual([1, 14]);
  });

  test('what a claim leaves out by name is no gap, and what it names in vain is', () => {
    const named = { 'touches door': 'it opens', 'touches lower': 'it opens by both bolts' };
    expect(looked(UPPER, {}, vault, named)).toMatchObject({ sound: true, stale: [] });
    expect(looked(UPPER, {}, vault, { ...named, 'touches lamp': 'light' })).toMatchObject({
      sound: false,
      stale: ['touches lamp'],
    });
  });

  test('what a claim says was not tried is not, unless all is asked for or it is named as what changes the verdict', () => {
    const door = { 'touches door': 'it opens' };
    const untried = { 'touches l*': 'too many', 'defence ?larm off': 'louder' };
    const { sound, stale, trials } = looked(UPPER, {}, vault, door, untried);
    expect(trials.filter(({ outcome }) => outcome === 'untried')).toEqual([
      { parts: ['touches lower'], outcome: 'untried', because: 'too many' },
      { parts: ['touches lamp'], outcome: 'untried', because: 'too many' },
      { parts: ['defence alarm off'], outcome: 'untried', because: 'louder' },
      { parts: ['hinges'], outcome: 'untried', because: expect.stringContaining('a number') as unknown },
    ]);
    expect([sound, stale]).toEqual([true, []]);
    const all = looked(UPPER, { all: true }, vault, door, untried);
    expect([all.sound, of(all.trials, 'changes')]).toEqual([false, ['touches lower', 'touches door']]);
    const whole = looked(UPPER, {}, vault, door, { 'touches *': 'too many' });
    expect(of(whole.trials, 'changes')).toEqual(['touches door']);
  });

  test('a pattern of what was not tried that fits nothing is in vain', () => {
    const named = { 'touches lower': 'both', 'touches door': 'it opens' };
    const untried = { 'tuoches *': 'a typing error', hinges: 'of them there are two' };
    const report = looked(UPPER, {}, vault, named, untried);
    expect([report.sound, report.stale]).toEqual([false, ['tuoches *']]);
    const part = looked(UPPER, { only: (id) => id.startsWith('touches ') }, vault, named, untried);
    expect([part.sound, part.stale]).toEqual([true, []]);
  });

  test('a trial that a limit ends is undecided', () => {
    const { sound, trials } = looked(UPPER, { limits: { maxStates: 3 } });
    expect(sound).toBe(false);
    expect(of(trials, 'undecided')).toContain('touches lower');
    expect(of(trials, 'changes')).not.toContain('touches lower');
    expect(trials.find(({ outcome }) => outcome === 'undecided')?.bound).toBe('maxStates');
  });

  test('whoever stops it has what was found so far', () => {
    const { claims } = suite({
      id: 'vault',
      says: 'a vault',
      model: vault,
      claims: { V: { invariant: 'shut', capabilities: ['hands'], expect: 'holds', says: 'S.', source: 's' } },
    });
    const slices = scopeInSlices(claims[0]!);
    let slice = slices.next();
    while (slice.done !== true) slice = slices.next('stop');
    expect(slice.value).toMatchObject({ interrupted: true, sound: false });
  });
});

describe('searches that parts share', () => {
  const shared = ({ trials }: ScopeReport): readonly string[] =>
    trials.filter((trial) => trial.shared === true).map(({ parts }) => parts.join());

  test.each([
    ['nothing', []],
    ['the upper bolt', UPPER],
  ])('say of each what a search of it alone says: beside %s', (_, touches) => {
    const report = looked(touches);
    const scenario = { without: [], capabilities: ['hands'], parameters: { touches } };
    const { parts } = partsOutside(systemOf(vault, scenario));
    for (const part of parts.filter(({ id }) => shared(report).includes(id))) {
      const { verdicts } = explore(systemOf(vault, part.extend(scenario)), { invariants: ['shut'] });
      expect([part.id, verdicts['shut']!.kind]).toEqual([part.id, 'holds']);
    }
    expect(shared(report)).toEqual(['rusty = true', 'capability eyes']);
  });

  test('are none where a function asks after what a part changes: there each is tried alone', () => {
    const when: typeof vault.actions.pull.when = (state, choice, setting) =>
      setting.parameters.touches.length > 2 || vault.actions.pull.when!(state, choice, setting);
    const model: AnyVault = {
      ...vault,
      actions: { ...vault.actions, pull: { ...vault.actions.pull, when } },
    };
    const report = looked(UPPER, {}, model);
    expect(shared(report).filter((id) => id.startsWith('touches '))).toEqual([]);
    expect(of(report.trials, 'changes')).toEqual([
      'touches lower',
      'touches lamp',
      'touches paint',
      'touches door',
    ]);
  });

  test('take only what was asked for', () => {
    const { stale, trials } = looked(UPPER, { only: (id) => id.startsWith('touches ') }, vault, {
      'touches lower': 'both bolts',
      'capability eyes': 'not looked at',
    });
    expect(trials.flatMap(({ parts }) => parts)).toEqual([
      'touches lower',
      'touches lamp',
      'touches paint',
      'touches door',
    ]);
    expect(stale).toEqual([]);
  });
});

describe('a proof that a field is irrelevant', () => {
  const all = { id: '', says: '', model: vault } as const;
  const systemWith = (...names: readonly string[]): ReturnType<typeof systemOf> => {
    const base = systemOf(all.model, {
      without: [],
      capabilities: ['hands'],
      parameters: { touches: UPPER },
    });
    const parts = partsOutside(base).parts.filter(({ id }) => names.includes(id));
    return systemOf(
      vault,
      parts.reduce((scenario, part) => part.extend(scenario), base.scenario),
    );
  };

  test('says what a search of all of it says: paint goes through three values, the lamp through two', () => {
    const found = explore(systemWith('touches lamp', 'touches paint'), { invariants: ['shut'] });
    expect(found).toMatchObject({ complete: true, states: 12, verdicts: { shut: { kind: 'holds' } } });
  });

  const misread: readonly (readonly [string, Partial<AnyVault['actions']>])[] = [
    ['a guard that looks at it', { pull: { ...vault.actions.pull, when: ({ lamp }: Vault) => lamp } }],
    [
      'a guard that looks at a value that it takes on the second try only',
      { pull: { ...vault.actions.pull, when: ({ paint }: Vault) => paint === 2 } },
    ],
    [
      'a recipe of its own that writes what matters once it has another value',
      {
        touch: {
          ...vault.actions.touch,
          then: (draft, choice, setting) => {
            if (draft.paint === 2) draft.open = true;
            vault.actions.touch.then(draft, choice, setting);
          },
        },
      },
    ],
  ];

  test.each(misread)('is not given for %s: there the attack is found', (_, changed) => {
    const model: AnyVault = { ...vault, actions: { ...vault.actions, ...changed } };
    const { trials } = looked(UPPER, {}, model);
    expect(of(trials, 'irrelevant')).not.toContain(of(trials, 'changes').find((id) => /lamp|paint/.test(id)));
    expect(of(trials, 'changes').some((id) => /lamp|paint/.test(id))).toBe(true);
  });
});

test('a universe that does not fit its model is refused', () => {
  const ill = { ...vault, universe: () => ({ touch: {} }) } as unknown as AnyVault;
  expect(() => looked(UPPER, {}, ill)).toThrow(expect.objectContaining({ code: 'UW346' }));
  const odd = { ...vault, universe: () => ({ touches: { lower: 1 } }) } as unknown as AnyVault;
  expect(() => looked(UPPER, {}, odd)).toThrow(expect.objectContaining({ code: 'UW346' }));
});

import { explore, learnAll, systemOf, type Claim, type LearnedSystem, type System } from 'underwatch';
import { describe, expect, test } from 'vitest';
import { lacks } from '../src/testing/checkers.ts';
import { expectRumurAgrees, expectSpinAgrees } from '../src/testing/compare-counts.ts';
import { suites } from './index.ts';

const noSpin = lacks('spin');
const noRumur = lacks('rumur');
const TIMEOUT = 600_000;

/** The claims by their subject: each model in each scenario once, by the first claim of it. */
const subjects = new Map<string, readonly Claim[]>();
for (const claim of suites.flatMap(({ claims }) => claims)) {
  const key = JSON.stringify([claim.model.id, claim.scenario]);
  subjects.set(key, [...(subjects.get(key) ?? []), claim]);
}
const all = [...subjects.values()].map((claims) => [claims[0]!.id, claims[0]!, claims] as const);

/** Scenarios of more states than are learned whole: their claims are decided long before. */
const TOO_LARGE = new Set(['H-GPIINV-3-CORES']);
const cases = all.filter(([id]) => !TOO_LARGE.has(id));

/**
 * A scenario that Spin does not compile: one step of it tells more cases apart than its `d_step` may have
 * statements.
 */
const NOT_FOR_SPIN = new Set(['B8-JIFFIES']);

/** The names that a scenario shows of a model: its present actions, and the powers they come from. */
const namesIn = ({ model, scenario }: Claim): readonly string[] => [
  ...systemOf(model, scenario).instances.map(({ action }) => `${model.id}, action ${action}`),
  ...scenario.capabilities.map((power) => `${model.id}, power ${power}`),
];

/**
 * The scenarios given to other checkers: those of each model, until each of its actions and each power was in
 * one. A checker compiles for seconds, and a text shows the same of an action whatever stands beside it.
 * `UNDERWATCH_EXPORTS=all` gives them all.
 */
const showsAll = process.env['UNDERWATCH_EXPORTS'] === 'all';
const shown = new Set<string>();
const checked = cases.filter(([, claim]) => {
  const fresh = namesIn(claim).filter((name) => !shown.has(name));
  for (const name of fresh) shown.add(name);
  return fresh.length > 0 || showsAll;
});

const systemFor = ({ model, scenario }: Claim): System => systemOf(model, scenario);

// Three tests look at each.
const known = new Map<Claim, LearnedSystem>();
const learn = (claim: Claim): LearnedSystem => {
  const learned = known.get(claim) ?? learnAll(systemFor(claim));
  known.set(claim, learned);
  return learned;
};

describe('what the claims rest on', () => {
  test.each(cases)('%s: is learned as it is explored, and as it is claimed', (_, first, claims) => {
    const learned = learn(first);
    const { states, transitions, depth } = explore(systemFor(first), { invariants: [] });
    expect(learned).toMatchObject({ states, transitions, depth });
    for (const { id, invariant, expect: expected } of claims) {
      const found = learned.invariants.find((one) => one.id === invariant);
      if (found === undefined) continue;
      const holds = found.kind === 'always' ? found.hits === 0 : found.hits > 0;
      // An invariant that never had a chance to fail was not seen to fail either.
      expect([id, holds]).toEqual([id, expected !== 'violated']);
    }
  });

  test.each(all.filter(([id]) => TOO_LARGE.has(id)))('%s: is refused, as too large', (_, first) => {
    expect(() => learnAll(systemFor(first))).toThrow(expect.objectContaining({ code: 'UW601' }));
  });
});

// The same states, transitions and depth, and each invariant broken in the same number of states.
describe.concurrent("other people's checkers agree on it", () => {
  const forSpin = checked.filter(([id]) => !NOT_FOR_SPIN.has(id));
  test.skipIf(noSpin).each(forSpin)('%s: Spin', { timeout: TIMEOUT }, async (_, first) => {
    await expectSpinAgrees(learn(first));
  });

  test.skipIf(noRumur).each(checked)('%s: Rumur', { timeout: TIMEOUT }, async (_, first) => {
    await expectRumurAgrees(learn(first));
  });
});

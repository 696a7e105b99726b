import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, systemOf, type Setting } from '../model/index.ts';
import { exploreInSlices } from './exhaustive/explore.ts';
import { searchRandomlyInSlices } from './random/campaign.ts';
import type { Progress, SearchResult } from './result.ts';
import { inOneGo, settingUp } from './set-up.ts';
import { exploreSymbolicallyInSlices } from './symbolic/explore.ts';

type Search = Generator<Progress, SearchResult, 'stop' | undefined>;

interface State {
  readonly high: number;
  readonly low: number;
}

const action = actionOf<State, Setting<object>>();

// So many initial states are laid out in five stretches, and a search of all of them takes none of these.
const many = defineModel({
  id: 'many',
  says: 'a model that may start in many states',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): readonly State[] =>
    Array.from({ length: 20_000 }, (_, at) => ({ high: at >> 7, low: at & 127 })),
  actions: {
    stay: action({ actor: 'anyone', says: 'stays', then: () => {} }),
  },
  invariants: {
    early: { kind: 'always', says: 'is early', source: 'made up', holds: ({ high }: State) => high < 200 },
  },
});

const searches: readonly (readonly [string, (limits: { readonly timeLimitMs?: number }) => Search])[] = [
  ['an exhaustive search', (limits) => exploreInSlices(systemOf(many), { limits })],
  ['a symbolic search', (limits) => exploreSymbolicallyInSlices(systemOf(many), { limits })],
  [
    'a random search',
    (limits) => searchRandomlyInSlices(systemOf(many), { seed: 1, runs: 10, maxDepth: 2, ...limits }),
  ],
];

describe.each(searches)('%s of 20,000 initial states', (_, begin) => {
  test('decides its invariant where nobody ends it', () => {
    const { states, verdicts } = inOneGo(begin({}));
    expect(states).toBeGreaterThan(0);
    expect(verdicts['early']!.kind).not.toBe('violated');
  });

  test('ends before it begins where it is told to stop, and says so', () => {
    const search = begin({});
    expect(search.next().value).toEqual({ states: 0, transitions: 0, depth: 0 });
    const { done, value } = search.next('stop');
    expect(done).toBe(true);
    expect(value).toMatchObject({
      verdicts: { early: { kind: 'unresolved', bound: 'interrupted' } },
      bound: 'interrupted',
      states: 0,
      complete: false,
      warnings: ['the search was ended before it began'],
    });
  });

  test('ends before it begins where its time is over', () => {
    expect(inOneGo(begin({ timeLimitMs: 1 }))).toMatchObject({
      verdicts: { early: { kind: 'unresolved', bound: 'timeLimitMs' } },
      bound: 'timeLimitMs',
      states: 0,
    });
  });
});

/** Counts to three, with a pause before each number. */
function* counting(): Generator<undefined, number> {
  for (let count = 1; count < 3; count += 1) yield;
  return 3;
}

describe('setting up', () => {
  test('pauses as often as what it sets up, and gives what that comes to', () => {
    const slices = settingUp(counting(), () => false);
    expect([slices.next().done, slices.next().done, slices.next()]).toEqual([
      false,
      false,
      { done: true, value: 3 },
    ]);
  });

  test('goes on whatever it is told where nobody asks for the time', () => {
    const slices = settingUp(counting());
    expect(slices.next().done).toBe(false);
    expect(slices.next('stop').done).toBe(false);
    expect(slices.next('stop')).toEqual({ done: true, value: 3 });
  });
});

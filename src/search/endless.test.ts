import { describe, expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type Setting, type System } from '../model/index.ts';
import { faultOf } from '../testing/fault-of.ts';
import { takeCensus } from './exhaustive/census.ts';
import { explore } from './exhaustive/explore.ts';
import { searchRandomly } from './random/campaign.ts';
import { exploreSymbolically } from './symbolic/explore.ts';

interface List {
  readonly next: readonly number[];
}

/**
 * Three places, each of which goes on to another or to none; `bound` says whether a circle is kept from
 * coming about.
 */
const list = (bound: boolean): System =>
  systemOf(
    defineModel({
      id: 'list',
      says: 'places that go on to others',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): List => ({ next: [-1, -1, -1] }),
      actions: {
        link: actionOf<List, Setting<object, never>>()({
          actor: 'writer',
          says: 'links a place to another',
          choose: { from: integers(0, 2), to: integers(0, 2) },
          when: ({ next }, { from, to }) => {
            if (next[from] !== -1) return false;
            if (!bound) return true;
            for (let at = to; at !== -1; at = next[at]!) if (at === from) return false;
            return true;
          },
          then: (draft, { from, to }) => {
            draft.next[from] = to;
          },
        }),
      },
      invariants: {
        ends: {
          kind: 'always',
          says: 'Whoever follows the links comes to an end.',
          source: 'this test',
          holds: ({ next }) => {
            for (let at = 0; at !== -1;) at = next[at]!;
            return true;
          },
        },
      },
    }),
    { without: [], capabilities: [], parameters: {} },
  );

const limits = { timeLimitMs: 500 };
const ENGINES: readonly (readonly [string, (system: System) => unknown])[] = [
  ['exhaustive', (system) => explore(system, { limits })],
  ['census', (system) => takeCensus(system, { limits })],
  ['symbolic', (system) => exploreSymbolically(system, { limits })],
  ['random', (system) => searchRandomly(system, { seed: 1, runs: 1000, maxDepth: 9, ...limits })],
];

describe('a function that does not return', () => {
  test.each(ENGINES)('is told by name, with its state, by the %s engine', (_, search) => {
    const { code, details } = faultOf(() => search(list(false)));
    expect(code).toBe('UW117');
    expect(details.where).toBe('model list, invariant ends');
    expect(details.got).toMatch(/^no result after \d+\.\d seconds$/);
    // A circle in which it goes round: random search need not come across the first one.
    expect(details.likely).toMatch(/\(this is \{"next":\[-?\d,-?\d,-?\d\]\}\)/);
  });

  test('is no fault of a model where the state is one that nobody reaches: nothing is reduced then', () => {
    const { complete, reduced, states } = explore(list(true), { reduce: ['partial-order'] });
    expect({ complete, states }).toEqual({ complete: true, states: 16 });
    expect(reduced).toEqual([
      {
        kind: 'partial-order',
        reduced: 0,
        unbounded: expect.stringMatching(
          /^(action link .*|invariant ends) does not return on values that may never meet$/,
        ),
      },
    ]);
  }, 60_000);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enabledIn, stepOf, systemOf, type System } from '../../../model/index.ts';
import { plainScenario, randomModel } from '../../../testing/models/random-model.ts';
import { explore } from '../../exhaustive/explore.ts';
import { statesOf } from '../../trace.ts';
import { relevanceOf } from './bias.ts';
import { traceOf, type Run } from '../run.ts';
import { makeRuns } from '../runner.ts';
import { shorterRuns, simplerRuns } from '../shrinking/shrink.ts';
import { COMBINATION, counter, lock, mail, toys, toySystem } from '../testing/toys.ts';
import { vault } from '../testing/vault.ts';
import { inSpace, makeWalks, runsIn, walksIn } from '../testing/walks.ts';
import { walksOf, type Walk } from './walk.ts';

const system = fc.oneof(
  fc.constantFrom(...toys).map(toySystem),
  randomModel.map((model) => systemOf(model, plainScenario)),
);
const seed = fc.integer();
describe('a walk', () => {
  test('takes only steps that are possible, as far as it is told to', () => {
    fc.assert(
      fc.property(system, seed, fc.integer({ min: 1, max: 20 }), (of, from, maxDepth) => {
        for (const run of runsIn(of, from, 8, maxDepth)) {
          expect(statesOf(of, traceOf(run))).toEqual(run.states);
          expect(run.instances.length).toBeLessThanOrEqual(maxDepth);
        }
      }),
    );
  });

  test('knows what is possible in each state, and where it leads', () => {
    fc.assert(
      fc.property(system, seed, (of, from) => {
        inSpace(of, (space) => {
          const walks = walksOf(of, space, 20);
          for (const { nodes, instances } of makeWalks(walks, from, 8)) {
            for (const [at, node] of nodes.entries()) {
              const state = space.decode(walks.graph.rowOf(node));
              const enabled = walks.graph.enabledIn(node).map((index) => of.instances[index]);
              expect(enabled).toEqual(enabledIn(of, state));
              if (at === instances.length) continue;
              const next = space.decode(walks.graph.rowOf(nodes[at + 1]!));
              expect(next).toEqual(stepOf(of, state, of.instances[instances[at]!]!));
            }
          }
        });
      }),
    );
  });

  test('is the same for the same seed', () => {
    fc.assert(
      fc.property(system, seed, (of, from) => {
        expect(walksIn(of, from, 8)).toEqual(walksIn(of, from, 8));
      }),
    );
  });

  test('begins anew one time in four: in every initial state, and to every depth', () => {
    const walks = walksIn(toySystem(mail), 3, 1200, 4);
    const fresh = walks.filter((walk) => walk.fresh);
    expect(walks.map((walk, index) => walk.fresh === (index % 4 === 0)).every(Boolean)).toBe(true);
    expect(fresh.every(({ from }) => from === 0)).toBe(true);
    expect(new Set(fresh.map(({ initial }) => initial))).toEqual(new Set([0, 1]));
    expect(new Set(fresh.map(({ instances }) => instances.length))).toEqual(new Set([1, 2, 3, 4]));
  });

  test('that begins anew depends on no run before it', () => {
    const of = toySystem(mail);
    const stepsOf = (walk: Walk | undefined): readonly string[] | undefined =>
      walk?.instances.map((index) => of.instances[index]!.key);
    const alone = inSpace(of, (space) => {
      const walks = walksOf(of, space, 20);
      const made: Walk[] = [];
      makeRuns(
        walks.arbitrary,
        { seed: 5, path: '8', runs: 1, shrinks: false },
        (walk) => made.push(walk) > 0,
      );
      return made[0];
    });
    expect(stepsOf(alone)).toEqual(stepsOf(walksIn(of, 5, 9)[8]));
  });

  test('opens a lock that blind trying needs millions of runs for', () => {
    const of = toySystem(lock);
    const opened = runsIn(of, 5, 400, 40).filter(
      ({ states }, number) => number % 4 === 0 && states.at(-1)!['at'] === COMBINATION.length,
    );
    // Three in four fresh walks avoid the start, half of them go the whole way.
    expect(opened.length).toBeGreaterThan(100 * (3 / 4) * (1 / 2) * 0.7);
  });

  test('goes on where little was tried, to every state there is', () => {
    const of = toySystem(vault);
    const { states } = explore(of, { invariants: [] });
    inSpace(of, (space) => {
      const walks = walksOf(of, space, 40);
      makeWalks(walks, 1, 4000);
      expect(walks.different()).toBe(states);
    });
  });
});

describe('relevance', () => {
  test('is what a step of the action opens on average, one imagined step that opens one included', () => {
    // The first state only: each of the four letters makes `take` and `ask` possible.
    expect(relevanceOf(toySystem(mail), 1).get('send')).toBe((4 * 2 + 1) / (4 + 1));
    // Totals from 0 to 25, with and without noise; nothing ever opens anything.
    const relevance = relevanceOf(toySystem(counter));
    expect(relevance.get('noise')).toBe(1 / (2 * 26 + 1));
    expect(relevance.get('add')).toBe(1 / (2 * 23 * 3 + 1));
  });

  test('is positive for every action, also for one that the sample never saw', () => {
    expect([...relevanceOf(toySystem(mail), 1).keys()]).toEqual([
      'send',
      'take',
      'forget',
      'ask',
      'break',
      'fly',
    ]);
    expect(relevanceOf(toySystem(mail)).get('fly')).toBe(1);
    fc.assert(
      fc.property(system, (of) => {
        expect([...relevanceOf(of).values()].every((weight) => weight > 0)).toBe(true);
      }),
    );
  });
});

describe('shrinking', () => {
  test('offers runs that run, and each is simpler than the one before', () => {
    const weight = (of: System, { instances, initial }: Run): readonly number[] => [
      instances.length,
      instances.reduce((sum, instance) => sum + of.instances.indexOf(instance), 0),
      initial,
    ];
    fc.assert(
      fc.property(system, seed, (of, from) => {
        const [run] = runsIn(of, from, 1, 10);
        const now = weight(of, run!);
        for (const candidate of [...shorterRuns(of, run!), ...simplerRuns(of, run!)]) {
          expect(statesOf(of, traceOf(candidate))).toEqual(candidate.states);
          const then = weight(of, candidate);
          const first = now.findIndex((value, index) => value !== then[index]);
          expect(then[first]).toBeLessThan(now[first]!);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('offers the same candidates for the same run', () => {
    const of = toySystem(mail);
    const [run] = runsIn(of, 8, 1);
    expect([...shorterRuns(of, run!)]).toEqual([...shorterRuns(of, run!)]);
    expect([...simplerRuns(of, run!)]).toEqual([...simplerRuns(of, run!)]);
  });

  test('takes out every single step, and makes every choice simpler', () => {
    const of = toySystem(counter);
    const named = (key: string) => of.instances.find((instance) => instance.key === key)!;
    const three = named('add {"by":3}');
    const noise = named('noise');
    const run: Run = { initial: 0, instances: [three, noise, three], states: [] };
    const start = { ...run, states: statesOf(of, traceOf(run)) };
    const keys = (runs: Iterable<Run>): string[] =>
      Array.from(runs, ({ instances }) =>
        instances.map(({ key }) => key.replaceAll(/\D+(\d)\D*/g, '$1')).join(' '),
      );
    expect(keys(shorterRuns(of, start))).toEqual(['', '3 noise', '3 3', 'noise 3']);
    expect(keys(simplerRuns(of, start))).toEqual(['1 noise 3', '2 noise 3', '3 noise 1', '3 noise 2']);
  });
});

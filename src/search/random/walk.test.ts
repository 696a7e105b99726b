import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enabledIn, systemOf, type System } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/random-model.ts';
import { statesOf } from '../trace.ts';
import { relevanceOf } from './bias.ts';
import { traceOf, type Run } from './run.ts';
import { shorterRuns, simplerRuns } from './shrink.ts';
import { COMBINATION, counter, lock, mail, toys, toySystem } from './testing/toys.ts';
import { runsOf } from './walk.ts';

const system = fc.oneof(
  fc.constantFrom(...toys).map(toySystem),
  randomModel.map((model) => systemOf(model, plainScenario)),
);
const seed = fc.integer();
const walksOf = (of: System, from: number, numRuns: number, maxDepth = 20): Run[] =>
  fc.sample(runsOf(of, maxDepth), { seed: from, numRuns });

describe('a walk', () => {
  test('takes only steps that are possible, as far as it is told to', () => {
    fc.assert(
      fc.property(system, seed, fc.integer({ min: 1, max: 20 }), (of, from, maxDepth) => {
        for (const run of walksOf(of, from, 5, maxDepth)) {
          expect(statesOf(of, traceOf(run))).toEqual(run.states);
          expect(run.instances.length).toBeLessThanOrEqual(maxDepth);
        }
      }),
    );
  });

  test('knows what was possible on its way, and which steps changed something', () => {
    fc.assert(
      fc.property(system, seed, (of, from) => {
        for (const { states, sights } of walksOf(of, from, 3)) {
          expect(sights?.enabled).toEqual(states.map((state) => enabledIn(of, state)));
          const changes = states.slice(1).map((state, index) => {
            return JSON.stringify(state) !== JSON.stringify(states[index]);
          });
          expect(sights?.effective).toEqual(changes);
        }
      }),
    );
  });

  test('is the same for the same seed', () => {
    fc.assert(
      fc.property(system, seed, (of, from) => {
        expect(walksOf(of, from, 4)).toEqual(walksOf(of, from, 4));
      }),
    );
  });

  test('starts in every initial state and goes to every depth', () => {
    const walks = walksOf(toySystem(mail), 3, 300, 4);
    expect(new Set(walks.map(({ initial }) => initial))).toEqual(new Set([0, 1]));
    expect(new Set(walks.map(({ instances }) => instances.length))).toEqual(new Set([1, 2, 3, 4]));
  });

  test('opens a lock that blind trying needs millions of runs for', () => {
    const walks = walksOf(toySystem(lock), 5, 400, 40);
    const opened = walks.filter(({ states }) => states.at(-1)!['at'] === COMBINATION.length);
    // Three in four walks avoid the start, half of them go the whole way.
    expect(opened.length).toBeGreaterThan(400 * (3 / 4) * (1 / 2) * 0.8);
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
        const [run] = walksOf(of, from, 1, 10);
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
    const [run] = walksOf(of, 8, 1);
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

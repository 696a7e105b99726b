import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemOf } from '../../../model/index.ts';
import { plainScenario, randomModel } from '../../../testing/models/random-model.ts';
import { violatesOrWitnesses } from '../../violates-or-witnesses.ts';
import { runOf } from '../run.ts';
import { isForRuns, sightingOf } from './sighting.ts';
import { mail, toys, toySystem } from '../testing/toys.ts';
import { inSpace, makeWalks, runsIn } from '../testing/walks.ts';
import { monitorsOf } from '../../monitor/monitor.ts';
import { runOfWalk } from '../shrinking/found.ts';
import { walksOf } from '../walks/walk.ts';
import { watchedAlong } from './watching.ts';

const system = fc.oneof(
  fc.constantFrom(...toys).map(toySystem),
  randomModel.map((model) => systemOf(model, plainScenario)),
);

describe('what a run shows of an invariant', () => {
  test('is first shown where the shortest of its beginnings shows it', () => {
    fc.assert(
      fc.property(system, fc.integer(), (of, seed) => {
        for (const run of runsIn(of, seed, 5, 15)) {
          for (const id of Object.keys(of.model.invariants)) {
            if (!isForRuns(of, id)) {
              expect(sightingOf(of, id, run).at).toBeUndefined();
              continue;
            }
            const shown = run.states.findIndex((_, end) =>
              violatesOrWitnesses(of, id, run.states.slice(0, end + 1)),
            );
            expect(sightingOf(of, id, run).at).toBe(shown === -1 ? undefined : shown);
          }
        }
      }),
    );
  });

  test('is the same by what was learned as by the model itself, wherever the run began', () => {
    fc.assert(
      fc.property(system, fc.integer(), (of, seed) => {
        inSpace(of, (space) => {
          const monitors = monitorsOf(of, space, Object.keys(of.model.invariants));
          const walks = walksOf(of, space, 15);
          for (const walk of makeWalks(walks, seed, 8)) {
            const run = runOfWalk(of, walk)!;
            for (const monitor of monitors) {
              const plain = sightingOf(of, monitor.id, run);
              const whole = watchedAlong(monitor, walks.graph, { ...walk, from: 0 });
              expect(whole).toEqual(plain);
              const { at, antecedents } = watchedAlong(monitor, walks.graph, walk);
              expect(at).toBe(plain.at);
              expect(antecedents).toBeLessThanOrEqual(plain.antecedents);
            }
          }
        });
      }),
    );
  });

  const of = toySystem(mail);
  const send = { action: 'send', choice: { to: 'b', loud: true } };
  const plain = (action: string) => ({ action, choice: {} });
  const run = runOf(of, { initial: 1, steps: [send, plain('ask'), plain('break')] });

  test('counts the states in which it speaks until it is decided', () => {
    expect(sightingOf(of, 'notFull', run)).toEqual({ at: undefined, antecedents: 4 });
    expect(sightingOf(of, 'small', run)).toEqual({ at: undefined, antecedents: 4 });
    expect(sightingOf(of, 'silent', run)).toEqual({ at: undefined, antecedents: 0 });
    expect(sightingOf(of, 'grows', run)).toEqual({ at: undefined, antecedents: 3 });
    expect(sightingOf(of, 'fills', run)).toEqual({ at: undefined, antecedents: 0 });
  });

  test('a response that is owed where nothing is possible never comes', () => {
    expect(sightingOf(of, 'answers', run)).toEqual({ at: 3, antecedents: 2 });
  });

  test('a response that is owed where the run ran out of depth may come yet', () => {
    const short = runOf(of, { initial: 1, steps: [send, plain('ask')] });
    expect(sightingOf(of, 'answers', short)).toEqual({ at: undefined, antecedents: 1 });
  });
});

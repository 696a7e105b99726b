import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemOf } from '../../model/index.ts';
import { plainScenario, randomModel } from '../../testing/random-model.ts';
import { showsInvariant } from '../shows.ts';
import { runOf } from './run.ts';
import { isForRuns, sightingOf } from './sighting.ts';
import { mail, toys, toySystem } from './testing/toys.ts';
import { runsOf } from './walk.ts';

const system = fc.oneof(
  fc.constantFrom(...toys).map(toySystem),
  randomModel.map((model) => systemOf(model, plainScenario)),
);

describe('what a run shows of an invariant', () => {
  test('is first shown where the shortest of its beginnings shows it', () => {
    fc.assert(
      fc.property(system, fc.integer(), (of, seed) => {
        for (const run of fc.sample(runsOf(of, 15), { seed, numRuns: 5 })) {
          for (const id of Object.keys(of.model.invariants)) {
            if (!isForRuns(of, id)) {
              expect(sightingOf(of, id, run).at).toBeUndefined();
              continue;
            }
            const shown = run.states.findIndex((_, end) =>
              showsInvariant(of, id, run.states.slice(0, end + 1)),
            );
            expect(sightingOf(of, id, run).at).toBe(shown === -1 ? undefined : shown);
          }
        }
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

import { describe, expect, test } from 'vitest';
import { systemOf, type Scenario } from '../model/index.ts';
import { door } from '../testing/models/door.ts';
import { graph } from '../testing/models/graph.ts';
import { plainScenario } from '../testing/models/random-model.ts';
import { smiGate } from '../testing/models/smi-gate.ts';
import './index.ts';

const gate = (without: Scenario['without'] = []) =>
  systemOf(smiGate, { ...plainScenario, without, parameters: { cores: 1, pending: 1, nonces: 1 } });

const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it passed';
};

describe('the matchers', () => {
  test('toUphold passes for a proof, and tells the attack where there is one', () => {
    expect(gate()).toUphold('never-fooled');
    expect(messageOf(() => expect(gate(['altStatusCheck'])).toUphold('never-fooled'))).toMatch(
      /^never-fooled is violated in 11 steps, shortest\n +1 {2}verifier +asks for a measurement\n/,
    );
  });

  test('toUphold does not pass for a search that a limit ended', () => {
    const run = (): void => expect(gate()).toUphold('never-fooled', { maxStates: 10 });
    expect(messageOf(run)).toBe(
      'never-fooled is unresolved: maxStates ended the search after 10 states, 10 transitions',
    );
  });

  test('toUphold does not pass where a capability of the scenario never acts', () => {
    const scenario = { without: [], capabilities: ['hands', 'pick'], parameters: { lock: false } };
    const unlocked = systemOf(door, scenario);
    expect(messageOf(() => expect(unlocked).toUphold('bell'))).toBe(
      'bell is vacuous: capability `pick` never acts, for the guard of its action `pick` is never true; ' +
        'leave out of the scenario what is not meant to act',
    );
    expect(systemOf(door, { ...scenario, capabilities: ['hands'] })).toUphold('bell');
  });

  test('toViolate wants an attack, of the length that is given', () => {
    expect(gate(['altStatusCheck'])).toViolate('never-fooled');
    expect(gate(['altStatusCheck'])).toViolate('never-fooled', { length: 11 });
    expect(messageOf(() => expect(gate()).toViolate('never-fooled'))).toMatch(
      /^expected an attack; never-fooled holds: /,
    );
    expect(
      messageOf(() => expect(gate(['altStatusCheck'])).toViolate('never-fooled', { length: 3 })),
    ).toMatch(/^expected a shortest attack of 3 steps; never-fooled is violated in 11 steps/);
  });

  test('a way that never leads back is told with how it goes on, and counted without', () => {
    const trap = graph([[0, 1], [2], [1]], { back: { kind: 'recovers', good: ({ at }) => at === 0 } });
    expect(trap).toViolate('back', { length: 1 });
    expect(messageOf(() => expect(trap).toUphold('back'))).toBe(
      [
        'back is violated in 1 step to no return, shortest',
        '   1  walker      goes on (to 1)',
        '      (from here no way leads back; it may go on like this:)',
        '   2  walker      goes on (to 2)',
        '   3  walker      goes on (to 1)',
        '      (and steps 2 to 3 again, for ever)',
        '  breaks  back: back',
        '  scope   the model as it is',
        "  replay  npx vitest run src/vitest/matchers.test.ts -t 'a way that never leads back is told with how it goes on, and counted without'",
      ].join('\n'),
    );
  });

  test('toReach counts', () => {
    expect(messageOf(() => expect(gate()).toReach({ states: 1 }))).toMatch(
      /^the system reaches [\d,]+ states over [\d,]+ transitions$/,
    );
  });

  test('what is no system, and an invariant that there is not, are refused', () => {
    expect(messageOf(() => expect(42).toUphold('never-fooled'))).toMatch(/systemOf/);
    expect(messageOf(() => expect(gate()).toUphold('never-foiled'))).toMatch(/^UW202/);
  });
});

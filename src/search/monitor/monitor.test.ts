import { expect, test } from 'vitest';
import { graph } from '../../testing/models/graph.ts';
import { withSpace } from '../learned-relation/space.ts';
import { ANSWER, monitorsOf, stateQuestionsIn, type Monitor } from './monitor.ts';
import { tick } from './response-timer.ts';

const system = graph([[1], [2], [3], []], {
  even: { kind: 'always', given: ({ at }) => at > 0, holds: ({ at }) => at % 2 === 0 },
  answered: { kind: 'within', steps: 2, given: ({ at }) => at === 1, responds: ({ at }) => at === 3 },
});

/** Asks a question of a monitor in the states 0, 1, 2, 3. */
const along = (id: string, look: (monitor: Monitor, row: Uint32Array) => number): readonly number[] => {
  let said: readonly number[] = [];
  const slices = withSpace(system, function* once(space) {
    yield* [];
    const monitor = monitorsOf(system, space, [id])[0]!;
    said = [0, 1, 2, 3].map((at) => look(monitor, space.encode({ at })));
  });
  while (slices.next().done !== true);
  return said;
};

test('an invariant says nothing of a state, or applies to it, or is decided by it', () => {
  const { applicable, decisive, notApplicable } = ANSWER;
  expect(along('even', (monitor, row) => stateQuestionsIn(monitor)[0]!.answer(row))).toEqual([
    notApplicable,
    decisive,
    applicable,
    decisive,
  ]);
});

test('a response is waited for from the state that asks for it on', () => {
  let waited = 0;
  const waits = along('answered', (monitor, row) => {
    if (monitor.kind === 'within') waited = tick(monitor, waited, row);
    return waited;
  });
  expect(waits).toEqual([0, 1, 2, 0]);
});

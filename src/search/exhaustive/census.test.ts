import { expect, test } from 'vitest';
import { actionOf, defineModel, integers, systemOf, type AnyModel } from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';
import { takeCensus } from './census.ts';
import { explore } from './explore.ts';

interface Desk {
  readonly bell: boolean;
  readonly served: number;
  readonly colour: 'red';
  readonly queue: readonly number[];
}

const act = actionOf<Desk, unknown>();

const desk: AnyModel = defineModel({
  id: 'desk',
  says: 'a desk with a queue',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Desk => ({ bell: false, served: 0, colour: 'red', queue: [] }),
  actions: {
    come: act({
      actor: 'guest',
      says: 'comes',
      choose: { who: integers(0, 1) },
      when: ({ queue }) => queue.length < 2,
      then: (draft, { who }) => {
        draft.queue.push(who);
        draft.bell = true;
      },
    }),
    serve: act({
      actor: 'clerk',
      says: 'serves',
      when: ({ bell, queue }) => bell && queue.length > 0,
      then: (draft) => {
        draft.queue.shift();
        draft.served = Math.min(draft.served + 1, 3);
      },
    }),
    close: act({ actor: 'clerk', says: 'closes', when: ({ served }) => served > 3, then: () => {} }),
  },
  invariants: {
    few: { kind: 'always', says: 'a', source: 'test', holds: ({ served }: Desk) => served < 2 },
    up: {
      kind: 'never-step',
      says: 'b',
      source: 'test',
      bad: (a: Desk, b: Desk) => a.bell && b.served < a.served,
    },
    soon: {
      kind: 'within',
      says: 'c',
      source: 'test',
      given: ({ queue }: Desk) => queue.length > 0,
      responds: ({ served }: Desk) => served > 0,
      steps: 5,
    },
  },
});

test('what was seen of each part, also after all is decided', () => {
  const census = takeCensus(systemOf(desk, plainScenario));
  expect(census).toMatchObject({ complete: true, unread: ['colour'], neverPossible: ['close'] });
  expect(census.fields.map(({ path, values, whole }) => [path, values, whole])).toEqual([
    ['bell', 2, false],
    ['served', 4, false],
    ['colour', 1, false],
    ['queue', 7, true],
  ]);
  const [come, serve, close] = census.actions;
  // Of each instance: once for each queue, and it is possible with three of the seven.
  expect(come).toMatchObject({ instances: 2, userRuns: 14, reads: ['queue'], writes: ['bell', 'queue'] });
  expect(serve).toMatchObject({ reads: ['bell', 'served', 'queue'], writes: ['served', 'queue'] });
  expect(close).toMatchObject({ enabled: 0, effects: 0, reads: ['served'], writes: [], userRuns: 4 });
  expect(census.invariants).toMatchObject([
    { id: 'few', reads: ['served'], userRuns: 4 },
    { id: 'up', reads: ['bell', 'served'], readsAfter: ['served'] },
    { id: 'soon', reads: ['served', 'queue'] },
  ]);
  // Waiting times are counted in a field of their own behind those of the model.
  expect(census.groups.flatMap(({ fields }) => fields)).toContain('(waiting for soon)');
});

test('totals are those of the search, and all that the functions were run for is accounted for', () => {
  const system = systemOf(smiGate, plainScenario);
  const census = takeCensus(system);
  const { states, transitions, depth } = explore(system, { invariants: [] });
  expect(census).toMatchObject({ states, transitions, depth, complete: true });
  const parts = [...census.actions, ...census.invariants];
  expect(parts.reduce((sum, { userRuns }) => sum + userRuns, 0)).toBe(census.userRuns);
  expect(parts.reduce((sum, { trieNodes }) => sum + trieNodes, 0)).toBe(census.trieNodes);
  const fused = census.fused.actions.flat();
  expect(fused.length).toBeGreaterThan(1);
  expect(system.instances.map(({ key }) => key)).toEqual(expect.arrayContaining(fused));
});

test('a limit leaves what was seen so far', () => {
  const census = takeCensus(systemOf(desk, plainScenario), { limits: { maxDepth: 1 } });
  expect(census).toMatchObject({
    complete: false,
    bound: 'maxDepth',
    depth: 1,
    neverPossible: ['serve', 'close'],
  });
});

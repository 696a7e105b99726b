import { actionOf, defineModel, integers, type AnyModel } from '../../model/index.ts';

interface Office {
  readonly queue: readonly number[];
  readonly desk: number | null;
  readonly day: number;
}

const act = actionOf<Office, unknown>();

/** A queue at a desk: a part whose shape changes, and invariants of every kind. */
export const waiting: AnyModel = defineModel({
  id: 'waiting',
  says: 'people wait at a desk',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Office => ({ queue: [0], desk: null, day: 0 }),
  actions: {
    come: act({
      actor: 'visitor',
      says: 'comes',
      choose: { who: integers(1, 5) },
      when: ({ queue, desk }, { who }) => queue.length < 4 && !queue.includes(who) && desk !== who,
      then: (draft, { who }) => {
        draft.queue.push(who);
      },
    }),
    call: act({
      actor: 'clerk',
      says: 'calls the next one',
      when: ({ queue, desk }) => desk === null && queue.length > 0,
      then: (draft) => {
        draft.desk = draft.queue.shift() ?? null;
      },
    }),
    leave: act({
      actor: 'visitor',
      says: 'leaves',
      when: ({ desk }) => desk !== null,
      then: (draft) => {
        draft.desk = null;
      },
    }),
    sleep: act({
      actor: 'clerk',
      says: 'goes home',
      when: ({ day }) => day < 9,
      then: (draft) => {
        draft.day += 1;
      },
    }),
  },
  invariants: {
    short: {
      kind: 'always',
      says: 'at most four wait',
      source: 'test',
      given: ({ queue }: Office) => queue.length > 0,
      holds: ({ queue }: Office) => queue.length <= 4,
    },
    late: {
      kind: 'always',
      says: 'on the last day nobody is fifth and alone',
      source: 'test',
      holds: ({ day, desk, queue }: Office) => !(day === 9 && desk === 5 && queue.length === 0),
    },
    fair: {
      kind: 'never-step',
      says: 'nobody leaves the desk overnight',
      source: 'test',
      bad: (a: Office, b: Office) => a.day !== b.day && a.desk !== b.desk,
    },
    full: {
      kind: 'sometimes',
      says: 'four wait',
      source: 'test',
      witness: ({ queue, day }: Office) => queue.length === 4 && day === 4,
    },
    served: {
      kind: 'within',
      says: 'the fifth at the desk leaves it in time',
      source: 'test',
      given: ({ desk }: Office) => desk === 5,
      responds: ({ desk }: Office) => desk === null,
      steps: 12,
    },
  },
});

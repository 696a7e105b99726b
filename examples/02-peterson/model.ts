import { actionOf, defineModel, oneOf } from 'underwatch/model';

const base = {
  defences: {
    flagFirst: 'a process raises its flag before it gives way',
    givesWay: 'a process waits while the other one has raised its flag, and it is the other one’s turn',
  },
  parameters: {},
  initial: () => ({
    turn: 0,
    processes: [
      { at: 'idle', flag: false },
      { at: 'idle', flag: false },
    ],
  }),
};
const action = actionOf(base);
const who = oneOf([0, 1]);

/**
 * Peterson's algorithm for two processes. Each reads or writes one shared variable a step, which is what a
 * processor can do at once: a coarser step would hide the very interleavings that it has to survive.
 */
export const peterson = defineModel({
  ...base,
  id: 'peterson',
  says: 'mutual exclusion of two processes with nothing but shared variables',
  capabilities: {},
  actions: {
    raise: action({
      actor: 'process',
      says: 'raises its flag',
      choose: { who },
      when: ({ processes }, choice, { defends }) =>
        processes[choice.who]?.at === (defends('flagFirst') ? 'idle' : 'halfway'),
      then: ({ processes }, choice, { defends }) => {
        const process = processes[choice.who];
        if (process === undefined) return;
        process.flag = true;
        process.at = defends('flagFirst') ? 'halfway' : 'waiting';
      },
    }),
    give: action({
      actor: 'process',
      says: 'gives way: the turn is the other one’s',
      choose: { who },
      when: ({ processes }, choice, { defends }) =>
        processes[choice.who]?.at === (defends('flagFirst') ? 'halfway' : 'idle'),
      then: (draft, choice, { defends }) => {
        draft.turn = 1 - choice.who;
        const process = draft.processes[choice.who];
        if (process !== undefined) process.at = defends('flagFirst') ? 'waiting' : 'halfway';
      },
    }),
    enter: action({
      actor: 'process',
      says: 'enters the critical section',
      choose: { who },
      when: ({ processes, turn }, choice, { defends }) =>
        processes[choice.who]?.at === 'waiting' &&
        (!defends('givesWay') || processes[1 - choice.who]?.flag === false || turn === choice.who),
      then: ({ processes }, choice) => {
        const process = processes[choice.who];
        if (process !== undefined) process.at = 'critical';
      },
    }),
    leave: action({
      actor: 'process',
      says: 'leaves the critical section, and lowers its flag',
      choose: { who },
      when: ({ processes }, choice) => processes[choice.who]?.at === 'critical',
      then: ({ processes }, choice) => {
        const process = processes[choice.who];
        if (process === undefined) return;
        process.at = 'idle';
        process.flag = false;
      },
    }),
  },
  invariants: {
    exclusion: {
      kind: 'always',
      says: 'The two processes are never in the critical section together.',
      source: 'Peterson, Myths about the mutual exclusion problem, 1981',
      given: ({ processes }) => processes.some(({ at }) => at === 'critical'),
      holds: ({ processes }) => !processes.every(({ at }) => at === 'critical'),
    },
    progress: {
      kind: 'recovers',
      says: 'A process that waits can still enter.',
      source: 'Peterson, Myths about the mutual exclusion problem, 1981',
      given: ({ processes }) => processes.some(({ at }) => at === 'waiting'),
      good: ({ processes }) => processes.some(({ at }) => at === 'critical'),
    },
    'goes-on': {
      kind: 'no-deadlock',
      says: 'Some process can always take a step.',
      source: 'Peterson, Myths about the mutual exclusion problem, 1981',
    },
  },
});

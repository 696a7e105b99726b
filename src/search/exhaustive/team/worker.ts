import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { viewOf, type ForestTable } from '../../space/forest.ts';
import type { VirtualRead } from '../../space/virtual.ts';
import { createActions } from '../actions.ts';
import { createMember, expandChunks, gatherFor, mergeChunks, placeFor, type Member } from './member.ts';
import { COMMAND, CONTROL, type Briefing, type Ground } from './shared.ts';

/** What a worker starts with. */
export interface WorkerStart {
  readonly index: number;
  readonly instances: number;
  readonly control: Int32Array;
  readonly directory: Int32Array;
  readonly transitions: Float64Array;
  readonly port: MessagePort;
}

interface Crew {
  readonly ground: Ground;
  member: Member | undefined;
  table: ForestTable;
  readonly effects: (readonly number[])[];
  readonly asked: VirtualRead[];
  counts: Briefing['counts'];
}

const apply = (crew: Crew, start: WorkerStart, briefing: Briefing): void => {
  const { ground } = crew;
  const { lore, plan, more, larger, tables } = briefing;
  if (lore !== undefined) {
    crew.table = lore.table;
    crew.effects.push(...lore.effects);
    crew.asked.push(...lore.asked);
  }
  if (more !== undefined) {
    ground.segments.splice(more.from, Infinity, ...more.segments);
    ground.parents.splice(more.from, Infinity, ...more.parents);
  }
  if (tables !== undefined) {
    ground.tables.splice(0, Infinity, ...tables);
    // Whoever tells has moved to the larger ones already.
    ground.larger.fill(undefined);
  }
  if (larger !== undefined) ground.larger.splice(0, Infinity, ...larger);
  if (briefing.counts !== undefined) crew.counts = briefing.counts;
  if (plan === undefined) return;
  ground.layout = plan.layout;
  ground.narrow = plan.narrow;
  ground.outs = plan.outs;
  ground.freshes = plan.freshes;
  const actions = createActions(
    {
      tries: plan.tries,
      forest: viewOf(() => crew.table, { width: plan.width, at: (number) => crew.asked[number]! }),
      effectAt: (outcome) => crew.effects[outcome]!,
      // Models are run by the leader only.
      learn: () => false,
    },
    plan.layout,
    plan.clusters,
    false,
  );
  crew.member = createMember(start.index, ground, actions, start.instances);
};

const perform = (crew: Crew, command: number, index: number): void => {
  const member = crew.member!;
  if (command === COMMAND.expand) expandChunks(member);
  else if (command === COMMAND.merge) mergeChunks(member);
  else if (command === COMMAND.count) {
    member.actions.countInto(crew.counts!.enabled);
    member.selfLoops.forEach((count, instance) => {
      crew.counts!.selfLoops[instance]! += count;
    });
  } else if (!(command === COMMAND.gather ? gatherFor : placeFor)(member, index)) {
    Atomics.or(crew.ground.control, CONTROL.failed, 1 << index);
  }
};

const work = (start: WorkerStart): void => {
  const { control, directory, index, port, transitions } = start;
  const crew: Crew = {
    ground: {
      control,
      directory,
      transitions,
      layout: { words: 0, bits: 0, slots: [], groups: [], groupOf: [] },
      narrow: false,
      segments: [],
      parents: [],
      outs: [],
      freshes: [],
      tables: [],
      larger: [],
    },
    member: undefined,
    table: { cells: new Int32Array(0), starts: [], roots: [] },
    effects: [],
    asked: [],
    counts: undefined,
  };
  let turn = 0;
  const report = (): void => {
    Atomics.add(control, CONTROL.done, 1);
    Atomics.notify(control, CONTROL.done);
  };
  report();
  for (;;) {
    Atomics.wait(control, CONTROL.turn, turn);
    turn = Atomics.load(control, CONTROL.turn);
    const command = control[CONTROL.command]!;
    if (command === COMMAND.quit) return;
    for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
      apply(crew, start, got.message as Briefing);
    }
    perform(crew, command, index);
    report();
  }
};

work(workerData as WorkerStart);

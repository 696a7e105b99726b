import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { viewOf, type ForestTable } from '../../learned-relation/tries/forest.ts';
import type { ArrayQuery } from '../../learned-relation/arrays/array-queries.ts';
import { createActions } from '../fused/fused-actions.ts';
import { tableOf } from '../memory/visited-table.ts';
import { createMember, expandBatch, takeBatch, type Member } from './worker-state.ts';
import { CONTROL, type Message, type SharedMemory } from './shared-memory.ts';

/** The data that a worker starts with. */
export interface WorkerStart {
  readonly instances: number;
  readonly control: Int32Array;
  readonly directory: Int32Array;
  readonly stuck: readonly Int32Array[];
  readonly port: MessagePort;
}

interface WorkerThread {
  readonly memory: SharedMemory;
  readonly instances: number;
  member: Member | undefined;
  forest: ForestTable;
  readonly effects: (readonly number[])[];
  readonly asked: ArrayQuery[];
}

const adopt = (thread: WorkerThread, plan: NonNullable<Message['plan']>): void => {
  const { memory } = thread;
  memory.layout = plan.layout;
  memory.candidates = plan.candidates;
  const actions = createActions(
    {
      tries: plan.tries,
      forest: viewOf(() => thread.forest, { at: (number) => thread.asked[number]! }),
      effectAt: (outcome) => thread.effects[outcome]!,
      // Models are run by the leader only.
      learn: () => false,
    },
    plan.layout,
    plan.clusters,
    false,
  );
  thread.member = createMember(memory, actions, thread.instances);
};

const count = ({ memory, member }: WorkerThread, counts: NonNullable<Message['counts']>): void => {
  member?.actions.countInto(counts.enabled);
  member?.selfLoops.forEach((times, instance) => {
    counts.selfLoops[instance]! += times;
  });
  Atomics.add(memory.control, CONTROL.answered, 1);
  Atomics.notify(memory.control, CONTROL.answered);
};

const apply = (thread: WorkerThread, { learned, plan, more, table, counts }: Message): void => {
  const { memory } = thread;
  if (learned !== undefined) {
    thread.forest = learned.table;
    thread.effects.push(...learned.effects);
    thread.asked.push(...learned.asked);
  }
  if (more !== undefined) memory.segments.splice(more.from, Infinity, ...more.segments);
  if (table !== undefined) memory.table = table;
  if (plan !== undefined) adopt(thread, plan);
  if (counts !== undefined) count(thread, counts);
};

const work = ({ control, directory, instances, port, stuck }: WorkerStart): void => {
  const thread: WorkerThread = {
    memory: {
      control,
      directory,
      layout: { words: 0, bits: 0, slots: [], groups: [], groupOf: [] },
      segments: [],
      table: tableOf(0, false),
      candidates: [],
      stuck,
    },
    instances,
    member: undefined,
    forest: { cells: new Int32Array(0), starts: [], roots: [] },
    effects: [],
    asked: [],
  };
  let heard = 0;
  const listen = (): void => {
    while (heard < Atomics.load(control, CONTROL.news)) {
      const got = receiveMessageOnPort(port);
      // The message was sent, and is not here yet.
      if (got === undefined) continue;
      heard += 1;
      apply(thread, got.message as Message);
    }
  };
  Atomics.add(control, CONTROL.up, 1);
  Atomics.notify(control, CONTROL.up);
  while (Atomics.load(control, CONTROL.quit) === 0) {
    const turn = Atomics.load(control, CONTROL.turn);
    listen();
    const batch = takeBatch(thread.memory);
    if (batch < 0) {
      Atomics.wait(control, CONTROL.turn, turn);
      continue;
    }
    // Messages from before the batch was laid out have been sent by now.
    listen();
    expandBatch(thread.member!, batch);
  }
};

const start = workerData as WorkerStart;
try {
  work(start);
} catch (error) {
  // Nobody waits for work that will not be done.
  const { control } = start;
  Atomics.store(control, CONTROL.failed, 1);
  for (const awaited of [CONTROL.finished, CONTROL.answered]) {
    Atomics.add(control, awaited, 1);
    Atomics.notify(control, awaited);
  }
  throw error;
}

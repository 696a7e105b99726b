import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { viewOf, type ForestTable } from '../../learned-relation/tries/forest.ts';
import type { VirtualRead } from '../../learned-relation/arrays/array-queries.ts';
import { createActions } from '../fused/fused-actions.ts';
import { tableOf } from '../store/visited-table.ts';
import { createMember, expandBatch, takeBatch, type Member } from './worker-state.ts';
import { CONTROL, type Briefing, type Ground } from './shared-memory.ts';

/** What a worker starts with. */
export interface WorkerStart {
  readonly instances: number;
  readonly control: Int32Array;
  readonly directory: Int32Array;
  readonly stuck: readonly Int32Array[];
  readonly port: MessagePort;
}

interface Crew {
  readonly ground: Ground;
  readonly instances: number;
  member: Member | undefined;
  forest: ForestTable;
  readonly effects: (readonly number[])[];
  readonly asked: VirtualRead[];
}

const adopt = (crew: Crew, plan: NonNullable<Briefing['plan']>): void => {
  const { ground } = crew;
  ground.layout = plan.layout;
  ground.candidates = plan.candidates;
  const actions = createActions(
    {
      tries: plan.tries,
      forest: viewOf(() => crew.forest, { at: (number) => crew.asked[number]! }),
      effectAt: (outcome) => crew.effects[outcome]!,
      // Models are run by the leader only.
      learn: () => false,
    },
    plan.layout,
    plan.clusters,
    false,
  );
  crew.member = createMember(ground, actions, crew.instances);
};

const count = ({ ground, member }: Crew, counts: NonNullable<Briefing['counts']>): void => {
  member?.actions.countInto(counts.enabled);
  member?.selfLoops.forEach((times, instance) => {
    counts.selfLoops[instance]! += times;
  });
  Atomics.add(ground.control, CONTROL.answered, 1);
  Atomics.notify(ground.control, CONTROL.answered);
};

const apply = (crew: Crew, { lore, plan, more, table, counts }: Briefing): void => {
  const { ground } = crew;
  if (lore !== undefined) {
    crew.forest = lore.table;
    crew.effects.push(...lore.effects);
    crew.asked.push(...lore.asked);
  }
  if (more !== undefined) ground.segments.splice(more.from, Infinity, ...more.segments);
  if (table !== undefined) ground.table = table;
  if (plan !== undefined) adopt(crew, plan);
  if (counts !== undefined) count(crew, counts);
};

const work = ({ control, directory, instances, port, stuck }: WorkerStart): void => {
  const crew: Crew = {
    ground: {
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
      // It was sent, and is not here yet.
      if (got === undefined) continue;
      heard += 1;
      apply(crew, got.message as Briefing);
    }
  };
  Atomics.add(control, CONTROL.up, 1);
  Atomics.notify(control, CONTROL.up);
  while (Atomics.load(control, CONTROL.quit) === 0) {
    const turn = Atomics.load(control, CONTROL.turn);
    listen();
    const batch = takeBatch(crew.ground);
    if (batch < 0) {
      Atomics.wait(control, CONTROL.turn, turn);
      continue;
    }
    // What was said before the batch was laid out has been sent by now.
    listen();
    expandBatch(crew.member!, batch);
  }
};

const start = workerData as WorkerStart;
try {
  work(start);
} catch (error) {
  // Nobody waits for what will not be done.
  const { control } = start;
  Atomics.store(control, CONTROL.failed, 1);
  for (const awaited of [CONTROL.finished, CONTROL.answered]) {
    Atomics.add(control, awaited, 1);
    Atomics.notify(control, awaited);
  }
  throw error;
}

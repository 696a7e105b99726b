import { dropStates } from '../expand/rollback.ts';
import { expandFused } from '../expand/fused.ts';
import { CANDIDATE_EXTRA } from '../kernel/offsets.ts';
import { takeOver, useCandidates } from '../parts/batch.ts';
import { addCounts, addTransitions } from '../parts/counters.ts';
import type { Team } from '../parts/workers.ts';
import type { Search } from '../search.ts';
import { SEGMENT_STATES, startOfSegment } from '../memory/segments.ts';
import { shareStore } from '../store/store.ts';
import {
  send,
  finishBatch,
  batchResultOf,
  enqueue,
  needWorkers,
  publish,
  type Coordinator,
} from './coordinator.ts';
import { createMember, takeBatch } from './worker-state.ts';
import {
  CONTROL,
  ENTRY,
  RING,
  roomFor,
  shared,
  TEAM_BATCH_STATES,
  type SharedMemory,
} from './shared-memory.ts';
import { startWorkers } from './start-workers.ts';

const sharedCounts = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** Makes the team continue with the search as it is packed and fused now. No batch is on its way. */
const adopt = (coordinator: Coordinator): void => {
  const { memory, search, published } = coordinator;
  const { batch, counters, machines, space, store, system } = search;
  const instances = system.instances.length;
  if (memory.layout !== store.layout || memory.candidates.length === 0) {
    shareStore(store, shared);
    memory.layout = store.layout;
    memory.candidates = Array.from({ length: RING }, () => shared(roomFor(store.layout.words, instances)));
    // All of them have moved.
    published.segments = 0;
  }
  coordinator.own = batch.candidates;
  coordinator.member = createMember(memory, machines.actions!, instances, counters.selfLoops);
  const { candidates, layout } = memory;
  const { actions } = machines.plan!;
  const plan = { layout, clusters: actions, tries: space.tries, candidates };
  publish(coordinator);
  send(coordinator, { plan });
};

/** Expands states without the others: few, or what a batch left over. */
const expandAlone = (coordinator: Coordinator, head: number, levelEnd: number): number => {
  const { own, rest, search } = coordinator;
  useCandidates(search.batch, own);
  const most = Math.min(head + TEAM_BATCH_STATES, startOfSegment(head) + SEGMENT_STATES);
  return expandFused(search, head, Math.min(head < rest ? rest : levelEnd, most));
};

/**
 * Expands states from number `head` on: puts their successors, in their order, where the search adds them
 * from.
 */
const expand = (coordinator: Coordinator, head: number, levelEnd: number): number => {
  const { memory, search } = coordinator;
  if (head < coordinator.rest) return expandAlone(coordinator, head, levelEnd);
  enqueue(coordinator, head, levelEnd);
  if (Atomics.load(memory.control, CONTROL.laid) === coordinator.next)
    return expandAlone(coordinator, head, levelEnd);
  finishBatch(coordinator, coordinator.next);
  const { candidates, stoppedAt, count, steps, stuck, to } = batchResultOf(coordinator, coordinator.next);
  coordinator.next += 1;
  Atomics.store(memory.control, CONTROL.next, coordinator.next);
  if (stoppedAt < to) coordinator.rest = to;
  takeOver(search.batch, candidates, count * (memory.layout.words + CANDIDATE_EXTRA), stuck);
  addTransitions(search.counters, steps);
  return stoppedAt;
};

/** Ends the batches on their way, and takes back what was expanded beyond what has been added. */
const recall = (coordinator: Coordinator): void => {
  const { memory, search } = coordinator;
  // Batches that nobody has begun are not begun any more.
  const voided = new Set<number>();
  // Arrays to which others still write are not written to here.
  useCandidates(search.batch, coordinator.own);
  for (let batch = takeBatch(memory); batch >= 0; batch = takeBatch(memory)) voided.add(batch);
  const laid = Atomics.load(memory.control, CONTROL.laid);
  for (let batch = coordinator.next; batch < laid; batch += 1) {
    if (voided.has(batch)) continue;
    finishBatch(coordinator, batch);
    const { stoppedAt, from, steps } = batchResultOf(coordinator, batch);
    addTransitions(search.counters, steps);
    dropStates(search, from, stoppedAt);
  }
  coordinator.next = laid;
  Atomics.store(memory.control, CONTROL.next, laid);
  coordinator.rest = 0;
};

/** Adds what all have counted to the search. They continue after being told to adopt it again. */
const collect = (coordinator: Coordinator): void => {
  const { memory, search, workers } = coordinator;
  recall(coordinator);
  const instances = search.system.instances.length;
  const { control } = memory;
  const before = Atomics.load(control, CONTROL.answered);
  const each = workers.ports.map(() => ({
    enabled: sharedCounts(instances),
    selfLoops: sharedCounts(instances),
  }));
  each.forEach((one, index) => workers.ports[index]!.postMessage({ counts: one }));
  Atomics.add(control, CONTROL.news, 1);
  Atomics.add(control, CONTROL.turn, 1);
  Atomics.notify(control, CONTROL.turn);
  for (;;) {
    const answered = Atomics.load(control, CONTROL.answered);
    needWorkers(memory);
    if (answered === before + workers.ports.length) break;
    Atomics.wait(control, CONTROL.answered, answered);
  }
  for (const counts of each) addCounts(search.counters, counts);
};

/** Whether so many workers have come up, after waiting for so long at most. */
const comeUp = (control: Int32Array, workers: number, patienceMs: number): boolean => {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const up = Atomics.load(control, CONTROL.up);
    const leftMs = untilMs - performance.now();
    if (up === workers || leftMs <= 0) return up === workers;
    Atomics.wait(control, CONTROL.up, up, leftMs);
  }
};

/** Starts a team of `members` threads, the one that calls among them. It is of use once it is up. */
export const startTeam = (search: Search, members: number): Team => {
  const { batch, counters, machines, store, system } = search;
  const instances = system.instances.length;
  const control = shared(CONTROL.length);
  const directory = shared(RING * ENTRY.length);
  const stuck = Array.from({ length: RING }, () => shared(TEAM_BATCH_STATES));
  const memory: SharedMemory = {
    control,
    directory,
    layout: store.layout,
    segments: [],
    table: store.visited,
    candidates: [],
    stuck,
  };
  const workers = startWorkers(members - 1, { control, directory, stuck, instances });
  const coordinator: Coordinator = {
    search,
    memory,
    workers,
    member: createMember(memory, machines.actions!, instances, counters.selfLoops),
    next: 0,
    end: 0,
    rest: 0,
    own: batch.candidates,
    published: { runs: -1, effects: 0, asked: 0, segments: 0, table: undefined },
  };
  return {
    isUp: (patienceMs) => comeUp(control, members - 1, patienceMs),
    adopt: () => adopt(coordinator),
    expand: (head, levelEnd) => expand(coordinator, head, levelEnd),
    collect: () => collect(coordinator),
    bytes: () => memory.candidates.reduce((sum, { byteLength }) => sum + byteLength, 0),
    end: () => {
      Atomics.store(control, CONTROL.quit, 1);
      Atomics.add(control, CONTROL.turn, 1);
      Atomics.notify(control, CONTROL.turn);
      workers.end();
    },
  };
};

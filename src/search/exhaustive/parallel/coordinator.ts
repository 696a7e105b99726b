import type { Search } from '../search.ts';
import { SEGMENT_STATES, startOfSegment } from '../memory/segments.ts';
import type { Visited } from '../memory/visited-table.ts';
import { expandBatch, takeBatch, type Member } from './worker-state.ts';
import { CONTROL, ENTRY, RING, TEAM_BATCH_STATES, type Message, type SharedMemory } from './shared-memory.ts';
import type { Workers } from './start-workers.ts';

/** A team at work, as its leader has it: the thread that runs the search, and the model. */
export interface Coordinator {
  readonly search: Search;
  readonly memory: SharedMemory;
  readonly workers: Workers;
  /** The leader as a member: what it counts, it counts for the search. */
  member: Member;
  /** The next batch whose candidates are to be added, and the first state that is in no batch yet. */
  next: number;
  end: number;
  /** The end of the part of a batch that is still to be expanded, since it stopped early. */
  rest: number;
  /** The search's own room for candidates. */
  own: Int32Array;
  /**
   * The last briefing of the workers: runs of user code, effects, questions about arrays, segments, and the
   * set.
   */
  readonly published: {
    runs: number;
    effects: number;
    asked: number;
    segments: number;
    table: Visited | undefined;
  };
}

/** Sends a message to the workers. */
export const send = ({ memory: { control }, workers }: Coordinator, message: Message): void => {
  workers.send(message);
  Atomics.add(control, CONTROL.news, 1);
  Atomics.add(control, CONTROL.turn, 1);
  Atomics.notify(control, CONTROL.turn);
};

/**
 * Publishes to the workers what was learned, which segments there are and where the set is, if it is more
 * than they know.
 */
export const publish = (coordinator: Coordinator): void => {
  const { memory, search, published } = coordinator;
  const { space, store } = search;
  const { userRuns } = space.counts();
  if (userRuns !== published.runs) {
    published.runs = userRuns;
    const effects = space.effects();
    const asked = space.arrayQueries?.from(published.asked) ?? [];
    send(coordinator, {
      learned: { table: space.forest.table(), effects: effects.slice(published.effects), asked },
    });
    published.effects = effects.length;
    published.asked += asked.length;
  }
  if (store.segments.length !== published.segments) {
    const from = published.segments;
    published.segments = store.segments.length;
    const segments = store.segments.slice(from);
    memory.segments.splice(from, Infinity, ...segments);
    send(coordinator, { more: { from, segments } });
  }
  if (store.visited !== published.table) {
    published.table = store.visited;
    memory.table = store.visited;
    send(coordinator, { table: store.visited });
  }
};

const laidIn = ({ control }: SharedMemory): number => Atomics.load(control, CONTROL.laid);

/** Returns the latest end of a batch from `from` on; `from` if it does not pay yet. */
const endOf = ({ store }: Search, from: number, levelEnd: number): number => {
  // The end of the next level is not known before this one is through: at the earliest it is where states end
  // now.
  const limit = from < levelEnd ? levelEnd : store.size;
  const end = Math.min(limit, from + TEAM_BATCH_STATES, startOfSegment(from) + SEGMENT_STATES);
  const isWhole = from < levelEnd || end < store.size || end === from + TEAM_BATCH_STATES;
  return isWhole ? end : from;
};

/** Lays out batches, as long as there is room for them and there are states. */
export const enqueue = (coordinator: Coordinator, head: number, levelEnd: number): void => {
  const { memory, search } = coordinator;
  const { control, directory } = memory;
  if (laidIn(memory) === coordinator.next) coordinator.end = head;
  // Few states are expanded before anybody else has woken up.
  if (search.store.size - coordinator.end < 2 * TEAM_BATCH_STATES && laidIn(memory) === coordinator.next)
    return;
  if (laidIn(memory) - coordinator.next < RING) publish(coordinator);
  for (let batch = laidIn(memory); batch - coordinator.next < RING; batch += 1) {
    const end = endOf(search, coordinator.end, levelEnd);
    if (end === coordinator.end) return;
    const entry = (batch % RING) * ENTRY.length;
    directory[entry + ENTRY.from] = coordinator.end;
    directory[entry + ENTRY.to] = end;
    directory[entry + ENTRY.size] = search.store.size;
    coordinator.end = end;
    Atomics.store(control, CONTROL.laid, batch + 1);
    Atomics.add(control, CONTROL.turn, 1);
    Atomics.notify(control, CONTROL.turn);
  }
};

const isFinished = ({ directory }: SharedMemory, batch: number): boolean =>
  Atomics.load(directory, (batch % RING) * ENTRY.length + ENTRY.finished) === batch + 1;

/** Checks the workers: throws where one could not go on, since nothing of what it was to do will be done. */
export const needWorkers = ({ control }: SharedMemory): void => {
  if (Atomics.load(control, CONTROL.failed) !== 0) throw new Error('a thread of the search has failed');
};

/** Waits until a batch is finished, and expands others meanwhile. */
export const finishBatch = (coordinator: Coordinator, batch: number): void => {
  const { memory, member } = coordinator;
  for (;;) {
    const finished = Atomics.load(memory.control, CONTROL.finished);
    if (isFinished(memory, batch)) return;
    needWorkers(memory);
    const other = takeBatch(memory);
    if (other >= 0) expandBatch(member, other);
    else Atomics.wait(memory.control, CONTROL.finished, finished);
  }
};

/** The result of a batch. */
export interface BatchResult {
  readonly from: number;
  readonly to: number;
  readonly stoppedAt: number;
  readonly candidates: Int32Array;
  readonly count: number;
  readonly steps: number;
  readonly stuck: Int32Array;
}

/** Returns the result of a batch, which is finished. */
export const batchResultOf = ({ memory }: Coordinator, batch: number): BatchResult => {
  const { candidates, directory, stuck } = memory;
  const entry = directory.subarray((batch % RING) * ENTRY.length);
  return {
    from: entry[ENTRY.from]!,
    to: entry[ENTRY.to]!,
    stoppedAt: entry[ENTRY.come]!,
    candidates: candidates[batch % RING]!,
    count: entry[ENTRY.candidates]!,
    steps: entry[ENTRY.steps]!,
    stuck: stuck[batch % RING]!.subarray(0, entry[ENTRY.stuck]),
  };
};

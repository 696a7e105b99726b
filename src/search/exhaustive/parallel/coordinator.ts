import type { Search } from '../search.ts';
import { placeOf, SEGMENT_STATES } from '../store/segments.ts';
import type { Visited } from '../store/visited-table.ts';
import { expandBatch, takeBatch, type Member } from './worker-state.ts';
import { CONTROL, ENTRY, RING, TEAM_BATCH_STATES, type Briefing, type Ground } from './shared-memory.ts';
import type { Workers } from './start-workers.ts';

/** A team at work, as its leader has it: the thread that runs the search, and the model. */
export interface Lead {
  readonly search: Search;
  readonly ground: Ground;
  readonly workers: Workers;
  /** The leader as a member: what it counts, it counts for the search. */
  member: Member;
  /** The next batch whose candidates are to be added, and the first state that is in no batch yet. */
  next: number;
  end: number;
  /** Up to where a batch that stopped early is still to be expanded. */
  rest: number;
  /** The search's own room for candidates. */
  own: Int32Array;
  /** What the workers were told last: runs of user code, effects, questions about arrays, segments, and the set. */
  readonly told: {
    runs: number;
    effects: number;
    asked: number;
    segments: number;
    table: Visited | undefined;
  };
}

/** Tells the workers something. */
export const brief = ({ ground: { control }, workers }: Lead, briefing: Briefing): void => {
  workers.brief(briefing);
  Atomics.add(control, CONTROL.news, 1);
  Atomics.add(control, CONTROL.turn, 1);
  Atomics.notify(control, CONTROL.turn);
};

/** Tells the workers what was learned, which segments there are and where the set is, if it is more than they know. */
export const tellNews = (lead: Lead): void => {
  const { ground, search, told } = lead;
  const { space, store } = search;
  const { userRuns } = space.counts();
  if (userRuns !== told.runs) {
    told.runs = userRuns;
    const effects = space.effects();
    const asked = space.virtuals?.from(told.asked) ?? [];
    brief(lead, { lore: { table: space.forest.table(), effects: effects.slice(told.effects), asked } });
    told.effects = effects.length;
    told.asked += asked.length;
  }
  if (store.segments.length !== told.segments) {
    const from = told.segments;
    told.segments = store.segments.length;
    const segments = store.segments.slice(from);
    ground.segments.splice(from, Infinity, ...segments);
    brief(lead, { more: { from, segments } });
  }
  if (store.visited !== told.table) {
    told.table = store.visited;
    ground.table = store.visited;
    brief(lead, { table: store.visited });
  }
};

const laidIn = ({ control }: Ground): number => Atomics.load(control, CONTROL.laid);

/** Where a batch from `from` on may end; `from` if it does not pay yet. */
const endOf = ({ store }: Search, from: number, levelEnd: number): number => {
  // Where the next level ends is not known before this one is through: at the earliest where states end now.
  const limit = from < levelEnd ? levelEnd : store.size;
  const end = Math.min(limit, from + TEAM_BATCH_STATES, from - placeOf(from) + SEGMENT_STATES);
  const isWhole = from < levelEnd || end < store.size || end === from + TEAM_BATCH_STATES;
  return isWhole ? end : from;
};

/** Lays out batches, as long as there is room for them and there are states. */
export const lay = (lead: Lead, head: number, levelEnd: number): void => {
  const { ground, search } = lead;
  const { control, directory } = ground;
  if (laidIn(ground) === lead.next) lead.end = head;
  // Few states are expanded before anybody else has woken up.
  if (search.store.size - lead.end < 2 * TEAM_BATCH_STATES && laidIn(ground) === lead.next) return;
  if (laidIn(ground) - lead.next < RING) tellNews(lead);
  for (let batch = laidIn(ground); batch - lead.next < RING; batch += 1) {
    const end = endOf(search, lead.end, levelEnd);
    if (end === lead.end) return;
    const entry = (batch % RING) * ENTRY.length;
    directory[entry + ENTRY.from] = lead.end;
    directory[entry + ENTRY.to] = end;
    directory[entry + ENTRY.size] = search.store.size;
    lead.end = end;
    Atomics.store(control, CONTROL.laid, batch + 1);
    Atomics.add(control, CONTROL.turn, 1);
    Atomics.notify(control, CONTROL.turn);
  }
};

const isFinished = ({ directory }: Ground, batch: number): boolean =>
  Atomics.load(directory, (batch % RING) * ENTRY.length + ENTRY.finished) === batch + 1;

/** Throws where a worker could not go on: nothing of what it was to do will be done. */
export const needWorkers = ({ control }: Ground): void => {
  if (Atomics.load(control, CONTROL.failed) !== 0) throw new Error('a thread of the search has failed');
};

/** Waits until a batch is finished, and expands others meanwhile. */
export const finishBatch = (lead: Lead, batch: number): void => {
  const { ground, member } = lead;
  for (;;) {
    const finished = Atomics.load(ground.control, CONTROL.finished);
    if (isFinished(ground, batch)) return;
    needWorkers(ground);
    const other = takeBatch(ground);
    if (other >= 0) expandBatch(member, other);
    else Atomics.wait(ground.control, CONTROL.finished, finished);
  }
};

/** What came of a batch. */
export interface Harvest {
  readonly from: number;
  readonly to: number;
  readonly come: number;
  readonly candidates: Int32Array;
  readonly count: number;
  readonly steps: number;
  readonly stuck: Int32Array;
}

/** What came of a batch, which is finished. */
export const harvestOf = ({ ground }: Lead, batch: number): Harvest => {
  const { candidates, directory, stuck } = ground;
  const entry = directory.subarray((batch % RING) * ENTRY.length);
  return {
    from: entry[ENTRY.from]!,
    to: entry[ENTRY.to]!,
    come: entry[ENTRY.come]!,
    candidates: candidates[batch % RING]!,
    count: entry[ENTRY.candidates]!,
    steps: entry[ENTRY.steps]!,
    stuck: stuck[batch % RING]!.subarray(0, entry[ENTRY.stuck]),
  };
};

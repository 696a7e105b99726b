import { dropStates } from '../expand/rollback.ts';
import { expandFused } from '../expand/fused.ts';
import { CANDIDATE_EXTRA } from '../kernel/kernel-source.ts';
import type { Search, Team } from '../search.ts';
import { placeOf, SEGMENT_STATES } from '../store/segments.ts';
import { shareStore } from '../store/store.ts';
import { brief, finishBatch, harvestOf, lay, needWorkers, tellNews, type Lead } from './coordinator.ts';
import { createMember, takeBatch } from './worker-state.ts';
import { CONTROL, ENTRY, RING, roomFor, shared, TEAM_BATCH_STATES, type Ground } from './shared-memory.ts';
import { startWorkers } from './start-workers.ts';

const sharedCounts = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** Lets the team go on with the search as it is packed and fused now. No batch is on its way. */
const adopt = (lead: Lead): void => {
  const { ground, search, told } = lead;
  const { clusters, space, store, system } = search;
  const instances = system.instances.length;
  if (ground.layout !== store.layout || ground.candidates.length === 0) {
    shareStore(store, shared);
    ground.layout = store.layout;
    ground.candidates = Array.from({ length: RING }, () => shared(roomFor(store.layout.words, instances)));
    // All of them have moved.
    told.segments = 0;
  }
  lead.own = search.candidates;
  lead.member = createMember(ground, search.actions!, instances, search.selfLoops);
  const { candidates, layout } = ground;
  const { actions } = clusters!;
  const plan = { layout, clusters: actions, tries: space.tries, candidates };
  tellNews(lead);
  brief(lead, { plan });
};

/** Expands states without the others: few, or what a batch left over. */
const expandAlone = (lead: Lead, head: number, levelEnd: number): number => {
  const { own, rest, search } = lead;
  search.candidates = own;
  const most = Math.min(head + TEAM_BATCH_STATES, head - placeOf(head) + SEGMENT_STATES);
  return expandFused(search, head, Math.min(head < rest ? rest : levelEnd, most));
};

/** Expands states from number `head` on: puts what they lead to, in their order, where the search adds it from. */
const expand = (lead: Lead, head: number, levelEnd: number): number => {
  const { ground, search } = lead;
  if (head < lead.rest) return expandAlone(lead, head, levelEnd);
  lay(lead, head, levelEnd);
  if (Atomics.load(ground.control, CONTROL.laid) === lead.next) return expandAlone(lead, head, levelEnd);
  finishBatch(lead, lead.next);
  const { candidates, come, count, steps, stuck, to } = harvestOf(lead, lead.next);
  lead.next += 1;
  Atomics.store(ground.control, CONTROL.next, lead.next);
  if (come < to) lead.rest = to;
  search.candidates = candidates;
  search.filled = count * (ground.layout.words + CANDIDATE_EXTRA);
  search.transitions += steps;
  search.stuck.set(stuck);
  search.stuckCount = stuck.length;
  return come;
};

/** Ends what is on its way, and takes back what was expanded beyond what has been added. */
const recall = (lead: Lead): void => {
  const { ground, search } = lead;
  // What nobody has begun is not begun any more.
  const voided = new Set<number>();
  // What others still write to is not written to here.
  search.candidates = lead.own;
  for (let batch = takeBatch(ground); batch >= 0; batch = takeBatch(ground)) voided.add(batch);
  const laid = Atomics.load(ground.control, CONTROL.laid);
  for (let batch = lead.next; batch < laid; batch += 1) {
    if (voided.has(batch)) continue;
    finishBatch(lead, batch);
    const { come, from, steps } = harvestOf(lead, batch);
    search.transitions += steps;
    dropStates(search, from, come);
  }
  lead.next = laid;
  Atomics.store(ground.control, CONTROL.next, laid);
  lead.rest = 0;
};

/** Adds what all have counted to the search. They go on after being told to adopt it anew. */
const collect = (lead: Lead): void => {
  const { ground, search, workers } = lead;
  recall(lead);
  const instances = search.system.instances.length;
  const { control } = ground;
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
    needWorkers(ground);
    if (answered === before + workers.ports.length) break;
    Atomics.wait(control, CONTROL.answered, answered);
  }
  for (const { enabled, selfLoops } of each) {
    enabled.forEach((times, instance) => {
      search.enabled[instance]! += times;
    });
    selfLoops.forEach((times, instance) => {
      search.selfLoops[instance]! += times;
    });
  }
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
  const { store, system } = search;
  const instances = system.instances.length;
  const control = shared(CONTROL.length);
  const directory = shared(RING * ENTRY.length);
  const stuck = Array.from({ length: RING }, () => shared(TEAM_BATCH_STATES));
  const ground: Ground = {
    control,
    directory,
    layout: store.layout,
    segments: [],
    table: store.visited,
    candidates: [],
    stuck,
  };
  const workers = startWorkers(members - 1, { control, directory, stuck, instances });
  const lead: Lead = {
    search,
    ground,
    workers,
    member: createMember(ground, search.actions!, instances, search.selfLoops),
    next: 0,
    end: 0,
    rest: 0,
    own: search.candidates,
    told: { runs: -1, effects: 0, asked: 0, segments: 0, table: undefined },
  };
  return {
    isUp: (patienceMs) => comeUp(control, members - 1, patienceMs),
    adopt: () => adopt(lead),
    expand: (head, levelEnd) => expand(lead, head, levelEnd),
    collect: () => collect(lead),
    bytes: () => ground.candidates.reduce((sum, { byteLength }) => sum + byteLength, 0),
    end: () => {
      Atomics.store(control, CONTROL.quit, 1);
      Atomics.add(control, CONTROL.turn, 1);
      Atomics.notify(control, CONTROL.turn);
      workers.end();
    },
  };
};

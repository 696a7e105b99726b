import { dropStates, settle } from '../batch.ts';
import { bytesFor } from '../bounds.ts';
import type { Search, Team } from '../search.ts';
import { ensureSegments } from '../store.ts';
import { createTable, doubled, hasRoom, isNarrow, type Visited } from '../visited.ts';
import { CANDIDATE_EXTRA } from '../kernel-text.ts';
import { finishChunks, layBatch, leadingMember, tellNews, together, type Lead } from './leader.ts';
import { createMember, expandChunks, gatherFor, mergeChunks, placeFor } from './member.ts';
import { CHUNK_STATES, CONTROL, ENTRY, partAt, TEAM_BATCH_STATES, type Ground } from './shared.ts';
import { startWorkers } from './start.ts';
import { FRESH_EXTRA } from './text.ts';

// Records that one member may hand on to one owner in a batch.
const RECORDS = 2 ** 17;
// A batch of fewer chunks is done by the leader alone.
const CHUNKS_TO_SHARE = 8;

const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));
const sharedCounts = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

const owners = ({ owned }: Lead): readonly number[] => owned.map((_, owner) => owner);

const newTables = ({ search, owned }: Lead, narrow: boolean): Visited[] =>
  owned.map(() => createTable(Math.ceil((1.02 * search.store.size) / owned.length) + 64, narrow, shared));

/** Has every owner put its states into an empty table, a larger one if need be. */
const fillTables = (lead: Lead): void => {
  const { ground, workers } = lead;
  for (;;) {
    ground.control[CONTROL.failed] = 0;
    workers.brief({ tables: ground.tables });
    let fits = true;
    together(lead, 'place', () => {
      fits = placeFor(lead.leader, 0);
    });
    if (fits && ground.control[CONTROL.failed] === 0) return;
    ground.tables.forEach((table, owner) => {
      ground.tables[owner] = doubled(table, shared);
    });
  }
};

/** Makes room for states as they are packed now. */
const moveIn = (lead: Lead, narrow: boolean): void => {
  const { ground, search } = lead;
  const { store } = search;
  const { layout } = store;
  const members = lead.owned.length;
  ensureSegments(store, store.size);
  ground.segments.splice(0, Infinity, ...store.segments);
  ground.parents.splice(0, Infinity, ...store.parents);
  ground.layout = layout;
  ground.narrow = narrow;
  ground.tables.splice(0, Infinity, ...newTables(lead, narrow));
  ground.outs = lead.owned.map(() =>
    lead.owned.map(() => shared(RECORDS * (layout.words + CANDIDATE_EXTRA))),
  );
  ground.freshes = lead.owned.map(() => shared(members * RECORDS * (layout.words + FRESH_EXTRA)));
  ground.control[CONTROL.size] = store.size;
  lead.toldSegments = 0;
};

/** Lets the team go on with the search as it is packed and fused now. */
const adopt = (lead: Lead): void => {
  const { ground, search, workers } = lead;
  const { clusters, space, store } = search;
  const members = lead.owned.length;
  const narrow = isNarrow(store.layout, Math.ceil(store.size / members));
  // What is only fused anew stays where it is.
  const moves = ground.tables.length === 0 || ground.layout !== store.layout || ground.narrow !== narrow;
  if (moves) moveIn(lead, narrow);
  const { freshes, layout, outs } = ground;
  lead.leader = leadingMember(search, ground);
  const { actions } = clusters!;
  const width = space.fields.length;
  workers.brief({ plan: { layout, narrow, clusters: actions, tries: space.tries, width, outs, freshes } });
  tellNews(lead);
  if (!moves) return;
  fillTables(lead);
  lead.owned.fill(Math.ceil(store.size / members));
};

/** How many records the batch has for `owner`. */
const recordsFor = ({ control, directory }: Ground, owner: number): number => {
  let count = 0;
  for (let chunk = 0; chunk < control[CONTROL.chunks]!; chunk += 1) {
    for (let part = 0; part < 2; part += 1) {
      const at = partAt(chunk * ENTRY.length, part, owner);
      count += directory[at + ENTRY.recordsTo]! - directory[at + ENTRY.recordsFrom]!;
    }
  }
  return count;
};

/** Makes room for what the batch found. False when that would take more memory than there may be. */
const makeRoom = (lead: Lead): boolean => {
  const { ground, owned, search, workers } = lead;
  const { limits, store } = search;
  const incoming = owners(lead).map((owner) => recordsFor(ground, owner));
  const total = incoming.reduce((sum, count) => sum + count, 0);
  const crowded = owners(lead).filter(
    (owner) => !hasRoom(ground.tables[owner]!, owned[owner]! + incoming[owner]!),
  );
  const more = crowded.reduce((sum, owner) => sum + 2 * ground.tables[owner]!.slots.byteLength, 0);
  if (search.team!.bytes() + more > bytesFor(limits)) return false;
  ensureSegments(store, store.size + total);
  ground.segments.splice(0, Infinity, ...store.segments);
  ground.parents.splice(0, Infinity, ...store.parents);
  ground.larger.splice(0, Infinity, ...owned.map(() => undefined));
  for (const owner of crowded) ground.larger[owner] = doubled(ground.tables[owner]!, shared);
  if (crowded.length > 0) workers.brief({ larger: ground.larger });
  return true;
};

/** A table was too full for its batch: it is made anew, larger, and the batch is inserted again. */
const gatherAnew = (lead: Lead, owner: number): void => {
  const { ground, leader } = lead;
  do {
    ground.tables[owner] = doubled(ground.tables[owner]!, shared);
  } while (!placeFor(leader, owner) || !gatherFor(leader, owner));
};

/** Has every owner insert what the batch found for it. */
const gather = (lead: Lead, alone: boolean): void => {
  const { ground, leader, owned, workers } = lead;
  const moved = ground.larger.some((larger) => larger !== undefined);
  const full = new Set<number>();
  const own = (owner: number): void => {
    if (!gatherFor(leader, owner)) full.add(owner);
  };
  ground.control[CONTROL.failed] = 0;
  if (alone) for (const owner of owners(lead)) own(owner);
  else {
    const larger = [...ground.larger];
    together(lead, 'gather', () => own(0));
    larger.forEach((table, owner) => {
      if (table !== undefined) ground.tables[owner] = table;
      ground.larger[owner] = undefined;
    });
    for (const owner of owners(lead)) if ((ground.control[CONTROL.failed]! >> owner) & 1) full.add(owner);
  }
  for (const owner of full) gatherAnew(lead, owner);
  if (moved || full.size > 0) workers.brief({ tables: ground.tables });
  owners(lead).forEach((owner) => {
    owned[owner]! += ground.control[CONTROL.unnumbered + owner]!;
  });
};

/** Gives every chunk's new states their numbers; returns how many states are known then. */
const number = ({ ground, search, owned }: Lead): number => {
  const { control, directory } = ground;
  let next = search.store.size;
  for (let chunk = 0; chunk < control[CONTROL.chunks]!; chunk += 1) {
    const entry = chunk * ENTRY.length;
    directory[entry + ENTRY.first] = next;
    for (let owner = 0; owner < owned.length; owner += 1) {
      next += directory[entry + ENTRY.freshTo + owner]! - directory[entry + ENTRY.freshFrom + owner]!;
    }
  }
  return next;
};

/** Expands a batch from state `head` on, and adds what is new; as `addBatch`, for a whole team. */
const run = (lead: Lead, head: number, end: number): number => {
  const { ground, leader, search } = lead;
  const { store } = search;
  const known = store.size;
  const alone = layBatch(lead, head, Math.min(end, head + TEAM_BATCH_STATES)) < CHUNKS_TO_SHARE;
  if (alone) expandChunks(leader);
  else {
    tellNews(lead);
    together(lead, 'expand', () => expandChunks(leader));
  }
  const cut = finishChunks(lead);
  if (!makeRoom(lead)) {
    search.bound = 'memoryLimitMb';
    dropStates(search, head, cut);
    return head;
  }
  if (!alone) tellNews(lead);
  gather(lead, alone);
  store.size = number(lead);
  ground.control[CONTROL.size] = store.size;
  ground.control[CONTROL.cursor] = 0;
  if (alone) mergeChunks(leader);
  else together(lead, 'merge', () => mergeChunks(leader));
  return settle(search, known, head, cut);
};

const collect = (lead: Lead): void => {
  const { search, workers } = lead;
  const instances = search.system.instances.length;
  const counts = workers.ports.map(() => ({
    enabled: sharedCounts(instances),
    selfLoops: sharedCounts(instances),
  }));
  counts.forEach((one, index) => workers.ports[index]!.postMessage({ counts: one }));
  together(lead, 'count', () => {});
  for (const { enabled, selfLoops } of counts) {
    enabled.forEach((count, instance) => {
      search.enabled[instance]! += count;
    });
    selfLoops.forEach((count, instance) => {
      search.selfLoops[instance]! += count;
    });
  }
};

const bytes = ({ ground }: Lead): number =>
  [...ground.segments, ...ground.parents, ...ground.tables.map(({ slots }) => slots)].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );

/** Whether so many workers have reported, after waiting for so long at most. */
const comeUp = (control: Int32Array, workers: number, patienceMs: number): boolean => {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const done = Atomics.load(control, CONTROL.done);
    const leftMs = untilMs - performance.now();
    if (done === workers || leftMs <= 0) return done === workers;
    Atomics.wait(control, CONTROL.done, done, leftMs);
  }
};

/** Starts a team of `members` threads, the one that calls among them. It is of use once it is up. */
export const startTeam = (search: Search, members: number): Team => {
  const { layout } = search.store;
  const instances = search.system.instances.length;
  const control = shared(CONTROL.length);
  const directory = shared((TEAM_BATCH_STATES / CHUNK_STATES) * ENTRY.length);
  const transitions = sharedCounts(members);
  const ground: Ground = {
    control,
    directory,
    transitions,
    layout,
    narrow: false,
    segments: [],
    parents: [],
    outs: [],
    freshes: [],
    tables: [],
    larger: [],
  };
  const workers = startWorkers(members - 1, { control, directory, transitions, instances });
  const lead: Lead = {
    search,
    ground,
    workers,
    leader: createMember(0, ground, search.actions!, instances),
    owned: Array.from({ length: members }, () => 0),
    toldRuns: -1,
    toldEffects: 0,
    toldAsked: 0,
    toldSegments: 0,
  };
  return {
    isUp: (patienceMs) => comeUp(control, members - 1, patienceMs),
    adopt: () => adopt(lead),
    run: (head, end) => run(lead, head, end),
    collect: () => collect(lead),
    bytes: () => bytes(lead),
    end: workers.end,
  };
};

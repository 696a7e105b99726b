import { unpack } from '../../space/layout.ts';
import type { Actions } from '../actions.ts';
import { CANDIDATE_EXTRA } from '../kernel-text.ts';
import { placeOf, SEGMENT_STATES, segmentOf } from '../segments.ts';
import { teamLoops, type TeamLoops } from './loops.ts';
import { CHUNK_STATES, CONTROL, ENTRY, MOST_MEMBERS, partAt, type Ground } from './shared.ts';
import { CACHE_STATES, FRESH_EXTRA } from './text.ts';

/** One thread at work: what it has for itself. */
export interface Member {
  readonly index: number;
  readonly ground: Ground;
  loops: TeamLoops;
  actions: Actions;
  instances: number;
  selfLoops: Float64Array;
  candidates: Int32Array;
  cache: Int32Array;
  /** By owner: how many numbers of its `outs` are used. */
  readonly filled: Int32Array;
  forgetting: number;
}

// Candidates that a member makes before it hands them on: they stay in its processor's cache.
const OWN_CANDIDATES = 4096;

/** A member, with memory of its own for states as `ground` has them. */
export const createMember = (index: number, ground: Ground, actions: Actions, instances: number): Member => ({
  index,
  ground,
  loops: teamLoops(ground.layout.words, ground.narrow),
  actions,
  instances,
  selfLoops: new Float64Array(instances),
  candidates: new Int32Array((OWN_CANDIDATES + 2 * instances) * (ground.layout.words + CANDIDATE_EXTRA)),
  cache: new Int32Array(CACHE_STATES * ground.layout.words),
  filled: new Int32Array(MOST_MEMBERS),
  forgetting: 0,
});

const report = new Float64Array(4);
const stuck = new Int32Array(CHUNK_STATES);

/**
 * Expands a chunk from state `from` on, as its part `part`. Where it stops, the entry says; that is before the
 * chunk's end when a state is not known to some action and cannot be learned here, and when a place to
 * hand candidates on to is full.
 */
export const expandChunk = (member: Member, chunk: number, part: number, from: number): void => {
  const { actions, candidates, filled, ground, index, instances, loops } = member;
  const { control, directory, layout, transitions } = ground;
  const outs = ground.outs[index]!;
  const stride = layout.words + CANDIDATE_EXTRA;
  const entry = chunk * ENTRY.length;
  const end = Math.min(control[CONTROL.to]!, control[CONTROL.from]! + (chunk + 1) * CHUNK_STATES);
  const segment = ground.segments[segmentOf(from)]!;
  const first = from - placeOf(from);
  const row = new Uint32Array(layout.slots.length);
  directory[entry + ENTRY.maker + part] = index;
  outs.forEach((_, owner) => {
    directory[partAt(entry + ENTRY.recordsFrom, part, owner)] = filled[owner]! / stride;
  });
  let at = from;
  while (at < end) {
    if (outs.some((out, owner) => filled[owner]! + candidates.length > out.length)) break;
    report.fill(0);
    const place = actions.expand(
      segment,
      at - first,
      end - first,
      first,
      actions.fused.nodes(),
      actions.leaves(),
      member.selfLoops,
      candidates,
      instances,
      stuck,
      report,
    );
    const count = report[0]! / stride;
    loops.scatter(candidates, count, outs, filled, directory[entry + ENTRY.ordinal]!, member.cache);
    directory[entry + ENTRY.ordinal]! += count;
    transitions[index]! += report[1]!;
    at = first + place;
    // It stops at a state that is not composed, or because there is no more room.
    if (at < end && report[0]! <= candidates.length - instances * stride) {
      unpack(layout, segment, place * layout.words, row);
      if (!actions.compose(row)) break;
    }
  }
  directory[entry + ENTRY.come] = at;
  outs.forEach((_, owner) => {
    directory[partAt(entry + ENTRY.recordsTo, part, owner)] = filled[owner]! / stride;
  });
};

/** Expands chunks as long as there are any. */
export const expandChunks = (member: Member): void => {
  const { control } = member.ground;
  member.filled.fill(0);
  if (member.forgetting !== control[CONTROL.forgetting]!) {
    member.forgetting = control[CONTROL.forgetting]!;
    member.cache.fill(0);
  }
  for (;;) {
    const chunk = Atomics.add(control, CONTROL.cursor, 1);
    if (chunk >= control[CONTROL.chunks]!) return;
    expandChunk(member, chunk, 0, control[CONTROL.from]! + chunk * CHUNK_STATES);
  }
};

/** Tells the set the numbers of the states that were new in the last batch. */
const number = ({ ground }: Member, owner: number): void => {
  const unnumbered = ground.control[CONTROL.unnumbered + owner]!;
  ground.control[CONTROL.unnumbered + owner] = 0;
  if (ground.narrow) return;
  const { words } = ground.layout;
  const fresh = ground.freshes[owner]!;
  const { slots } = ground.tables[owner]!;
  for (let at = 0; at < unnumbered; at += 1) {
    const f = at * (words + FRESH_EXTRA);
    slots[fresh[f + words + 2]! + 1] = fresh[f + words + 1]! + 1;
  }
};

/** Inserts what all members have found for `owner`. Returns false when its set is too full for it. */
export const gatherFor = (member: Member, owner: number): boolean => {
  const { ground, loops } = member;
  const { control, directory, freshes, outs, segments, tables } = ground;
  number(member, owner);
  const larger = ground.larger[owner];
  if (larger !== undefined) {
    if (!loops.rehash(tables[owner]!.slots, tables[owner]!.logSize, larger.slots)) return false;
    tables[owner] = larger;
    ground.larger[owner] = undefined;
  }
  const { logSize, slots } = tables[owner]!;
  const fresh = freshes[owner]!;
  let count = 0;
  for (let chunk = 0; chunk < control[CONTROL.chunks]!; chunk += 1) {
    const entry = chunk * ENTRY.length;
    directory[entry + ENTRY.freshFrom + owner] = count;
    for (let part = 0; part < 2; part += 1) {
      const from = directory[partAt(entry + ENTRY.recordsFrom, part, owner)]!;
      const to = directory[partAt(entry + ENTRY.recordsTo, part, owner)]!;
      if (from === to) continue;
      const records = outs[directory[entry + ENTRY.maker + part]!]![owner]!;
      count = loops.gather(records, from, to, slots, logSize, segments, fresh, count);
      if (count < 0) return false;
    }
    directory[entry + ENTRY.freshTo + owner] = count;
  }
  control[CONTROL.unnumbered + owner] = count;
  return true;
};

/** Writes the new states of chunks to the queue as long as there are any. */
export const mergeChunks = ({ ground, loops }: Member): void => {
  const { control, directory, freshes, parents, segments } = ground;
  for (;;) {
    const chunk = Atomics.add(control, CONTROL.cursor, 1);
    if (chunk >= control[CONTROL.chunks]!) return;
    const entry = chunk * ENTRY.length;
    const heads = directory.slice(entry + ENTRY.freshFrom, entry + ENTRY.freshFrom + freshes.length);
    const ends = directory.slice(entry + ENTRY.freshTo, entry + ENTRY.freshTo + freshes.length);
    loops.merge(freshes, heads, ends, directory[entry + ENTRY.first]!, segments, parents);
  }
};

/** Puts every state that `owner` owns into its table, which is empty. False when one does not fit. */
export const placeFor = (member: Member, owner: number): boolean => {
  const { ground, loops } = member;
  const { logSize, slots } = ground.tables[owner]!;
  const size = ground.control[CONTROL.size]!;
  ground.control[CONTROL.unnumbered + owner] = 0;
  return ground.segments.every((segment, index) => {
    const first = index * SEGMENT_STATES;
    const count = Math.max(0, Math.min(SEGMENT_STATES, size - first));
    return loops.place(segment, count, first, slots, logSize, owner, ground.tables.length);
  });
};

import { unpack } from '../packing/layout.ts';
import type { Actions } from '../fused/fused-actions.ts';
import { CANDIDATE_EXTRA, EXPANDED } from '../kernel/offsets.ts';
import { segmentOf, startOfSegment } from '../memory/segments.ts';
import { AHEAD, CONTROL, ENTRY, RING, type SharedMemory } from './shared-memory.ts';
import { siftLoop } from './batch-filter.ts';
import { CACHE_STATES } from './batch-filter-source.ts';

/** One thread at work: what it has for itself. */
export interface Member {
  readonly memory: SharedMemory;
  readonly actions: Actions;
  readonly instances: number;
  readonly selfLoops: Float64Array;
  /**
   * The cache of what it remembers to have let through: of batches that it takes one after the other, in
   * their order.
   */
  readonly cache: Int32Array;
}

/** Makes a member, for states as `memory` has them. */
export const createMember = (
  memory: SharedMemory,
  actions: Actions,
  instances: number,
  selfLoops: Float64Array = new Float64Array(instances),
): Member => ({
  memory,
  actions,
  instances,
  selfLoops,
  cache: new Int32Array(CACHE_STATES * memory.layout.words),
});

/** Takes the next batch that nobody has; -1 if there is none. */
export const takeBatch = ({ control }: SharedMemory): number => {
  for (;;) {
    const taken = Atomics.load(control, CONTROL.taken);
    if (taken >= Atomics.load(control, CONTROL.laid)) return -1;
    if (Atomics.compareExchange(control, CONTROL.taken, taken, taken + 1) === taken) return taken;
  }
};

const report = new Float64Array(EXPANDED.length);

/**
 * Expands a batch, and leaves out successors that are known already. Where it stopped, its entry says; that
 * is before its end when a state is not known to some action and cannot be learned here, and when there is no
 * more room.
 */
export const expandBatch = (member: Member, batch: number): void => {
  const { actions, cache, memory, instances } = member;
  const { control, directory, layout, segments, table } = memory;
  const stride = layout.words + CANDIDATE_EXTRA;
  const entry = (batch % RING) * ENTRY.length;
  const candidates = memory.candidates[batch % RING]!;
  const isAhead = batch - Atomics.load(control, CONTROL.next) >= AHEAD;
  const sift = siftLoop(layout.words, table.narrow, isAhead);
  const from = directory[entry + ENTRY.from]!;
  const to = directory[entry + ENTRY.to]!;
  const size = directory[entry + ENTRY.size]!;
  const segment = segments[segmentOf(from)]!;
  const first = startOfSegment(from);
  const row = new Uint32Array(layout.slots.length);
  const stuck = memory.stuck[batch % RING]!;
  const output = { candidates, room: instances, stuck, selfLoops: member.selfLoops, report };
  const { slots, logSize } = table;
  let kept = 0;
  let at = from;
  report.fill(0);
  while (at < to) {
    report[EXPANDED.filled] = kept * stride;
    at = actions.expand({ segment, first, from: at, to }, output);
    const filled = report[EXPANDED.filled]!;
    const isFull = filled > candidates.length - instances * stride;
    kept = sift({ candidates, from: kept, to: filled / stride, slots, logSize, segments, size, cache });
    if (at === to) break;
    if (isFull) {
      if (kept * stride > candidates.length - instances * stride) break;
      continue;
    }
    unpack(layout, segment, (at - first) * layout.words, row);
    if (!actions.compose(row, report[EXPANDED.cluster]!)) break;
  }
  directory[entry + ENTRY.come] = at;
  directory[entry + ENTRY.candidates] = kept;
  directory[entry + ENTRY.steps] = report[EXPANDED.transitions]!;
  directory[entry + ENTRY.stuck] = report[EXPANDED.stuck]!;
  Atomics.store(directory, entry + ENTRY.finished, batch + 1);
  Atomics.add(control, CONTROL.finished, 1);
  Atomics.notify(control, CONTROL.finished);
};

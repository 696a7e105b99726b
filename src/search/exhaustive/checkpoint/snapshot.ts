import type { Verdict } from '../../result.ts';
import { layoutOf } from '../packing/layout.ts';
import type { SpaceMemory } from '../../learned-relation/space.ts';
import type { Numbers } from '../../checkpoint/file.ts';
import { needLongest, restoreMonitor } from '../../monitor/monitor.ts';
import { resizeBatch } from '../parts/batch.ts';
import { restoreCounters } from '../parts/counters.ts';
import { restoreFrontier, type Frontier } from '../parts/frontier.ts';
import { usePlan, type Plan } from '../parts/machines.ts';
import { antecedentsOf, fusePlanned } from '../replan/fuse.ts';
import { fieldSizes } from '../packing/layout-headroom.ts';
import type { Search } from '../search.ts';
import type { Instances } from '../kernel/kernel.ts';
import { SEGMENT_STATES } from '../memory/segments.ts';
import { adopt } from '../store/store.ts';
import { tableOf } from '../memory/visited-table.ts';

/**
 * A kept search: one between two batches, but for its arrays. Data that can be rebuilt from it is not part of
 * it.
 */
export interface KeptSearch {
  readonly whole: readonly string[];
  readonly space: Pick<SpaceMemory, 'values' | 'effects' | 'userRuns' | 'asked'> & {
    readonly roots: readonly number[];
  };
  /** The bits of each field in the layout. */
  readonly bits: readonly number[];
  readonly size: number;
  /** The lengths of each segment: of its words, its parents and its instances. */
  readonly rooms: readonly (readonly [words: number, parents: number, instances: number])[];
  readonly levels: readonly number[];
  readonly table: { readonly logSize: number; readonly narrow: boolean };
  readonly clusters?: Plan;
  readonly planAt: number;
  readonly transitions: number;
  readonly depth: number;
  readonly watches: readonly {
    readonly verdict?: Verdict;
    readonly decidedAt: number;
    readonly finalAfter: number;
    readonly antecedents: number;
  }[];
}

const usedIn = (size: number, segment: number): number =>
  Math.max(0, Math.min(SEGMENT_STATES, size - segment * SEGMENT_STATES));

/** Returns the parts of `search`, which is between two batches, that have to be kept. */
export const partsOf = (
  search: Search,
): { readonly content: KeptSearch; readonly arrays: readonly Numbers[] } => {
  const { counters, frontier, machines, monitors, space, store } = search;
  const { actions, plan, planAt } = machines;
  const { enabled, selfLoops, transitions } = counters;
  const { asked, effects, forest, userRuns, values } = space.memory();
  const { instances, layout, memory, parents, segments, size, visited } = store;
  const allEnabled = enabled.slice();
  actions?.countInto(allEnabled);
  return {
    content: {
      whole: space.whole,
      space: { values, effects, userRuns, asked, roots: forest.roots },
      bits: layout.slots.map(({ bits }) => bits),
      size,
      rooms: segments.map(({ length }, index) => [length, parents[index]!.length, instances[index]!.length]),
      levels: frontier.levels,
      table: { logSize: visited.logSize, narrow: visited.narrow },
      ...(plan === undefined ? {} : { clusters: plan }),
      planAt,
      transitions,
      depth: frontier.depth,
      watches: monitors.map((monitor) => ({
        ...(monitor.verdict === undefined ? {} : { verdict: monitor.verdict }),
        decidedAt: monitor.decidedAt,
        finalAfter: monitor.finalAfter,
        // The counts of the fused tries begin anew.
        antecedents:
          monitor.antecedents + (monitor.verdict === undefined ? antecedentsOf(search, monitor) : 0),
      })),
    },
    arrays: [
      forest.cells,
      forest.starts,
      allEnabled,
      selfLoops,
      ...(memory.states === 'fingerprint' ? [visited.slots] : []),
      ...segments.flatMap((words, index) => {
        const used = usedIn(size, index);
        return [
          words.subarray(0, used * layout.words),
          parents[index]!.subarray(0, used),
          instances[index]!.subarray(0, used),
        ];
      }),
    ],
  };
};

const inRoom = <N extends Numbers>(roomy: N, numbers: Numbers): N => {
  roomy.set(numbers);
  return roomy;
};

/**
 * Restores `search`, which has just begun, to what it was when it was kept at `place`; `next` reads one array
 * after the other.
 */
export const restore = (
  search: Search,
  kept: KeptSearch,
  place: Pick<Frontier, 'head' | 'levelEnd'>,
  next: () => Numbers,
): void => {
  const { batch, counters, frontier, machines, monitors, space, store, system, timers } = search;
  const forest = { cells: next() as Int32Array, starts: next() as Int32Array, roots: kept.space.roots };
  space.recall({ ...kept.space, forest });
  const [enabled, selfLoops] = [next() as Float64Array, next() as Float64Array];
  restoreCounters(counters, { enabled, selfLoops, transitions: kept.transitions });
  for (const monitor of timers) {
    needLongest(monitor, Math.max(monitor.longest, 2 ** kept.bits[monitor.timerField]! - 1));
  }
  const layout = layoutOf(
    fieldSizes(space, timers).map((size, field) => ({ ...size, bits: kept.bits[field]! })),
  );
  const table = tableOf(kept.table.logSize, kept.table.narrow);
  if (store.memory.states === 'fingerprint') table.slots.set(next());
  const from = {
    layout,
    size: kept.size,
    segments: [] as Int32Array[],
    parents: [] as Int32Array[],
    instances: [] as Instances[],
  };
  for (const [words, parents, instances] of kept.rooms) {
    from.segments.push(inRoom(new Int32Array(words), next()));
    from.parents.push(inRoom(new Int32Array(parents), next()));
    const some = next();
    from.instances.push(
      inRoom(some instanceof Uint16Array ? new Uint16Array(instances) : new Int32Array(instances), some),
    );
  }
  adopt(store, from, table);
  restoreFrontier(frontier, { ...place, levels: [...kept.levels], depth: kept.depth });
  monitors.forEach((monitor, index) =>
    restoreMonitor(monitor, { verdict: undefined, ...kept.watches[index]! }),
  );
  usePlan(machines, kept.clusters, kept.planAt);
  resizeBatch(batch, system, layout.words);
  fusePlanned(search);
};

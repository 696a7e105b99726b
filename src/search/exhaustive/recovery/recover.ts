import type { Bound, Onward, Progress, Step, Trace, Verdict } from '../../result.ts';
import { NEVER, type Space } from '../../learned-relation/space.ts';
import { linksOf, reversed, type Links } from './transition-graph.ts';
import type { Search } from '../search.ts';
import { readRow } from '../store/store.ts';
import { traceTo } from '../trace/trace-to.ts';
import { ANSWER, decideMonitor, type MonitorOf } from '../../monitor/monitor.ts';

type RecoversMonitor = MonitorOf<'recovers'>;

/** Marks the states from which one that `isGood` can be reached, by going back from all of those at once. */
const recoverable = ({ starts, ends }: Links, isGood: (state: number) => boolean): Uint8Array => {
  const states = starts.length - 1;
  const marks = new Uint8Array(states);
  const queue = new Uint32Array(states);
  let last = 0;
  for (let state = 0; state < states; state += 1) {
    if (!isGood(state)) continue;
    marks[state] = 1;
    queue[last++] = state;
  }
  for (let head = 0; head < last; head += 1) {
    const state = queue[head]!;
    for (let link = starts[state]!; link < starts[state + 1]!; link += 1) {
      const before = ends[link]!;
      if (marks[before] === 1) continue;
      marks[before] = 1;
      queue[last++] = before;
    }
  }
  return marks;
};

/** Returns the first instance that is possible in `row`, or -1. */
const firstIn = (space: Space, row: Uint32Array): number =>
  space.tries.findIndex((_, instance) => space.outcome(instance, row) !== NEVER);

/**
 * Continues a path from state `from`: always by the first thing that can happen, until a state comes again or
 * nothing can.
 */
const onwardFrom = (
  { space, store, system }: Search,
  from: number,
): { readonly steps: readonly Step[]; readonly loopFrom?: number } => {
  const row = new Uint32Array(store.layout.slots.length);
  readRow(store, from, row);
  const fields = row.subarray(0, space.fields.length);
  const seen = new Map<string, number>();
  const steps: Step[] = [];
  for (;;) {
    const loopFrom = seen.get(fields.join());
    if (loopFrom !== undefined) return { steps, loopFrom };
    seen.set(fields.join(), steps.length);
    const instance = firstIn(space, row);
    if (instance < 0) return { steps };
    const effect = space.effect(instance, row)!;
    for (let at = 0; at < effect.length; at += 2) row[effect[at]!] = effect[at + 1]!;
    const { action, choice } = system.instances[instance]!;
    steps.push({ action, choice });
  }
};

/** Returns the path to state `from`, from which there is no way back, and its continuation. */
const traceOf = (search: Search, from: number): Trace => {
  const { initial, steps } = traceTo(search, from);
  const { steps: rest, loopFrom } = onwardFrom(search, from);
  const stem = steps.length;
  const onward: Onward = loopFrom === undefined ? { stem } : { stem, loopFrom: stem + loopFrom };
  return { initial, steps: [...steps, ...rest], onward };
};

/**
 * Returns the first state, in the order of the search, from which a good one should be in reach and is not.
 */
const firstLost = ({ store }: Search, monitor: RecoversMonitor, back: Links): number | undefined => {
  const row = new Uint32Array(store.layout.slots.length);
  const marks = recoverable(back, (state) => {
    readRow(store, state, row);
    return monitor.good.answer(row) === ANSWER.decisive;
  });
  for (let state = marks.indexOf(0); state >= 0; state = marks.indexOf(0, state + 1)) {
    readRow(store, state, row);
    if (monitor.question.answer(row) !== ANSWER.notApplicable) return state;
  }
  return undefined;
};

/**
 * Decides which of the invariants that say `recovers` are violated, if the search was complete: what can be
 * reached from a state is known only then. Yields its progress as the search does. Those that hold or are
 * vacuous stay open.
 */
export function* decideRecovery(
  search: Search,
  hit: () => Bound | undefined,
): Generator<Progress, void, 'stop' | undefined> {
  const speaking = search.monitors.filter(
    (monitor): monitor is RecoversMonitor => monitor.kind === 'recovers' && monitor.antecedents > 0,
  );
  if (speaking.length === 0 || search.ending.bound !== undefined) return;
  const settle = (monitor: RecoversMonitor, verdict: Verdict): void => decideMonitor(monitor, verdict);
  const links = yield* linksOf(search, hit);
  if (typeof links === 'string') {
    for (const monitor of speaking) settle(monitor, { kind: 'unresolved', bound: links });
    return;
  }
  const back = reversed(links);
  for (const monitor of speaking) {
    const lost = firstLost(search, monitor, back);
    if (lost === undefined) continue;
    settle(monitor, { kind: 'violated', trace: traceOf(search, lost), shortest: true });
  }
}

import type { System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Bound, Limits, Observer, Progress } from '../result.ts';
import { withSpace, type Space } from '../space/space.ts';
import { fieldHash } from '../space/states.ts';
import { begin } from './begin.ts';
import { finish } from './finish.ts';
import { look, lookAtDeadlock, lookAtStep, tickMonitors } from './look.ts';
import type { ExhaustiveResult, Search } from './search.ts';
import { selfCheck } from './self-check.ts';

/** What to search for, and within which limits. */
export interface ExhaustiveOptions {
  /** Which invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
}

// States between two looks at the clock, the memory and whoever watches the search.
const SLICE = 2048;
// Every so many states the look-ups are compared with the model as it stands.
const SELF_CHECK = 8191;

/** Everything that can happen in state `index`, whose row is `row`; `next` is room for a successor's. */
const expand = (search: Search, index: number, row: Uint32Array, next: Uint32Array): void => {
  const { space, states, system, stepWatches } = search;
  const hashHere = states.hashAt(index);
  let enabled = 0;
  next.set(row);
  for (let instance = 0; instance < system.instances.length; instance += 1) {
    const effect = space.effect(instance, row);
    if (effect === undefined) continue;
    enabled += 1;
    search.enabled[instance]! += 1;
    let hash = hashHere;
    for (let at = 0; at < effect.length; at += 2) {
      const field = effect[at]!;
      const value = effect[at + 1]!;
      hash = (hash + fieldHash(field, value) - fieldHash(field, row[field]!)) | 0;
      next[field] = value;
    }
    if (search.monitors > 0) hash = tickMonitors(search, row, next, hash);
    for (const watch of stepWatches) lookAtStep(search, watch, row, next, index, instance);
    const found = states.add(next, hash, index, instance);
    if (found !== index) search.effective[instance]! += 1;
    if (found < 0) look(search, next, -1 - found);
    for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = row[effect[at]!]!;
  }
  search.transitions += enabled;
  if (enabled === 0) lookAtDeadlock(search, row, index);
};

const boundHit = (search: Search, limits: Limits, startMs: number): Bound | undefined => {
  if (search.states.size() >= (limits.maxStates ?? Infinity)) return 'maxStates';
  if (performance.now() - startMs >= (limits.timeLimitMs ?? Infinity)) return 'timeLimitMs';
  if (search.states.bytes() >= (limits.memoryLimitMb ?? Infinity) * 1_048_576) return 'memoryLimitMb';
  return undefined;
};

function* run(
  system: System,
  space: Space,
  options: ExhaustiveOptions,
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  const startMs = performance.now();
  const limits = options.limits ?? {};
  const search = begin(system, space, options.invariants ?? Object.keys(system.model.invariants));
  const { states } = search;
  const row = new Uint32Array(states.width);
  const next = new Uint32Array(states.width);
  let levelEnd = states.size();
  const decided = (): boolean =>
    search.watches.length > 0 && search.watches.every(({ verdict }) => verdict !== undefined);
  for (let index = 0; index < states.size() && search.bound === undefined && !decided(); index += 1) {
    if (index === levelEnd) {
      search.depth += 1;
      levelEnd = states.size();
    }
    if (search.depth >= (limits.maxDepth ?? Infinity)) {
      search.bound = 'maxDepth';
      break;
    }
    states.copy(index, row);
    if (index % SELF_CHECK === 0) selfCheck(system, space, row);
    expand(search, index, row, next);
    if (states.size() >= (limits.maxStates ?? Infinity)) search.bound = 'maxStates';
    if (index % SLICE === SLICE - 1) {
      search.bound ??= boundHit(search, limits, startMs);
      const reply = yield { states: states.size(), transitions: search.transitions, depth: search.depth };
      if (reply === 'stop') search.bound = 'interrupted';
    }
  }
  return finish(search);
}

/**
 * Looks at every state that `system` can reach, breadth first, so that the first attack found is a
 * shortest one; yields its progress every few thousand states and stops when sent `stop`. One search
 * decides all the invariants it is asked about and ends early once none is open. Throws UW104 for a
 * model that is not pure, UW106 for one that throws, UW201 for a limit that makes no sense.
 */
export function* exploreInSlices(
  system: System,
  options: ExhaustiveOptions = {},
): Generator<Progress, ExhaustiveResult, 'stop' | undefined> {
  checkLimits(options.limits ?? {});
  return yield* withSpace(system, (space) => run(system, space, options));
}

/** `exploreInSlices` in one go, telling `observer` how far it has come. */
export const explore = (
  system: System,
  options: ExhaustiveOptions & { readonly observer?: Observer } = {},
): ExhaustiveResult => {
  const slices = exploreInSlices(system, options);
  let slice = slices.next();
  while (slice.done !== true)
    slice = slices.next(options.observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};

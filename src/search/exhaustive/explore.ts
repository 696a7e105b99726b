import type { System } from '../../model/index.ts';
import { checkLimits } from '../limits.ts';
import type { Bound, Limits, Observer, Progress, SearchResult, Trace } from '../result.ts';
import { withSpace, type Space, type SpaceCounts } from '../space/space.ts';
import { createStates, fieldHash, rowHash, type States } from '../space/states.ts';
import { selfCheck } from './self-check.ts';
import { finish } from './finish.ts';
import { watchesOf, type StepWatch, type Watch } from './watch.ts';

/** What an exhaustive search found; `violated` verdicts carry a shortest trace. */
export interface ExhaustiveResult extends SearchResult, SpaceCounts {
  readonly engine: 'exhaustive';
  /** Memory of the states found, in bytes. */
  readonly bytes: number;
}

export interface ExhaustiveOptions {
  /** Which invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
}

/** A search in progress: what the inner loop needs, and nothing else. */
export interface Search {
  readonly system: System;
  readonly space: Space;
  readonly states: States;
  readonly watches: readonly Watch[];
  readonly stepWatches: readonly StepWatch[];
  /** How many watches are `within`: fields behind the model's own in every row. */
  readonly monitors: number;
  readonly enabled: Float64Array;
  readonly effective: Float64Array;
  transitions: number;
  depth: number;
  bound: Bound | undefined;
}

// States between two looks at the clock, the memory and whoever watches the search.
const SLICE = 2048;
// Every so many states the look-ups are compared with the model as it stands.
const SELF_CHECK = 8191;

/** The trace that leads to state `index`, with `via` (an instance) as a last step if given. */
export const traceTo = (search: Search, index: number, via?: number): Trace => {
  const { states, system } = search;
  const instances: number[] = via === undefined ? [] : [via];
  let at = index;
  while (states.parentOf(at) >= 0) {
    instances.push(states.viaOf(at));
    at = states.parentOf(at);
  }
  const steps = instances.toReversed().map((instance) => {
    const { action, choice } = system.instances[instance]!;
    return { action, choice };
  });
  return { initial: states.viaOf(at), steps };
};

/** Asks every undecided question about a state that is new, whose row is `row`. */
const look = (search: Search, row: Uint32Array, index: number): void => {
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind === 'within') monitor += 1;
    if (watch.verdict !== undefined) continue;
    if (watch.kind === 'always') {
      if (!watch.given(row)) continue;
      watch.antecedents += 1;
      if (!watch.holds(row)) watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
    } else if (watch.kind === 'sometimes') {
      if (!watch.witness(row)) continue;
      watch.antecedents += 1;
      watch.verdict = { kind: 'holds', witness: traceTo(search, index) };
    } else if (watch.kind === 'within') {
      if (row[monitor - 1] === 0) continue;
      watch.antecedents += 1;
      if (row[monitor - 1]! > watch.steps) {
        watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
      }
    }
  }
};

/**
 * Sets the waiting times of the `within` watches, which stand behind the fields of a row, for a step
 * from `row` to `next`; returns the hash with them.
 */
const tickMonitors = (search: Search, row: Uint32Array, next: Uint32Array, hashSoFar: number): number => {
  let hash = hashSoFar;
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind !== 'within') continue;
    const waited = row[monitor]!;
    let waits = 0;
    if (!watch.responds(next)) {
      if (waited > 0) waits = Math.min(waited + 1, watch.steps + 1);
      else if (watch.given(next)) waits = 1;
    }
    hash = (hash + fieldHash(monitor, waits) - fieldHash(monitor, waited)) | 0;
    next[monitor] = waits;
    monitor += 1;
  }
  return hash;
};

const lookAtStep = (
  search: Search,
  watch: StepWatch,
  row: Uint32Array,
  next: Uint32Array,
  index: number,
  instance: number,
): void => {
  if (watch.verdict !== undefined || !watch.given(row, next)) return;
  watch.antecedents += 1;
  if (!watch.bad(row, next)) return;
  watch.verdict = { kind: 'violated', trace: traceTo(search, index, instance), shortest: true };
};

/** A state from which nothing can happen never responds. */
const lookAtDeadlock = (search: Search, row: Uint32Array, index: number): void => {
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind !== 'within') continue;
    if (watch.verdict === undefined && row[monitor]! > 0) {
      watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
    }
    monitor += 1;
  }
};

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

const begin = (system: System, space: Space, invariants: readonly string[]): Search => {
  const watches = watchesOf(system, space, invariants);
  const monitors = watches.filter((watch) => watch.kind === 'within').length;
  const search: Search = {
    system,
    space,
    states: createStates(space.fields.length + monitors),
    watches,
    stepWatches: watches.filter((watch) => watch.kind === 'never-step'),
    monitors,
    enabled: new Float64Array(system.instances.length),
    effective: new Float64Array(system.instances.length),
    transitions: 0,
    depth: 0,
    bound: undefined,
  };
  const row = new Uint32Array(search.states.width);
  space.initial.forEach((values, initial) => {
    row.fill(0);
    row.set(values);
    tickMonitors(search, row, row, 0);
    const found = search.states.add(row, rowHash(row), -1, initial);
    if (found < 0) look(search, row, -1 - found);
  });
  return search;
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
  const decided = (): boolean => search.watches.length > 0 && search.watches.every(({ verdict }) => verdict !== undefined);
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
  while (slice.done !== true) slice = slices.next(options.observer?.(slice.value) === 'stop' ? 'stop' : undefined);
  return slice.value;
};

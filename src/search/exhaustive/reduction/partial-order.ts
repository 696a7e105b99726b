import { Fault, type System } from '../../../model/index.ts';
import type { Monitor } from '../../monitor/monitor.ts';
import { NEVER, type Row, type Space } from '../../learned-relation/space.ts';
import { canDecide } from './decides.ts';
import { footprintsOf, type Footprints } from './footprint.ts';
import { createKnownStates, type KnownStates } from '../store/known-states.ts';

/** A step that was taken, and whether it leads to another state. */
export interface TakenStep {
  readonly state: number;
  readonly instance: number;
  readonly changes: boolean;
}

/**
 * The partial-order reduction: which of the instances that can happen in a state are enough to look at.
 *
 * Let T be a set of instances such that, for every u in T and the state s at hand,
 *
 * - whoever may write a field that u looks at in s is in T; so as long as only others happen, u does in every
 *   state what it does in s: nothing, if it cannot happen, and the same writes if it can;
 * - if u can happen, whoever may read or write a field that u changes in s is in T, and whoever may write a
 *   field to which u gives the value it has: so others do not notice whether u has happened, and u happens
 *   after them as it would have before, with the same result.
 *
 * What others "may" read and write holds in every state (see `footprintsOf`). Those of T that can happen in s
 * are taken, and no others, if there are some, if none of them changes a field that a monitored invariant may
 * look at, and if one of them, t, leads to a state that has a later place in the queue than s: one that is
 * new, or waits to be expanded. Otherwise all are taken.
 *
 * Nothing is missed: suppose that b1 … bn leads from a state s of the search to a state in which an monitored
 * invariant answers x. Then some state of the search is one in which it answers x. By induction over n and,
 * for equal n, from the end of the queue. If n = 0 it is s. If all are taken in s, b1 is, and n - 1 are left.
 * If some bk is in T, let it be the first; it can happen in s, since the others cannot have made it possible,
 * and is taken; b1 … bk-1 can still happen after it, with the same result; n - 1 are left. If none is in T, t
 * is taken, and b1 … bn can still happen after it; their last state differs from the one without t in what t
 * changes, which the invariant does not look at. These are n steps again, but from a state later in the
 * queue, which is finite. The same holds with `bn happens` for the answer: no action is overlooked.
 *
 * So every answer of `always` and `sometimes` is found that there is. What is found need not be on a shortest
 * path, and invariants that look at steps or count them may miss what the order left out would show.
 */
export interface PartialOrder {
  readonly known: KnownStates;
  /**
   * Chooses the instances to take in state number `state`, of those `possible`; undefined for all of them.
   * `isLater` says whether one leads to a state with a later place in the queue.
   */
  readonly choose: (
    row: Row,
    possible: readonly number[],
    isLater: (instance: number) => boolean,
  ) => readonly number[] | undefined;
  /** Every step of the batch at hand. */
  readonly taken: TakenStep[];
  /** The number of states in which fewer instances were taken than could happen. */
  reduced: number;
}

const refuse = ({ id, kind }: Monitor): Fault =>
  new Fault('UW202', {
    where: `invariant ${id}, with reduce partial-order`,
    expected: 'an invariant about single states: always or sometimes',
    got: kind,
    likely: 'a reduced search leaves out orders of steps, which such an invariant could tell apart',
    next: 'name the invariants to decide, or search without this reduction',
  });

/** A set of instances, a bit for each. */
type Bits = Uint32Array;

/** Returns the instances that may write each field, and those that may read or write it. */
const usersOf = (
  space: Space,
  { reads, writes }: Footprints,
): { readonly writers: readonly Bits[]; readonly users: readonly Bits[] } => {
  const by = (uses: (instance: number, field: number) => boolean): readonly Bits[] =>
    space.fields.map((_, field) => {
      const bits = new Uint32Array(Math.ceil(space.tries.length / 32));
      for (let instance = 0; instance < space.tries.length; instance += 1) {
        if (uses(instance, field)) bits[instance >> 5]! |= 1 << (instance & 31);
      }
      return bits;
    });
  return {
    writers: by((instance, field) => writes[instance]!.has(field)),
    users: by((instance, field) => reads[instance]!.has(field) || writes[instance]!.has(field)),
  };
};

const include = (into: Bits, bits: Bits): void => {
  for (let word = 0; word < into.length; word += 1) into[word]! |= bits[word]!;
};

const hasBit = (bits: Bits, instance: number): boolean =>
  ((bits[instance >> 5]! >>> (instance & 31)) & 1) === 1;

/** Whether all of `bits` are in `of`. */
const covers = (of: Bits, bits: Bits): boolean => bits.every((word, at) => (word & ~of[at]!) === 0);

/** Returns an instance of `wanted` that is not in `done`, or -1. */
const firstOpen = (wanted: Bits, done: Bits): number => {
  for (let word = 0; word < wanted.length; word += 1) {
    const open = wanted[word]! & ~done[word]!;
    if (open !== 0) return word * 32 + 31 - Math.clz32(open);
  }
  return -1;
};

/** Makes a function that chooses a smallest set out of those that begin with one instance each. */
const chooser = (space: Space, footprints: Footprints): PartialOrder['choose'] => {
  const { writers, users } = usersOf(space, footprints);
  const words = Math.ceil(space.tries.length / 32);
  /** By instance: the set that has to be with it, and the state for which it was found. */
  const needs = space.tries.map(() => new Uint32Array(words));
  const foundIn = new Float64Array(space.tries.length);
  const noticed = new Uint8Array(space.tries.length);
  let turn = 0;

  /**
   * Finds what has to be in a set with `instance`; returns whether no invariant could notice what it does.
   */
  const need = (row: Row, instance: number): boolean => {
    if (foundIn[instance] === turn) return noticed[instance] === 0;
    foundIn[instance] = turn;
    noticed[instance] = 0;
    const wanted = needs[instance]!.fill(0);
    const outcome = space.forest.trail(space.tries[instance]!, row, (field) =>
      include(wanted, writers[field]!),
    );
    if (outcome === NEVER) return true;
    const effect = space.effectAt(outcome);
    for (let at = 0; at < effect.length; at += 2) {
      const field = effect[at]!;
      const changes = row[field] !== effect[at + 1];
      if (changes && footprints.watched.has(field)) noticed[instance] = 1;
      include(wanted, (changes ? users : writers)[field]!);
    }
    return noticed[instance] === 0;
  };
  /**
   * Returns the least such set with `first`; undefined if the invariants could notice it, or all that is
   * possible is in it.
   */
  const closureOf = (first: number, row: Row, possible: Bits): Bits | undefined => {
    const wanted = new Uint32Array(words);
    const done = new Uint32Array(words);
    wanted[first >> 5]! |= 1 << (first & 31);
    for (let one = first; one >= 0; one = firstOpen(wanted, done)) {
      done[one >> 5]! |= 1 << (one & 31);
      if (!need(row, one)) return undefined;
      include(wanted, needs[one]!);
      if (covers(wanted, possible)) return undefined;
    }
    return wanted;
  };
  return (row, possible, isLater) => {
    if (possible.length < 2) return undefined;
    turn += 1;
    const all = new Uint32Array(words);
    for (const instance of possible) all[instance >> 5]! |= 1 << (instance & 31);
    let best: readonly number[] | undefined;
    for (const first of possible) {
      const closure = closureOf(first, row, all);
      if (closure === undefined) continue;
      const found = possible.filter((instance) => hasBit(closure, instance));
      if (found.length >= (best?.length ?? Infinity) || !found.some((instance) => isLater(instance)))
        continue;
      best = found;
      if (best.length === 1) break;
    }
    return best;
  };
};

/**
 * Makes the partial order of a search that has begun, or says why there is none. Throws UW202 for an
 * invariant that looks at more than single states.
 */
export const partialOrderOf = (
  system: System,
  space: Space,
  monitors: readonly Monitor[],
  isOver: () => boolean,
): PartialOrder | { readonly unbounded: string } => {
  for (const monitor of monitors) {
    if (!canDecide('partial-order', monitor.kind)) throw refuse(monitor);
  }
  const footprints = footprintsOf(
    system,
    space.another(),
    monitors.map(({ id }) => id),
    isOver,
  );
  if ('unbounded' in footprints) return footprints;
  return { known: createKnownStates(), choose: chooser(space, footprints), taken: [], reduced: 0 };
};

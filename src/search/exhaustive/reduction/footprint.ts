import { Fault, type System } from '../../../model/index.ts';
import { limited } from '../../../model/watchdog/limited.ts';
import { forgetCall, speculating } from '../../../model/watchdog/running.ts';
import { monitorsOf } from '../../monitor/monitor.ts';
import { OUTCOME, UNKNOWN } from '../../learned-relation/tries/forest.ts';
import { ShapeChanged } from '../../learned-relation/fields/shape.ts';
import { NEVER, type Row, type Space } from '../../learned-relation/space.ts';

/**
 * The footprints, as sets of fields: whatever an instance could look at and write, and what the monitored
 * invariants could look at.
 */
export interface Footprints {
  /** The fields that each instance may read, or write. */
  readonly reads: readonly ReadonlySet<number>[];
  readonly writes: readonly ReadonlySet<number>[];
  readonly watched: ReadonlySet<number>;
}

/**
 * The reason why nothing can be said of all states: a function throws on values that may never meet, or there
 * are too many of them.
 */
export interface Unbounded {
  readonly unbounded: string;
}

// The limit of the cost of finding out: runs of the model's functions, and steps through what was learned of
// them.
const MOST_RUNS = 20_000;
const MOST_VISITS = 1_000_000;
// A field that takes more values than this in states that nobody reaches is likely to take ever more.
const MOST_VALUES = 200;

// The time of one run of a function on values that may never meet, on which a loop may not end.
const RUN_MS = 500;
// The time that all of it may take before each run is given a time of its own.
const TOGETHER_MS = 1000;

const TOO_MANY = new Error('too many combinations');
const TOO_LATE = new Error('no time is left');
/** Thrown when a function does not return on values that may never meet. */
class Endless extends Error {}

/** A tour of all that one learned function can answer, which learns what is missing. */
interface Tour {
  readonly space: Space;
  readonly where: string;
  readonly trie: number;
  readonly learn: (row: Row) => void;
  readonly onField: (field: number) => void;
  readonly onOutcome: (outcome: number) => void;
}

/** Makes a tour learn the result of a row. */
type Learn = (tour: Tour, row: Row) => void;

const createTourist = (space: Space, learn: Learn): ((tour: Tour) => void) => {
  const { forest } = space;
  const row: Row = Uint32Array.from(space.initial[0]!);
  const known = new Uint8Array(space.fields.length);
  let visits = 0;
  const next = (place: number, field: number): number => {
    known[field] = 1;
    const found = forest.advance(place, row, known);
    known[field] = 0;
    return found;
  };
  const visit = (tour: Tour, place: number): void => {
    visits += 1;
    if (visits > MOST_VISITS || space.counts().userRuns > MOST_RUNS) throw TOO_MANY;
    if (place < 0) {
      tour.onOutcome(OUTCOME - place);
      return;
    }
    const field = forest.fieldAt(place);
    tour.onField(field);
    const before = row[field]!;
    // This may teach new values of the very field.
    for (let value = 0; value < space.valuesOf(field).length; value += 1) {
      if (value > MOST_VALUES) throw TOO_MANY;
      row[field] = value;
      if (next(place, field) === UNKNOWN) learn(tour, row);
      visit(tour, next(place, field));
    }
    row[field] = before;
  };
  return (tour) => {
    if (forest.placeOf(tour.trie) === UNKNOWN) learn(tour, row);
    visit(tour, forest.placeOf(tour.trie));
  };
};

const closed = (system: System, space: Space, invariants: readonly string[], learn: Learn): Footprints => {
  const tour = createTourist(space, learn);
  const reads = system.instances.map(() => new Set<number>());
  const writes = system.instances.map(() => new Set<number>());
  const watched = new Set<number>();
  const monitors = monitorsOf(system, space, invariants);
  const sizes = (): number => space.fields.reduce((sum, _, field) => sum + space.valuesOf(field).length, 0);
  for (let before = -1; before !== sizes();) {
    before = sizes();
    space.tries.forEach((trie, instance) => {
      tour({
        space,
        where: `action ${system.instances[instance]!.key}`,
        trie,
        learn: (row) => void space.outcome(instance, row),
        onField: (field) => reads[instance]!.add(field),
        onOutcome: (outcome) => {
          if (outcome === NEVER) return;
          space.effectAt(outcome).forEach((field, at) => {
            if (at % 2 === 0) writes[instance]!.add(field);
          });
        },
      });
    });
  }
  for (const monitor of monitors) {
    if (monitor.kind !== 'always' && monitor.kind !== 'sometimes') continue;
    const { answer, trie } = monitor.question;
    tour({
      space,
      where: `invariant ${monitor.id}`,
      trie,
      learn: (row) => void answer(row),
      onField: (field) => watched.add(field),
      onOutcome: () => undefined,
    });
  }
  return { reads, writes, watched };
};

/**
 * Runs a function of the model, which may not end on values that may never meet; what was learned is used up
 * then.
 */
const patiently = (where: string, run: () => void): void => {
  let outcome = limited(RUN_MS, run);
  // One that a busy machine kept from running is run once more.
  for (let tries = 1; outcome.kind === 'stopped' && !outcome.busy && tries < 3; tries += 1) {
    outcome = limited(RUN_MS, run);
  }
  if (outcome.kind === 'done') return;
  forgetCall();
  throw new Endless(where);
};

/**
 * Bounds what the instances of `space`, which is used up by this, and the named invariants may read and write
 * in any state whatever. Each function is run on every combination of the values of what it reads, be it
 * reachable or not, and what is written counts as a value from then on, until nothing new comes of it. The
 * values of a reachable state are among these, by induction over the steps to it; so no reachable state shows
 * a read or a write that is not in the result.
 *
 * That induction needs every function: where one throws on some combination, or does not return, or there are
 * too many of them, nothing is known of what it would write, and so of none.
 */
export const footprintsOf = (
  system: System,
  space: Space,
  invariants: readonly string[],
  isOver: () => boolean = () => false,
): Footprints | Unbounded => speculating(() => footprintsIn(system, space, invariants, isOver));

const footprintsIn = (
  system: System,
  space: Space,
  invariants: readonly string[],
  isOver: () => boolean,
): Footprints | Unbounded => {
  const inTime: Learn = (tour, row) => {
    if (isOver()) throw TOO_LATE;
    tour.learn(row);
  };
  try {
    const together = limited(TOGETHER_MS, () => closed(system, space.another(), invariants, inTime));
    if (together.kind === 'done') return together.value;
    forgetCall();
    return closed(system, space, invariants, (tour, row) => patiently(tour.where, () => inTime(tour, row)));
  } catch (error) {
    if (error === TOO_LATE) return { unbounded: 'the time limit ended what was to find that out' };
    if (error instanceof Endless) {
      return { unbounded: `${error.message} does not return on values that may never meet` };
    }
    if (error === TOO_MANY) {
      return {
        unbounded: `there are too many values, or combinations of them, in states that may never be reached`,
      };
    }
    if (error instanceof ShapeChanged) return { unbounded: `${error.path} may change its shape` };
    if (!(error instanceof Fault)) throw error;
    return { unbounded: `${error.details.where} fails on values that may never meet: ${error.details.got}` };
  }
};

import { createHash } from 'node:crypto';
import { Fault, type State, type System, type Value } from '../../model/index.ts';
import { stateQuestionsIn, monitorsOf, type Monitor } from '../monitor/monitor.ts';
import { inOneGo } from '../set-up.ts';
import { shapeOf, ShapeChanged } from '../learned-relation/fields/shape.ts';
import { stateAt as stateOf } from '../learned-relation/recording/whole-state.ts';
import { NEVER, withSpace, type Row, type Space } from '../learned-relation/space.ts';
import type { Numbers } from './file.ts';

/** The length of a digest, in numbers, of what a model does in one state. */
const DIGEST_LENGTH = 2;
// Numbers of rows that are held; beyond it every other row is let go.
const MOST_NUMBERS = 1 << 23;

const digestOf = (text: string): Int32Array => {
  const bytes = createHash('sha256').update(text).digest();
  return Int32Array.from({ length: DIGEST_LENGTH }, (_, at) => bytes.readInt32LE(4 * at));
};

/** Returns the result of `run` as text; an error is a result, too. */
const toldOf = (run: () => number | string): number | string => {
  try {
    return run();
  } catch (error) {
    if (error instanceof ShapeChanged) return `the shape of ${error.path} changes`;
    if (error instanceof Fault) return `${error.code} ${error.details.got}`;
    throw error;
  }
};

/** Makes a function that describes, by the number of an outcome in `space`, what it writes. */
const writesTold = (space: Space): ((outcome: number) => string) => {
  const known: string[] = [];
  return (outcome) =>
    (known[outcome] ??=
      outcome === NEVER
        ? 'no'
        : JSON.stringify(
            space
              .effectAt(outcome)
              .map((number, at, list) =>
                at % 2 === 0 ? space.fields[number]! : space.valuesOf(list[at - 1]!)[number]!,
              ),
          ));
};

const afterOf = (space: Space, row: Row, outcome: number): Row => {
  const after = row.slice();
  const effect = space.effectAt(outcome);
  for (let at = 0; at < effect.length; at += 2) after[effect[at]!] = effect[at + 1]!;
  return after;
};

/**
 * Makes a function that returns all that the model's functions say in one state: what each instance does, and
 * the answers to all questions.
 */
const teller = (system: System, space: Space, monitors: readonly Monitor[]): ((state: State) => string) => {
  const told = writesTold(space);
  const questions = monitors.flatMap(stateQuestionsIn);
  const stepQuestions = monitors.flatMap((monitor) =>
    monitor.kind === 'never-step' ? [monitor.question] : [],
  );
  return (state) => {
    const row = space.encode(state);
    const parts: (number | string)[] = questions.map(({ answer }) => toldOf(() => answer(row)));
    for (const [index] of system.instances.entries()) {
      const outcome = toldOf(() => space.outcome(index, row));
      parts.push(typeof outcome === 'number' ? told(outcome) : outcome);
      if (typeof outcome === 'string' || outcome === NEVER) continue;
      const after = afterOf(space, row, outcome);
      for (const { answer } of stepQuestions) parts.push(toldOf(() => answer(row, after)));
    }
    return parts.join('\n');
  };
};

/**
 * Runs the model's functions in each of `states`, now, and returns a digest for each. Every element is read
 * by itself.
 */
const saidIn = (
  system: System,
  invariants: readonly string[],
  whole: readonly string[],
  count: number,
  stateAt: (index: number) => State,
): Int32Array => {
  const slices = withSpace(
    system,
    // oxlint-disable-next-line require-yield -- it is over before anybody could wait for it
    function* use(space): Generator<never, Int32Array> {
      const digests = new Int32Array(count * DIGEST_LENGTH);
      const tell = teller(system, space, monitorsOf(system, space, invariants));
      for (let at = 0; at < count; at += 1) digests.set(digestOf(tell(stateAt(at))), at * DIGEST_LENGTH);
      return digests;
    },
    { known: whole },
  );
  return inOneGo(slices);
};

/** States, as numbers of values by field, and what the model's functions said in each. */
export interface KeptEvidence {
  readonly whole: readonly string[];
  /** The values of each field, by number. */
  readonly values: readonly (readonly Value[])[];
  readonly count: number;
  /** The stride: of so many states at which something was learned, one is among them. */
  readonly stride: number;
}

/**
 * The evidence of a search: the states at which it ran a function of the model, with what all functions say
 * there. A function that does the same in each of them does the same in every state that was looked at, as
 * far as it is read field by field: all other answers were looked up among these.
 */
export interface Evidence {
  /** Notes a state that has the values with these numbers. */
  readonly note: (row: Row) => void;
  /** Returns all that was noted, with what is said there. */
  readonly parts: (
    space: Space,
    system: System,
    invariants: readonly string[],
  ) => { readonly content: KeptEvidence; readonly arrays: readonly Numbers[] };
  /** Takes over what was noted before. */
  readonly recall: (kept: KeptEvidence, rows: Int32Array, digests: Int32Array) => void;
}

/** Makes empty evidence, for rows of `width` fields. */
export const createEvidence = (width: number): Evidence => {
  const rows: Int32Array[] = [];
  let digests: Int32Array[] = [];
  let stride = 1;
  let turn = 0;
  const isSameAsLast = (row: Row): boolean => {
    const last = rows.at(-1);
    return last !== undefined && last.every((number, field) => number === row[field]);
  };
  const thin = (): void => {
    stride *= 2;
    rows.splice(0, rows.length, ...rows.filter((_, at) => at % 2 === 0));
    digests = digests.filter((_, at) => at % 2 === 0);
  };
  return {
    note: (row) => {
      if (isSameAsLast(row)) return;
      turn += 1;
      if (turn % stride !== 0) return;
      rows.push(Int32Array.from(row.subarray(0, width)));
      if (rows.length * width > MOST_NUMBERS) thin();
    },
    parts: (space, system, invariants) => {
      const known = digests.length;
      const stateAt = (at: number): State => space.decode(Uint32Array.from(rows[known + at]!));
      const more = saidIn(system, invariants, space.whole, rows.length - known, stateAt);
      for (let at = 0; at < more.length; at += DIGEST_LENGTH) {
        digests.push(more.slice(at, at + DIGEST_LENGTH));
      }
      const { values } = space.memory();
      return {
        content: { whole: space.whole, values, count: rows.length, stride },
        arrays: [joined(rows, width), joined(digests, DIGEST_LENGTH)],
      };
    },
    recall: (kept, keptRows, keptDigests) => {
      rows.length = 0;
      digests = [];
      stride = kept.stride;
      for (let at = 0; at < kept.count; at += 1) {
        rows.push(keptRows.slice(at * width, (at + 1) * width));
        digests.push(keptDigests.slice(at * DIGEST_LENGTH, (at + 1) * DIGEST_LENGTH));
      }
    },
  };
};

const joined = (parts: readonly Int32Array[], width: number): Int32Array => {
  const all = new Int32Array(parts.length * width);
  parts.forEach((part, at) => all.set(part, at * width));
  return all;
};

/**
 * Finds the first state of `kept` in which the model's functions say something else now; undefined if there
 * is none.
 */
export const contradictionIn = (
  system: System,
  invariants: readonly string[],
  kept: KeptEvidence,
  rows: Int32Array,
  digests: Int32Array,
): State | undefined => {
  const shape = shapeOf(system.initial[0]!, new Set(kept.whole));
  const width = shape.fields.length;
  const stateAt = (at: number): State =>
    stateOf(shape, (field) => kept.values[field]![rows[at * width + field]!]!);
  const now = saidIn(system, invariants, kept.whole, kept.count, stateAt);
  const differs = now.findIndex((number, at) => number !== digests[at]);
  return differs < 0 ? undefined : stateAt(Math.floor(differs / DIGEST_LENGTH));
};

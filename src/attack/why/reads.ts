import type { State, System } from '../../model/index.ts';
import { watchedSlices } from '../../model/watchdog/slices.ts';
import type { Space, Row } from '../../search/learned-relation/space.ts';
import { withSpace } from '../../search/learned-relation/space.ts';
import { instanceOf, statesOf } from '../../search/trace.ts';
import type { Trace } from '../../search/result.ts';

/** A field of one of the states along a path, as a function of the model read it. */
export interface FieldRead {
  readonly field: string;
  /** The index of the state on the path: 0 is the initial one. */
  readonly state: number;
}

/** The reads and writes of the model's functions along a path. */
export interface PathReads {
  /**
   * The fields of each step: those that its guard read, those that only its recipe read, and those that the
   * step changed.
   */
  readonly steps: readonly {
    readonly guard: readonly string[];
    readonly recipe: readonly string[];
    readonly wrote: readonly string[];
  }[];
  /** The invariant's reads of the states at the end. */
  readonly invariant: readonly FieldRead[];
}

type Numbered = (field: number) => number;

/** Returns the fields on the way that a trie goes for a state, in the order in which they were read. */
const readsAlong = ({ forest }: Space, trie: number, valueOf: Numbered): readonly number[] => {
  const fields: number[] = [];
  let decision = forest.treeOf(trie);
  while (decision?.kind === 'read') {
    fields.push(decision.field);
    decision = decision.cases[valueOf(decision.field)];
  }
  return fields;
};

/** Asks a question about one state of the path, and returns what it read. */
type Ask = (at: number, answer: (state: State) => boolean) => readonly FieldRead[];

const within = (
  system: System,
  claim: Extract<System['model']['invariants'][string], { readonly kind: 'within' }>,
  states: readonly State[],
  ask: Ask,
): readonly FieldRead[] => {
  const { setting } = system;
  let from = states.length - 1;
  for (let at = 0, waiting = false; at < states.length; at += 1) {
    if (claim.responds(states[at]!, setting)) waiting = false;
    else if (!waiting && claim.given(states[at]!, setting)) {
      waiting = true;
      from = at;
    }
  }
  return states.flatMap((_, at) => {
    if (at < from) return [];
    const test = at === from ? claim.given : claim.responds;
    return ask(at, (state) => test(state, setting));
  });
};

/** Returns the invariant's reads of the states that break it. */
const invariantReads = (
  system: System,
  invariant: string,
  states: readonly State[],
  ask: Ask,
  askStep: (answer: (before: State, after: State) => boolean) => readonly FieldRead[],
): readonly FieldRead[] => {
  const { instances, model, setting } = system;
  const claim = model.invariants[invariant]!;
  const last = states.length - 1;
  switch (claim.kind) {
    case 'always':
      return ask(last, (state) => (claim.given?.(state, setting) ?? true) && claim.holds(state, setting));
    case 'sometimes':
      return ask(last, (state) => claim.witness(state, setting));
    case 'recovers':
      return ask(last, (state) => (claim.given?.(state, setting) ?? true) && claim.good(state, setting));
    case 'never-step':
      return last === 0
        ? []
        : askStep(
            (before, after) =>
              (claim.given?.(before, after, setting) ?? true) && claim.bad(before, after, setting),
          );
    case 'within':
      return within(system, claim, states, ask);
    case 'no-deadlock':
      return ask(last, (state) =>
        instances.some(
          ({ action, choice }) => model.actions[action]!.when?.(state, choice as never, setting) ?? true,
        ),
      );
  }
};

const changed = (before: Row, after: Row): readonly number[] =>
  [...after.keys()].filter((field) => before[field] !== after[field]);

const readIn = (
  system: System,
  space: Space,
  invariant: string,
  trace: Trace,
  states: readonly State[],
): PathReads => {
  const { model, setting } = system;
  const rows = states.map((state) => space.encode(state));
  const width = space.fields.length;
  const names = (fields: readonly number[]): readonly string[] => fields.map((field) => space.fields[field]!);
  const askIn = (at: number, where: string, answer: (state: State) => boolean): readonly number[] => {
    const question = space.ask({ where, answer: (state) => (answer(state) ? 1 : 0) });
    const row = rows[at]!;
    question.answer(row);
    return readsAlong(space, question.trie, (field) => row[field]!);
  };
  const steps = trace.steps.slice(0, states.length - 1).map((step, at) => {
    const instance = instanceOf(system, step);
    const index = system.instances.indexOf(instance);
    const { when } = model.actions[instance.action]!;
    const where = `model ${model.id}, action ${instance.key}, when`;
    const guard =
      when === undefined ? [] : askIn(at, where, (state) => when(state, instance.choice as never, setting));
    const row = rows[at]!;
    space.outcome(index, row);
    const all = readsAlong(space, space.tries[index]!, (field) => row[field]!);
    return {
      guard: names(guard),
      recipe: names(all.filter((field) => !guard.includes(field))),
      wrote: names(changed(row, rows[at + 1]!)),
    };
  });
  const where = `model ${model.id}, invariant ${invariant}`;
  const ask: Ask = (at, answer) => names(askIn(at, where, answer)).map((field) => ({ field, state: at }));
  const last = states.length - 1;
  const reads = invariantReads(system, invariant, states, ask, (answer) => {
    const question = space.askStep({ where, answer: (before, after) => (answer(before, after) ? 1 : 0) });
    const [before, after] = [rows[last - 1]!, rows[last]!];
    question.answer(before, after);
    const valueOf: Numbered = (field) => (field < width ? before[field]! : after[field - width]!);
    return readsAlong(space, question.trie, valueOf).map((field) => ({
      field: space.fields[field % width]!,
      state: field < width ? last - 1 : last,
    }));
  });
  return { steps, invariant: reads };
};

/**
 * Records the reads of guards, recipes and the invariant along a path, exactly: each function runs on a view
 * of the state that records what it looks at. Elements of arrays are read one by one. Throws UW503 for a path
 * that does not run.
 */
export const readsAlongPath = (system: System, invariant: string, trace: Trace): PathReads => {
  const states = statesOf(system, trace);
  const slices = watchedSlices(() =>
    // eslint-disable-next-line require-yield -- a path is short: there is nothing to stop
    withSpace(system, function* (space) {
      return readIn(system, space, invariant, trace, states);
    }),
  );
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

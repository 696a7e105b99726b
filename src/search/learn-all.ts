import { Fault, type Instance, type State, type System, type Value } from '../model/index.ts';
import { watchedSlices } from '../model/watchdog/slices.ts';
import { searchIn } from './exhaustive/search-in-space.ts';
import { readRow } from './exhaustive/store/store.ts';
import { checkLimits, withBudget } from './limits.ts';
import type { Bound, Limits, Progress } from './result.ts';
import { timeIsOver, unlessEnded } from './set-up.ts';
import type { Decision } from './learned-relation/tries/decision.ts';
import { NEVER, withSpace, type LearnedQuestion, type Row, type Space } from './learned-relation/space.ts';

/** An invariant about single states, as it was learned in every reachable state. */
export interface LearnedInvariant {
  readonly id: string;
  readonly kind: 'always' | 'sometimes';
  /** The antecedent: outcome 1. Always true, if not given. */
  readonly given?: Decision;
  /**
   * The decision with outcome 1 where it holds; for `sometimes`, where the state is a witness. Learned where
   * it is given.
   */
  readonly holds: Decision;
  /** The number of states that break it; for `sometimes`, of witnesses. */
  readonly hits: number;
}

/** A learned system: all that its functions do in the states that can be reached, and how many these are. */
export interface LearnedSystem {
  readonly system: System;
  /** The fields of a state; values are numbered in the order of first sight. */
  readonly fields: readonly { readonly path: string; readonly values: readonly Value[] }[];
  /** The initial states, each once, by value numbers. */
  readonly initial: readonly (readonly number[])[];
  readonly instances: readonly { readonly instance: Instance; readonly decision: Decision }[];
  /**
   * The effect of each outcome: alternating field and value number to write, or undefined for an instance
   * that cannot happen.
   */
  readonly effects: readonly (readonly number[] | undefined)[];
  /** The invariants of kinds `always` and `sometimes`; the others are not about single states. */
  readonly invariants: readonly LearnedInvariant[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

/** The number of states beyond which a system is not learned, unless a limit says otherwise. */
export const DEFAULT_LEARN_STATES = 5_000_000;

const YES: Decision = { kind: 'leaf', outcome: 1 };

/** Limits on learning: with fewer steps than there are, a system would not be known. */
export type LearnLimits = Omit<Limits, 'maxDepth'>;

type Budget = Required<LearnLimits>;

const WITHIN: {
  readonly [bound in keyof Budget]: readonly [option: string, says: (most: string) => string];
} = {
  maxStates: ['--max-states', (most) => `a system of at most ${most} states`],
  timeLimitMs: ['--time-limit-ms', (most) => `a system that is learned within ${most} ms`],
  memoryLimitMb: ['--memory-limit-mb', (most) => `a system that is learned in ${most} MiB of memory`],
};

const tooLarge = (system: System, bound: Bound, budget: Budget): Fault => {
  const name = bound === 'timeLimitMs' || bound === 'memoryLimitMb' ? bound : 'maxStates';
  const [option, says] = WITHIN[name];
  return new Fault(name === 'maxStates' ? 'UW601' : 'UW316', {
    where: `model ${system.model.id}`,
    expected: says(budget[name].toLocaleString('en-US')),
    got: 'more',
    likely: 'the scenario leaves the adversary more than the question needs',
    next: `raise ${option}, or leave capabilities or values of parameters out`,
  });
};

interface LearnedProperty {
  readonly id: string;
  readonly kind: 'always' | 'sometimes';
  readonly given: LearnedQuestion | undefined;
  readonly holds: LearnedQuestion;
  hits: number;
}

const learnedPropertiesOf = ({ model, setting }: System, space: Space): readonly LearnedProperty[] =>
  Object.entries(model.invariants).flatMap(([id, claim]): readonly LearnedProperty[] => {
    const ask = (test: (state: State) => boolean): LearnedQuestion =>
      space.ask({ where: `model ${model.id}, invariant ${id}`, answer: (state) => (test(state) ? 1 : 0) });
    switch (claim.kind) {
      case 'always': {
        const { given, holds } = claim;
        const asked = given && ask((state) => given(state, setting));
        return [{ id, kind: 'always', given: asked, holds: ask((s) => holds(s, setting)), hits: 0 }];
      }
      case 'sometimes': {
        const holds = ask((state) => claim.witness(state, setting));
        return [{ id, kind: 'sometimes', given: undefined, holds, hits: 0 }];
      }
      case 'never-step':
      case 'within':
      case 'no-deadlock':
      case 'recovers':
        return [];
    }
  });

const lookAt = (properties: readonly LearnedProperty[], row: Row): void => {
  for (const property of properties) {
    if (property.given?.answer(row) === 0) continue;
    if (property.holds.answer(row) === (property.kind === 'sometimes' ? 1 : 0)) property.hits += 1;
  }
};

const learnedInvariant = (
  space: Space,
  { id, kind, given, holds, hits }: LearnedProperty,
): LearnedInvariant => ({
  id,
  kind,
  ...(given === undefined ? {} : { given: space.forest.treeOf(given.trie) ?? YES }),
  // One whose antecedent never comes true was never asked.
  holds: space.forest.treeOf(holds.trie) ?? YES,
  hits,
});

/** Returns the initial states, each once. */
const initialOf = ({ initial }: Space): LearnedSystem['initial'] => [
  ...new Map(initial.map((row) => [row.join(), row])).values(),
];

function* learn(
  system: System,
  space: Space,
  budget: Budget,
  spentMs: number,
): Generator<Progress, LearnedSystem> {
  // A search that reaches its limit does not know whether there are more.
  const limits = { ...budget, maxStates: budget.maxStates + 1 };
  const search = yield* searchIn(system, space, { invariants: [], limits }, { spentMs });
  const { counters, ending, frontier, store } = search;
  if (ending.bound !== undefined) throw tooLarge(system, ending.bound, budget);
  const properties = learnedPropertiesOf(system, space);
  const row = new Uint32Array(space.fields.length);
  for (let index = 0; index < store.size; index += 1) {
    readRow(store, index, row);
    lookAt(properties, row);
  }
  return {
    system,
    fields: space.fields.map((path, field) => ({ path, values: space.valuesOf(field) })),
    initial: initialOf(space),
    instances: system.instances.map((instance, index) => ({
      instance,
      decision: space.forest.treeOf(space.tries[index]!)!,
    })),
    effects: space.effects().map((effect, outcome) => (outcome === NEVER ? undefined : effect)),
    invariants: properties.map((property) => learnedInvariant(space, property)),
    states: store.size,
    transitions: counters.transitions,
    depth: frontier.depth,
  };
}

/**
 * Learns all that `system` can reach: asks its actions and its invariants about single states in every state,
 * so that what is learned is complete. Throws UW601 when there are more states than `maxStates` (five million
 * if not given), UW316 when that takes more time or memory than it may (`DEFAULT_BUDGET` if not given), UW104
 * for a model that is not pure, UW106 for one that throws, and UW201 for a limit that makes no sense.
 */
export const learnAll = (
  system: System,
  limits: LearnLimits = {},
  observer?: (progress: Progress) => void,
): LearnedSystem => {
  checkLimits(limits);
  const budget: Budget = { ...withBudget(limits), maxStates: limits.maxStates ?? DEFAULT_LEARN_STATES };
  const slices = watchedSlices((spentMs) => {
    const isOver = timeIsOver(budget, performance.now() - spentMs);
    const learned = withSpace(system, (space) => learn(system, space, budget, spentMs), { isOver });
    return unlessEnded(learned, (bound): LearnedSystem => {
      throw tooLarge(system, bound, budget);
    });
  }, budget);
  let slice = slices.next();
  while (slice.done !== true) {
    observer?.(slice.value);
    slice = slices.next();
  }
  return slice.value;
};

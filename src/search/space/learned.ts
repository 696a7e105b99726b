import { Fault, type Instance, type System, type Value } from '../../model/index.ts';
import { selfCheck } from '../exhaustive/self-check.ts';
import { checkLimits } from '../limits.ts';
import type { Limits, Progress } from '../result.ts';
import type { Decision } from './decision.ts';
import { withSpace, type AskedQuestion, type Row, type Space } from './space.ts';
import { createStates, rowHash, type States } from './states.ts';

/** An invariant about single states, as it was learned in every reachable state. */
export interface LearnedInvariant {
  readonly id: string;
  readonly kind: 'always' | 'sometimes';
  /** When it says anything: outcome 1. Always, if not given. */
  readonly given?: Decision;
  /** Outcome 1 where it holds; for `sometimes`, where the state is a witness. Learned where it is given. */
  readonly holds: Decision;
  /** How many states break it; for `sometimes`, how many are witnesses. */
  readonly hits: number;
}

/** A system with all that its functions do in the states that can be reached, and how many these are. */
export interface LearnedSystem {
  readonly system: System;
  /** The fields of a state; values are numbered in the order of first sight. */
  readonly fields: readonly { readonly path: string; readonly values: readonly Value[] }[];
  /** The initial states, each once, by value numbers. */
  readonly initial: readonly (readonly number[])[];
  readonly instances: readonly { readonly instance: Instance; readonly decision: Decision }[];
  /** By outcome: alternating field and value number to write, or undefined for an instance that cannot happen. */
  readonly effects: readonly (readonly number[] | undefined)[];
  /** Those of kinds `always` and `sometimes`; the others are not about single states. */
  readonly invariants: readonly LearnedInvariant[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

/** States beyond which a system is not learned, unless a limit says otherwise. */
export const DEFAULT_LEARN_STATES = 5_000_000;

const SLICE = 2048;
const SELF_CHECK = 8191;
const YES: Decision = { kind: 'leaf', outcome: 1 };

const tooLarge = (system: System, maxStates: number): Fault =>
  new Fault('UW601', {
    where: `model ${system.model.id}`,
    expected: `a system of at most ${maxStates.toLocaleString('en-US')} states`,
    got: 'more',
    likely: 'the scenario leaves the adversary more than the question needs',
    next: 'raise --max-states, or leave capabilities or values of parameters out',
  });

interface Pupil {
  readonly id: string;
  readonly kind: 'always' | 'sometimes';
  readonly given: AskedQuestion | undefined;
  readonly holds: AskedQuestion;
  hits: number;
}

const pupilsOf = ({ model, setting }: System, space: Space): readonly Pupil[] =>
  Object.entries(model.invariants).flatMap(([id, claim]): readonly Pupil[] => {
    const where = `model ${model.id}, invariant ${id}`;
    switch (claim.kind) {
      case 'always': {
        const { given, holds } = claim;
        const asked = given && space.askAndTell({ where, test: (state) => given(state, setting) });
        const answer = space.askAndTell({ where, test: (state) => holds(state, setting) });
        return [{ id, kind: 'always', given: asked, holds: answer, hits: 0 }];
      }
      case 'sometimes': {
        const holds = space.askAndTell({ where, test: (state) => claim.witness(state, setting) });
        return [{ id, kind: 'sometimes', given: undefined, holds, hits: 0 }];
      }
      case 'never-step':
      case 'within':
        return [];
    }
  });

const lookAt = (pupils: readonly Pupil[], row: Row): void => {
  for (const pupil of pupils) {
    if (pupil.given !== undefined && !pupil.given.ask(row)) continue;
    if (pupil.holds.ask(row) === (pupil.kind === 'sometimes')) pupil.hits += 1;
  }
};

/** Adds what can follow on state `index`, whose row is `row`; returns how many instances could happen. */
const expand = (space: Space, states: States, instances: number, index: number, row: Row): number => {
  const next = Uint32Array.from(row);
  let enabled = 0;
  for (let instance = 0; instance < instances; instance += 1) {
    const effect = space.effect(instance, row);
    if (effect === undefined) continue;
    enabled += 1;
    for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
    states.add(next, rowHash(next), index, instance);
    next.set(row);
  }
  return enabled;
};

const learnedInvariant = ({ id, kind, given, holds, hits }: Pupil): LearnedInvariant => ({
  id,
  kind,
  ...(given === undefined ? {} : { given: given.decision() ?? YES }),
  // One whose antecedent never comes true was never asked.
  holds: holds.decision() ?? YES,
  hits,
});

function* learn(system: System, space: Space, maxStates: number): Generator<Progress, LearnedSystem> {
  const states = createStates(space.fields.length);
  const pupils = pupilsOf(system, space);
  const row = new Uint32Array(states.width);
  const initial = space.initial.filter((values, index) => {
    row.set(values);
    return states.add(row, rowHash(row), -1, index) < 0;
  });
  let transitions = 0;
  let depth = 0;
  let levelEnd = states.size();
  for (let index = 0; index < states.size(); index += 1) {
    if (index === levelEnd) {
      depth += 1;
      levelEnd = states.size();
    }
    states.copy(index, row);
    if (index % SELF_CHECK === 0) selfCheck(system, space, row);
    lookAt(pupils, row);
    transitions += expand(space, states, system.instances.length, index, row);
    if (states.size() > maxStates) throw tooLarge(system, maxStates);
    if (index % SLICE === SLICE - 1) yield { states: states.size(), transitions, depth };
  }
  const { decisions, effects } = space.learnedEffects();
  return {
    system,
    fields: space.fields.map((path, field) => ({ path, values: space.valuesOf(field) })),
    initial,
    instances: system.instances.map((instance, index) => ({ instance, decision: decisions[index]! })),
    effects,
    invariants: pupils.map(learnedInvariant),
    states: states.size(),
    transitions,
    depth,
  };
}

/**
 * Explores all that `system` can reach, and asks its actions and its invariants about single states in
 * every state: what is learned is complete. Throws UW601 when there are more states than `maxStates`
 * (five million if not given), UW104 for a model that is not pure, UW106 for one that throws, and
 * UW201 for a limit that makes no sense.
 */
export const learnAll = (
  system: System,
  limits: Pick<Limits, 'maxStates'> = {},
  observer?: (progress: Progress) => void,
): LearnedSystem => {
  checkLimits(limits);
  const maxStates = limits.maxStates ?? DEFAULT_LEARN_STATES;
  const slices = withSpace(system, (space) => learn(system, space, maxStates));
  let slice = slices.next();
  while (slice.done !== true) {
    observer?.(slice.value);
    slice = slices.next();
  }
  return slice.value;
};

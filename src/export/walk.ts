import type { Decision } from '../search/learned-relation/tries/decision.ts';
import type { LearnedSystem } from '../search/learn-all.ts';

/** A state as the value numbers of its fields. */
export type Numbers = readonly number[];

/** A step of a walk: its instance, and the number of the state that it leads to. */
export interface WalkStep {
  readonly instance: number;
  readonly to: number;
  /** Whether nothing led there before. */
  readonly isNew: boolean;
}

/** A state of a walk with all that can happen in it. */
export interface WalkState {
  readonly index: number;
  readonly numbers: Numbers;
  readonly steps: readonly WalkStep[];
}

/** Returns the outcome of `decision` for a state; undefined where it was never asked. */
export const outcomeOf = (decision: Decision, numbers: Numbers): number | undefined => {
  let at: Decision | undefined = decision;
  while (at?.kind === 'read') at = at.cases[numbers[at.field] ?? 0];
  return at?.outcome;
};

/** Returns a text that is the same for the same numbers, of one or two characters each. */
const keyOf = (numbers: Numbers, wide: boolean): string =>
  String.fromCharCode(
    ...(wide ? numbers.flatMap((one) => [one % 65_536, Math.floor(one / 65_536)]) : numbers),
  );

const numbersOf = (key: string, wide: boolean): Numbers => {
  const codes = Array.from({ length: key.length }, (_, at) => key.charCodeAt(at));
  return wide
    ? codes.flatMap((one, at) => (at % 2 === 0 ? [one + (codes[at + 1] ?? 0) * 65_536] : []))
    : codes;
};

/**
 * Walks every state of a learned system, breadth first, numbered from 0 in the order in which they are found,
 * with its steps in the order of the instances. It goes by what was learned alone, and keeps its own set of
 * states: what it counts was counted twice.
 */
export function* walk(learned: LearnedSystem): Generator<WalkState> {
  const { fields, initial, instances, effects } = learned;
  const wide = fields.some(({ values }) => values.length > 65_536);
  const known = new Map<string, number>();
  const queue: string[] = [];
  const add = (numbers: Numbers): Omit<WalkStep, 'instance'> => {
    const key = keyOf(numbers, wide);
    const found = known.get(key);
    if (found !== undefined) return { to: found, isNew: false };
    known.set(key, queue.length);
    return { to: queue.push(key) - 1, isNew: true };
  };
  for (const numbers of initial) add(numbers);
  // The queue grows while it is walked.
  for (const [index, key] of queue.entries()) {
    const numbers = numbersOf(key, wide);
    const steps = instances.flatMap(({ decision }, instance): readonly WalkStep[] => {
      const effect = effects[outcomeOf(decision, numbers) ?? 0];
      if (effect === undefined) return [];
      const next = [...numbers];
      for (let at = 0; at < effect.length; at += 2) next[effect[at] ?? 0] = effect[at + 1] ?? 0;
      return [{ instance, ...add(next) }];
    });
    yield { index, numbers, steps };
  }
}

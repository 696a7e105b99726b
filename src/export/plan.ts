import type { Decision } from '../search/learned-relation/tries/decision.ts';

/**
 * A plan: a decision without the parts that make no difference. Values with the same consequence are in one
 * branch, and a field whose values all have the same is not tested.
 */
export type Plan =
  | { readonly kind: 'result'; readonly result: number }
  | {
      readonly kind: 'test';
      readonly field: number;
      /** The values that were met here, in order; those in no branch were never met. */
      readonly met: readonly number[];
      readonly branches: readonly Branch[];
    };

/** A branch: what follows when the field has one of some values. */
export interface Branch {
  readonly values: readonly number[];
  readonly then: Plan;
}

/**
 * A planner, which makes plans. Its plans are the same object when they are equal, which is how it sees that
 * values have the same consequence.
 */
export interface Planner {
  /**
   * Makes the plan of `decision`, whose outcomes mean what `resultOf` says; outcomes that it leaves undefined
   * do not matter.
   */
  readonly plan: (decision: Decision, resultOf: (outcome: number) => number | undefined) => Plan | undefined;
}

/** Makes a planner without plans. */
export const createPlanner = (): Planner => {
  const known = new Map<string, Plan>();
  const numbers = new Map<Plan, number>();
  const share = (key: string, make: () => Plan): Plan => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    numbers.set(made, numbers.size);
    return made;
  };
  const plan: Planner['plan'] = (decision, resultOf) => {
    if (decision.kind === 'leaf') {
      const result = resultOf(decision.outcome);
      return result === undefined ? undefined : share(`= ${result}`, () => ({ kind: 'result', result }));
    }
    const byPlan = new Map<Plan, number[]>();
    decision.cases.forEach((then, value) => {
      const next = then && plan(then, resultOf);
      if (next === undefined) return;
      const values = byPlan.get(next);
      if (values === undefined) byPlan.set(next, [value]);
      else values.push(value);
    });
    const branches = [...byPlan].map(([then, values]): Branch => ({ values, then }));
    const [first] = branches;
    if (first === undefined || branches.length === 1) return first?.then;
    const { field } = decision;
    const met = branches.flatMap(({ values }) => values).toSorted((a, b) => a - b);
    const parts = branches.map(({ values, then }) => `${values.join(',')}:${numbers.get(then)}`);
    return share(`${field} ${parts.join(' ')}`, () => ({ kind: 'test', field, met, branches }));
  };
  return { plan };
};

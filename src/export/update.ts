import type { Decision } from '../search/learned-relation/tries/decision.ts';
import type { LearnedSystem } from '../search/learn-all.ts';
import { conditionFor, type Condition } from './condition.ts';
import type { Plan, Planner } from './plan.ts';

/** A write: a field and the number of its new value. */
export type Write = readonly [field: number, value: number];

/**
 * An update: a part of an effect. Exactly one of its cases applies, and the last one, whose condition is left
 * out, does when no other does. Updates are made one after the other; none reads what an earlier one wrote.
 */
export interface Update {
  readonly cases: readonly { readonly condition?: Condition; readonly writes: readonly Write[] }[];
}

const fieldsOf = (plan: Plan | undefined): ReadonlySet<number> => {
  const fields = new Set<number>();
  const visit = (part: Plan): void => {
    if (part.kind === 'result') return;
    fields.add(part.field);
    for (const { then } of part.branches) visit(then);
  };
  if (plan !== undefined) visit(plan);
  return fields;
};

const outcomesOf = (decision: Decision): readonly number[] =>
  decision.kind === 'leaf'
    ? [decision.outcome]
    : decision.cases.flatMap((then) => (then === undefined ? [] : outcomesOf(then)));

/**
 * Orders updates so that one that reads a field comes before one that writes it. Fields that read each other
 * are in one group: they have to be written at once. (Tarjan's strongly connected components, which come last
 * first.)
 */
const inOrder = (
  fields: readonly number[],
  reads: ReadonlyMap<number, ReadonlySet<number>>,
): readonly (readonly number[])[] => {
  const groups: (readonly number[])[] = [];
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  const visit = (field: number): number => {
    const number = order.size;
    order.set(field, number);
    lowest.set(field, number);
    open.push(field);
    for (const read of fields) {
      if (read === field || reads.get(field)?.has(read) !== true) continue;
      const seen = order.get(read);
      const low = seen === undefined ? visit(read) : open.includes(read) ? seen : number;
      lowest.set(field, Math.min(lowest.get(field) ?? number, low));
    }
    if (lowest.get(field) === number) {
      groups.push(open.splice(open.indexOf(field)).toSorted((a, b) => a - b));
    }
    return lowest.get(field) ?? number;
  };
  for (const field of fields) if (!order.has(field)) visit(field);
  return groups.toReversed();
};

const updateOf = (results: readonly (readonly Write[])[], plan: Plan | undefined): Update => {
  const conditional = results.map((writes, result) => ({ condition: conditionFor(plan, result), writes }));
  // The case that changes nothing, or else the last one, remains when no other applies.
  const rest = results.find((writes) => writes.length === 0) ?? results.at(-1) ?? [];
  return { cases: [...conditional.filter(({ writes }) => writes !== rest), { writes: rest }] };
};

/**
 * Returns the updates of an instance where it can happen; fields that are not in `varying` have one value and
 * are left out.
 */
export const updatesOf = (
  { effects }: LearnedSystem,
  decision: Decision,
  varying: ReadonlySet<number>,
  { plan }: Planner,
): readonly Update[] => {
  const written = new Map<number, ReadonlyMap<number, number>>();
  for (const outcome of outcomesOf(decision)) {
    const effect = effects[outcome];
    if (effect === undefined || written.has(outcome)) continue;
    const writes = new Map<number, number>();
    effect.forEach((field, at) => {
      const value = effect[at + 1];
      if (at % 2 === 0 && value !== undefined && varying.has(field)) writes.set(field, value);
    });
    written.set(outcome, writes);
  }
  const planOf = (group: readonly number[]): readonly [Plan | undefined, readonly (readonly Write[])[]] => {
    const results = new Map<string, number>();
    const table: (readonly Write[])[] = [];
    const made = plan(decision, (outcome) => {
      const all = written.get(outcome);
      if (all === undefined) return undefined;
      const writes = [...all].filter(([field]) => group.includes(field)).toSorted(([a], [b]) => a - b);
      const key = writes.join(' ');
      const known = results.get(key) ?? table.push(writes) - 1;
      results.set(key, known);
      return known;
    });
    return [made, table];
  };
  const fields = [...new Set([...written.values()].flatMap((writes) => [...writes.keys()]))];
  const sorted = fields.toSorted((a, b) => a - b);
  const reads = new Map(sorted.map((field) => [field, fieldsOf(planOf([field])[0])]));
  return inOrder(sorted, reads).map((group) => {
    const [made, results] = planOf(group);
    return updateOf(results, made);
  });
};

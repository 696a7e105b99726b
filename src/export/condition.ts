import type { Plan } from './plan.ts';

/** A condition on the fields of a state. */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** A test: the field has one of `values`; of all the values, only those in `met` come here. */
  | {
      readonly kind: 'is';
      readonly field: number;
      readonly values: readonly number[];
      readonly met: readonly number[];
    }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] };

const TRUE: Condition = { kind: 'constant', value: true };
const FALSE: Condition = { kind: 'constant', value: false };

/** Joins `parts` by "and" or "or", flattened, without those that make no difference. */
export const joined = (kind: 'all' | 'any', parts: readonly Condition[]): Condition => {
  const neutral = kind === 'all';
  const kept = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (kept.some((part) => part.kind === 'constant' && part.value !== neutral)) return neutral ? FALSE : TRUE;
  const rest = kept.filter((part) => part.kind !== 'constant');
  if (rest.length === 0) return neutral ? TRUE : FALSE;
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind, parts: rest };
};

/**
 * Returns the condition under which `plan` comes to `result`. The branches of a test exclude each other, so
 * it is the "or" over them; where there are two, the second's own test is left out once the first is enough.
 */
export const conditionFor = (plan: Plan | undefined, result: number): Condition => {
  if (plan === undefined) return FALSE;
  if (plan.kind === 'result') return plan.result === result ? TRUE : FALSE;
  const { field, met, branches } = plan;
  const inner = branches.map(({ then }) => conditionFor(then, result));
  const sure = inner.findIndex((part) => part.kind === 'constant' && part.value);
  return joined(
    'any',
    branches.map(({ values }, index) => {
      const part = inner[index] ?? FALSE;
      if (branches.length === 2 && sure >= 0 && sure !== index) return part;
      return joined('all', [{ kind: 'is', field, values, met }, part]);
    }),
  );
};

/** The notation of conditions in a language. */
export interface Notation {
  readonly all: string;
  readonly any: string;
  readonly equal: string;
  readonly unequal: string;
  readonly yes: string;
  readonly no: string;
  readonly nameOf: (field: number) => string;
}

/** Runs of values that follow each other among those that are met: `[first, last]`. */
const runsOf = (
  values: readonly number[],
  met: readonly number[],
): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  let before = -1;
  for (const value of values) {
    const run = runs.at(-1);
    const at = met.indexOf(value);
    if (run !== undefined && at === before + 1) run[1] = value;
    else runs.push([value, value]);
    before = at;
  }
  return runs;
};

const isText = (
  { field, values, met }: Extract<Condition, { readonly kind: 'is' }>,
  notation: Notation,
): readonly string[] => {
  const name = notation.nameOf(field);
  const rest = met.filter((value) => !values.includes(value));
  const [only] = values;
  const [other] = rest;
  if (values.length === 1) return [`${name} ${notation.equal} ${only}`];
  if (rest.length === 1) return [`${name} ${notation.unequal} ${other}`];
  return runsOf(values, met).map(([first, last]) => {
    if (first === last) return `${name} ${notation.equal} ${first}`;
    if (first === met[0]) return `${name} <= ${last}`;
    if (last === met.at(-1)) return `${name} >= ${first}`;
    return `(${name} >= ${first} ${notation.all} ${name} <= ${last})`;
  });
};

const WIDTH = 110;

/** Writes `condition` as lines, the first without indentation, the others indented by `indent`. */
export const conditionText = (condition: Condition, notation: Notation, indent: string): string => {
  if (condition.kind === 'constant') return condition.value ? notation.yes : notation.no;
  const kind = condition.kind === 'is' ? 'any' : condition.kind;
  const parts =
    condition.kind === 'is'
      ? isText(condition, notation)
      : condition.parts.map((part) => {
          const inner = conditionText(part, notation, `${indent}  `);
          const single = part.kind === 'is' && isText(part, notation).length === 1;
          return single || part.kind === 'constant' ? inner : `(${inner})`;
        });
  const line = parts.join(` ${notation[kind]} `);
  const fits = !line.includes('\n') && indent.length + line.length <= WIDTH;
  return fits ? line : parts.join(`\n${indent}${notation[kind]} `);
};

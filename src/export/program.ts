import { canonical } from '../model/index.ts';
import type { Decision } from '../search/learned-relation/tries/decision.ts';
import type { LearnedInvariant, LearnedSystem } from '../search/learn-all.ts';
import { conditionFor, joined, type Condition } from './condition.ts';
import { asciiOf, identifiersFor } from './names.ts';
import { createPlanner, type Plan } from './plan.ts';
import { updatesOf, type Update } from './update.ts';

/** A field as a variable of integers. */
export interface Variable {
  readonly field: number;
  readonly name: string;
  /** The number of its values, which are the integers from 0 to one less than this. */
  readonly size: number;
  /** The field's path and the meaning of each integer, in lines of ASCII. */
  readonly says: readonly string[];
}

/** A rule: an instance with its condition and its updates. */
export interface Rule {
  readonly key: string;
  readonly says: string;
  readonly when: Condition;
  readonly updates: readonly Update[];
}

/** A law: an invariant about single states as a condition. */
export interface Law {
  readonly id: string;
  readonly name: string;
  readonly kind: 'always' | 'sometimes';
  readonly says: string;
  /** The condition under which it is as it should be (`always`), or is shown (`sometimes`). */
  readonly holds: Condition;
}

/** A learned system in the terms of other checkers' languages. */
export interface Program {
  readonly variables: readonly Variable[];
  /** The paths of fields that never change, with their only value. */
  readonly constants: readonly string[];
  /** The initial states, each as the numbers of all fields. */
  readonly initial: readonly (readonly number[])[];
  readonly rules: readonly Rule[];
  readonly laws: readonly Law[];
  readonly nameOf: (field: number) => string;
}

const WIDTH = 90;

/** Joins `words` with commas into lines. */
const wrapped = (first: string, words: readonly string[]): readonly string[] => {
  const lines: string[] = [];
  let line = first;
  words.forEach((word, index) => {
    const piece = `${word}${index < words.length - 1 ? ',' : ''}`;
    if (line !== '' && line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = ` ${piece}`;
    } else line = line === '' ? piece : `${line} ${piece}`;
  });
  return [...lines, line];
};

/** Completes a decision: where no reachable state asked, it comes out as `unmet`. */
const completed = (decision: Decision, sizes: readonly number[], unmet: number): Decision => {
  if (decision.kind === 'leaf') return decision;
  const { kind, field, cases } = decision;
  const all = Array.from({ length: sizes[field] ?? 0 }, (_, value): Decision => {
    const then = cases[value];
    return then === undefined ? { kind: 'leaf', outcome: unmet } : completed(then, sizes, unmet);
  });
  return { kind, field, cases: all };
};

/**
 * Returns the condition under which an invariant is as it should be. Actions may take any course where they
 * were never asked, but an invariant counts as broken there: otherwise one that was never seen broken would
 * be no condition at all.
 */
const lawOf = (
  { kind, given, holds }: LearnedInvariant,
  sizes: readonly number[],
  planOf: (decision: Decision) => Plan | undefined,
): Condition => {
  const unmet = kind === 'always' ? 2 : 0;
  const yes = conditionFor(planOf(completed(holds, sizes, unmet)), 1);
  if (given === undefined) return yes;
  return joined('any', [conditionFor(planOf(completed(given, sizes, 2)), 0), yes]);
};

/** Puts a learned system into the terms of other checkers' languages. */
export const programOf = (learned: LearnedSystem): Program => {
  const { fields, system, effects, initial, instances, invariants } = learned;
  const { model } = system;
  const names = identifiersFor(
    's_',
    fields.map(({ path }) => path),
  );
  const sizes = fields.map(({ values }) => values.length);
  const varying = new Set(fields.flatMap(({ values }, field) => (values.length > 1 ? [field] : [])));
  const planner = createPlanner();
  const ids = identifiersFor(
    '',
    invariants.map(({ id }) => id),
  );
  const texts = fields.map(({ values }) => values.map((value) => asciiOf(canonical(value))));
  return {
    variables: [...varying].map((field) => ({
      field,
      name: names[field] ?? '',
      size: sizes[field] ?? 0,
      says: wrapped(
        asciiOf(`${fields[field]?.path}:`),
        (texts[field] ?? []).map((text, value) => `${value} = ${text}`),
      ),
    })),
    constants: fields.flatMap(({ path }, field) =>
      varying.has(field) ? [] : [asciiOf(`${path} = ${texts[field]?.[0]}`)],
    ),
    initial,
    rules: instances.map(({ instance, decision }) => ({
      key: asciiOf(instance.key),
      says: asciiOf(`${instance.actor} ${model.actions[instance.action]?.says}`),
      when: conditionFor(
        planner.plan(decision, (outcome) => (effects[outcome] === undefined ? 0 : 1)),
        1,
      ),
      updates: updatesOf(learned, decision, varying, planner),
    })),
    laws: invariants.map((invariant, index) => ({
      id: asciiOf(invariant.id),
      name: ids[index] ?? '',
      kind: invariant.kind,
      says: asciiOf(model.invariants[invariant.id]?.says ?? ''),
      holds: lawOf(invariant, sizes, (decision) => planner.plan(decision, (outcome) => outcome)),
    })),
    nameOf: (field) => names[field] ?? '',
  };
};

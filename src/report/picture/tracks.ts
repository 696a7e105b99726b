import type { Attack } from '../../attack/attack.ts';
import { Fault } from '../../model/index.ts';

/** A value that a field keeps from the row `from` to the row before `to`. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly value: string;
  /** Whether this is the value that the field has at the start. */
  readonly atRest: boolean;
}

/** A field's values in the course of an attack. */
export interface Track {
  readonly field: string;
  readonly segments: readonly Segment[];
}

/** The most fields that are drawn where none are named. */
const MOST = 4;

const unquoted = (value: string): string => /^"(.*)"$/.exec(value)?.[1] ?? value;

/** Returns the fields that change in an attack, ghosts aside: those that change most often first. */
const busiest = ({ steps }: Attack): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { changes } of steps) {
    for (const { field, hidden } of changes) {
      if (hidden !== true) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST)
    .map(([field]) => field);
};

const trackOf = ({ steps }: Attack, field: string, all: readonly string[]): Track => {
  const changes = steps.flatMap((step, index) =>
    step.changes.filter((change) => change.field === field).map((change) => ({ ...change, index })),
  );
  const [first] = changes;
  if (first === undefined) {
    throw new Fault('UW356', {
      where: field,
      expected: `a field that changes in this attack: ${all.join(', ')}`,
      got: field,
      likely: 'a typo, or a field that keeps its value in all steps',
      next: 'name other fields, or none, to have those that change most often',
    });
  }
  const rest = unquoted(first.before);
  const values = [
    { index: 0, value: rest },
    ...changes.map(({ after, index }) => ({ index, value: unquoted(after) })),
  ];
  const segments = values
    .map(({ index, value }, at) => ({
      from: index,
      to: values[at + 1]?.index ?? steps.length,
      value,
      atRest: value === rest,
    }))
    .filter(({ from, to }) => to > from);
  return { field, segments };
};

/**
 * Returns the tracks of `fields`, or of the fields that change most often, in an attack. Throws UW356 for a
 * field that does not change.
 */
export const tracksOf = (attack: Attack, fields?: readonly string[]): readonly Track[] => {
  const all = [...new Set(attack.steps.flatMap(({ changes }) => changes.map(({ field }) => field)))];
  return (fields ?? busiest(attack)).map((field) => trackOf(attack, field, all));
};

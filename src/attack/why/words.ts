import type { ReplayOutcome } from '../replay-outcome.ts';
import type { FieldReader } from './why.ts';

/** Writes numbers as people list them: `2`, `2 and 3`, `2 to 8 and 10`. */
export const numbersWords = (numbers: readonly number[]): string => {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === number) run[1] = number;
    else runs.push([number, number]);
  }
  const parts = runs.flatMap(([from, to]) =>
    to - from > 1 ? [`${from} to ${to}`] : from === to ? [`${from}`] : [`${from}`, `${to}`],
  );
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
};

const stepsWords = (steps: readonly number[]): string =>
  `step${steps.length === 1 ? '' : 's'} ${numbersWords(steps)}`;

/**
 * Names the readers of what a step wrote: `guard of step 5: bmc.commanded`, with readers of the same fields
 * together.
 */
export const readersWords = (readers: readonly FieldReader[]): readonly string[] => {
  const groups = new Map<string, { readonly reader: FieldReader; readonly steps: number[] }>();
  for (const reader of readers) {
    const key = `${reader.kind} ${reader.fields.join(' ')}`;
    const group = groups.get(key) ?? { reader, steps: [] };
    if (reader.kind !== 'invariant') group.steps.push(reader.step);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ reader: { fields, kind }, steps }) => {
    const whom = {
      guard: `guard${steps.length === 1 ? '' : 's'} of ${stepsWords(steps)}`,
      recipe: `what ${stepsWords(steps)} ${steps.length === 1 ? 'does' : 'do'}`,
      invariant: 'the invariant',
    }[kind];
    return `${whom}: ${fields.join(', ')}`;
  });
};

/** Says what becomes of an attack without one step. */
export const leftWords = (left: ReplayOutcome): string => {
  switch (left.kind) {
    case 'refused':
      return `step ${left.step} is not possible`;
    case 'harmless':
      return 'all other steps are possible, and break nothing';
    case 'works':
      return 'the attack works all the same';
  }
};

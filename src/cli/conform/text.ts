import { operationText, type Conformance, type Difference, type Operation } from '../../conform/index.ts';
import { counted } from '../../attack/words.ts';
import { columns, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

const number = (value: number): string => value.toLocaleString('en-US');
const hex = (value: number): string => `${value.toString(16)}h`;

/** Writes the sequence after which the two differ, and how. */
export const differenceLines = (
  operations: readonly Operation[],
  { implementation, look, mask, model, name }: Difference,
): readonly string[] => [
  ...operations.map((operation, index) => `  ${index + 1}  ${operationText(operation)}`),
  `  then ${name} (${look}): the model says ${hex(model)}, the implementation ${hex(implementation)}`,
  `  they differ in the bits ${hex((model ^ implementation) >>> 0)} of those compared, ${hex(mask)}`,
];

/** Writes the findings of one run in a few lines. */
export const conformanceText = (run: Conformance, { paint, width }: Terminal, saved?: string): string => {
  const { comparisons, counterexample, interrupted, operations, oracle, part, seed, version } = run;
  const against = `${part.id}  against ${oracle} ${version}, seed ${seed}`;
  const done = `${counted(operations, 'operation')} in ${counted(run.sequences, 'sequence')}, ${number(comparisons)} values compared`;
  if (counterexample === undefined) {
    const verdict = interrupted ? paint.yellow('interrupted') : paint.green('no difference');
    return `${[paint.bold(against), `  ${verdict}: ${done}`].join('\n')}\n`;
  }
  const lines = [
    paint.bold(against),
    `  ${paint.red('they differ')} after ${counted(counterexample.operations.length, 'operation')} (${done} without a difference before)`,
    ...differenceLines(counterexample.operations, counterexample.difference),
    ...hanging(
      '  ',
      'The model is wrong, or the implementation is: then a document shows it, and the profile of the part says so.',
      width,
    ),
    ...(saved === undefined ? [] : [`  again: underwatch conform --replay ${saved}`]),
  ];
  return `${lines.join('\n')}\n`;
};

/**
 * Writes how far each register was exercised: how often it was written, and which bits were seen both ways.
 */
export const exercisedText = ({ exercised }: Conformance): string => {
  const rows = exercised.map(({ comparisons, compared, name, ones, writes, zeros }) => [
    `  ${name}`,
    number(writes),
    number(comparisons),
    hex(compared),
    hex((zeros & ones) >>> 0),
  ]);
  const header = ['  register', 'writes', 'comparisons', 'bits compared', 'seen as 0 and 1'];
  return `${columns([header, ...rows].map((row) => row.map((text) => ({ text })))).join('\n')}\n`;
};

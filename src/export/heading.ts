import { byName, canonical, type Scenario } from '../model/index.ts';
import type { LearnedSystem } from '../search/learn-all.ts';
import { asciiOf } from './names.ts';

/** The author of an export, as it says of itself. */
export interface Author {
  readonly name: string;
  readonly version: string;
}

/** `1 state`, `2 states`, without commas: these numbers are compared with other tools'. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const scenarioLines = ({ without, capabilities, parameters }: Scenario): readonly string[] => {
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  return [
    `  defences off   ${list(without)}`,
    `  capabilities   ${list(capabilities)}`,
    `  parameters     ${Object.keys(parameters).length === 0 ? 'as the model has them' : canonical(byName(parameters))}`,
  ];
};

const invariantLines = ({ system, invariants }: LearnedSystem): readonly string[] => {
  const lines = invariants.map(({ id, kind, hits }) =>
    kind === 'always'
      ? `  ${id}: ${hits === 0 ? 'holds' : `broken in ${counted(hits, 'state')}`}`
      : `  ${id} (sometimes): ${hits === 0 ? 'never shown' : `shown in ${counted(hits, 'state')}`}`,
  );
  const others = Object.entries(system.model.invariants).filter(
    ([id]) => !invariants.some((one) => one.id === id),
  );
  return [
    ...(lines.length === 0 ? [] : ['', 'Invariants, as underwatch decides them:', ...lines]),
    ...(others.length === 0
      ? []
      : [
          '',
          'Left out, since they are not about single states:',
          ...others.map(([id, { kind }]) => `  ${id} (${kind})`),
        ]),
  ];
};

/**
 * Writes the heading of every export, line by line, in ASCII; `use` says what the format's tools make of it.
 */
export const headingOf = (
  learned: LearnedSystem,
  author: Author,
  use: readonly string[],
): readonly string[] => {
  const { system, initial, states, transitions, depth } = learned;
  return [
    `Model ${system.model.id}: ${system.model.says}.`,
    `Written by ${author.name} ${author.version}, which learned it by running the model's own functions.`,
    '',
    ...scenarioLines(system.scenario),
    '',
    `Reachable: ${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}; ${counted(initial.length, 'initial state')}.`,
    'A transition is an instance of an action that can happen in a state, whether or not it changes it.',
    ...invariantLines(learned),
    '',
    ...use,
  ].map(asciiOf);
};

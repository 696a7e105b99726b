import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import type { AttackClass, AttackClasses } from '../../defence/classes/attack-classes.ts';
import { columnsWithText, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * The ways to break a claim: its different attacks, by what the adversary does, and by what it must be able
 * to do.
 */
export interface ClaimWays {
  readonly claim: Claim;
  readonly found: readonly AttackClasses[];
}

type Row = readonly [name: string, text: string];

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

const lengthOf = ({ shortest, trace }: AttackClass): string =>
  `${counted(trace.steps.length, 'step')}${shortest ? '' : ' at most'}`;

const allWords = ({ complete, searches }: AttackClasses): string => {
  const after = counted(searches, 'search').replace(/hs$/, 'hes');
  return complete ? `all there are (${after})` : `at least: a limit ended it (${after})`;
};

const cutWords = ({ cuts }: AttackClasses): string => cuts.map((cut) => cut.join(' and ')).join('; or ');

const WORDS = {
  actions: { counted: 'different attack', way: 'does', cut: 'without doing' },
  choices: { counted: 'different attack', way: 'does', cut: 'without doing' },
  capabilities: { counted: 'weakest adversary', way: 'can', cut: 'without' },
} as const;

const titleOf = ({ by, classes }: AttackClasses): string => {
  const noun = WORDS[by].counted;
  if (classes.length === 1) return `1 ${noun}`;
  return `${classes.length} ${noun === 'weakest adversary' ? 'weakest adversaries' : `${noun}s`}`;
};

const rowsOf = (found: AttackClasses): readonly Row[] => [
  ...found.classes.map((way): Row => [lengthOf(way), `${WORDS[found.by].way} ${listed(way.uses)}`]),
  ...(found.cuts.length === 0
    ? []
    : [['no attack', `${WORDS[found.by].cut} ${cutWords(found)}: every state searched`] as const]),
];

/** Writes the output of `attacks` about one claim. */
export const waysLines = ({ claim, found }: ClaimWays, { paint, width }: Terminal): readonly string[] => [
  ...hanging(`${paint.bold(claim.id)}  `, claim.says, width, claim.id.length + 2),
  ...found.flatMap((classes) => [
    `  ${titleOf(classes)}, ${allWords(classes)}`,
    ...columnsWithText(
      rowsOf(classes).map(([name, text]) => ({ cells: [{ text: `    ${name}`, paint: paint.dim }], text })),
      width,
    ),
  ]),
];

import { counted } from '../../attack/words.ts';
import type { Claim } from '../../claim/claim.ts';
import type { Way, Ways } from '../../defence/ways/ways.ts';
import { columnsWithText, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The different attacks on a claim: by what the adversary does, and by what it must be able to do. */
export interface ClaimWays {
  readonly claim: Claim;
  readonly found: readonly Ways[];
}

type Row = readonly [name: string, text: string];

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

const lengthOf = ({ shortest, trace }: Way): string =>
  `${counted(trace.steps.length, 'step')}${shortest ? '' : ' at most'}`;

const allWords = ({ complete, searches }: Ways): string => {
  const after = counted(searches, 'search').replace(/hs$/, 'hes');
  return complete ? `all there are (${after})` : `at least: a limit ended it (${after})`;
};

const cutWords = ({ cuts }: Ways): string => cuts.map((cut) => cut.join(' and ')).join('; or ');

const WORDS = {
  actions: { counted: 'different attack', way: 'does', cut: 'without doing' },
  choices: { counted: 'different attack', way: 'does', cut: 'without doing' },
  capabilities: { counted: 'weakest adversary', way: 'can', cut: 'without' },
} as const;

const titleOf = ({ by, ways }: Ways): string => {
  const noun = WORDS[by].counted;
  if (ways.length === 1) return `1 ${noun}`;
  return `${ways.length} ${noun === 'weakest adversary' ? 'weakest adversaries' : `${noun}s`}`;
};

const rowsOf = (found: Ways): readonly Row[] => [
  ...found.ways.map((way): Row => [lengthOf(way), `${WORDS[found.by].way} ${listed(way.uses)}`]),
  ...(found.cuts.length === 0
    ? []
    : [['no attack', `${WORDS[found.by].cut} ${cutWords(found)}: every state searched`] as const]),
];

/** What `attacks` prints of one claim. */
export const waysLines = ({ claim, found }: ClaimWays, { paint, width }: Terminal): readonly string[] => [
  ...hanging(`${paint.bold(claim.id)}  `, claim.says, width, claim.id.length + 2),
  ...found.flatMap((ways) => [
    `  ${titleOf(ways)}, ${allWords(ways)}`,
    ...columnsWithText(
      rowsOf(ways).map(([name, text]) => ({ cells: [{ text: `    ${name}`, paint: paint.dim }], text })),
      width,
    ),
  ]),
];

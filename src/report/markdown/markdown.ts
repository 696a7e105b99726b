import { match } from 'ts-pattern';
import type { Attack } from '../../attack/attack.ts';
import { storyOf } from '../../attack/story.ts';
import { isGrowthWarning } from '../../search/exhaustive/growth-warnings.ts';
import { anchorOf, code, escaped, table } from './markup.ts';
import { corpusMarkdown } from './corpus.ts';
import { mermaidOf } from '../mermaid.ts';
import type { AnswerEntry, ClaimEntry, ErrorEntry, PlatformEntry, Report } from '../report.ts';
import { counted } from '../../attack/words.ts';
import { outcomesInFull } from './outcomes.ts';
import { toDoMarkdown } from './to-do.ts';
import {
  claimNotes,
  answerWords,
  isReached,
  randomWords,
  reachedWords,
  reducedWords,
  scopeLine,
  verdictWords,
  violatedWords,
  whenWords,
} from '../words.ts';

const story = (attack: Attack): readonly string[] => [
  ...storyOf(attack).flatMap((line, index, { length }) => {
    if (line.kind === 'remark') {
      return ['', `*${escaped(line.text)}*`, ...(index < length - 1 ? [''] : [])];
    }
    const { actor, text, changes } = line.step;
    return [
      `${line.number}. **${escaped(actor)}** ${escaped(text)}`,
      ...changes.map(
        ({ field, before, after }) => `   - ${escaped(field)}: ${escaped(before)} → ${escaped(after)}`,
      ),
    ];
  }),
  '',
  '```mermaid',
  mermaidOf(attack),
  '```',
  '',
];

const errorLines = (error: ErrorEntry): readonly string[] => [
  `**${escaped(error.message)}**`,
  '',
  `- expected: ${escaped(error.expected)}`,
  `- got: ${escaped(error.got)}`,
  `- likely: ${escaped(error.likely)}`,
  `- next: ${escaped(error.next)}`,
  '',
];

/** Whether there is more to tell of a claim than its row. */
const isTold = (entry: ClaimEntry): boolean =>
  (!entry.asExpected && isReached(entry)) || entry.attack !== undefined;

const claimRow = (report: Report, entry: ClaimEntry): readonly string[] => [
  isReached(entry) ? (entry.asExpected ? 'yes' : '**no**') : 'not decided',
  isTold(entry) ? `[${escaped(entry.id)}](#${anchorOf(entry.id)})` : escaped(entry.id),
  escaped(verdictWords(entry)),
  entry.states.toLocaleString('en-US'),
  entry.complete ? 'all' : 'some',
  escaped(entry.says),
  escaped(scopeLine(report, entry)),
];

const claimDetails = (report: Report, entry: ClaimEntry): readonly string[] => [
  `### ${escaped(entry.id)}`,
  '',
  `**${escaped(verdictWords(entry))}**: ${escaped(entry.says)} (source: ${escaped(entry.source)})`,
  '',
  `Scope: ${escaped(scopeLine(report, entry))}.`,
  '',
  ...(entry.unexpectedBecause === undefined
    ? []
    : [`**Not as expected:** ${escaped(entry.unexpectedBecause)}.`, '']),
  ...(entry.error === undefined ? [] : errorLines(entry.error)),
  ...(entry.attack === undefined
    ? []
    : [`Breaks ${code(entry.invariant)}: ${escaped(entry.invariantSays)}`, '', ...story(entry.attack)]),
  ...(entry.random === undefined
    ? []
    : [`Random search: ${randomWords(entry.random, entry.attack?.length)}.`, '']),
  `Repeat: ${code(entry.reproduce)}`,
  '',
];

/** Says how searches were reduced: their counts are of what was left. */
const reducedLines = (searches: Report['searches']): readonly string[] => {
  const lines = searches.flatMap(({ claims, model, reduced }) =>
    reduced === undefined
      ? []
      : [`- ${escaped(claims.join(', ') || model)}: ${escaped(reducedWords(reduced))}`],
  );
  return lines.length === 0 ? [] : [...lines, ''];
};

/** Names what makes searches large; that an action was not possible is for those who ask for it. */
const growthLines = (searches: Report['searches']): readonly string[] => {
  const lines = searches.flatMap(({ claims, model, warnings }) =>
    warnings
      .filter(isGrowthWarning)
      .map((warning) => `- ${escaped(claims[0] ?? model)}: ${escaped(warning)}`),
  );
  return lines.length === 0 ? [] : [...lines, ''];
};

/** Notes where the adversary lacks a capability or never acts, and which questions are asked twice. */
const powerLines = (claims: readonly ClaimEntry[]): readonly string[] => {
  const lines = claimNotes(claims).map((note) => `- ${escaped(note)}`);
  return lines.length === 0 ? [] : [...lines, ''];
};

const oddIn = (claims: readonly ClaimEntry[]): string => {
  if (!claims.every(isReached)) return `${reachedWords(claims)}.`;
  const odd = claims.filter(({ asExpected }) => !asExpected).length;
  return `${counted(claims.length, 'claim')}: ${odd === 0 ? 'all as expected' : `${odd} not as expected`}.`;
};

/**
 * Writes the claims of one suite. With more than one there is a heading, which readers show as a contents.
 */
const suitePart = (
  report: Report,
  suite: string,
  claims: readonly ClaimEntry[],
  alone: boolean,
): readonly string[] => [
  ...(alone ? [] : [`## Suite ${escaped(suite)}`, '', oddIn(claims), '']),
  ...table(
    ['as expected', 'claim', 'verdict', 'states', 'looked at', 'it says', 'scope'],
    claims.map((entry) => claimRow(report, entry)),
  ),
];

const claimsPart = (report: Report): readonly string[] => {
  const { claims, run, searches } = report;
  const suites = [...new Set(claims.map(({ suite }) => suite))];
  const told = claims.filter(isTold);
  return [
    run.interrupted
      ? `**Interrupted: ${reachedWords(claims)}.** What it had not decided is unresolved.`
      : `**${oddIn(claims)}**`,
    '',
    ...corpusMarkdown(report),
    ...suites.flatMap((one) =>
      suitePart(
        report,
        one,
        claims.filter(({ suite }) => suite === one),
        suites.length === 1,
      ),
    ),
    ...reducedLines(searches),
    ...growthLines(searches),
    ...powerLines(claims),
    ...(told.length === 0 ? [] : ['## Attacks', '', ...told.flatMap((entry) => claimDetails(report, entry))]),
  ];
};

const closing = (entry: AnswerEntry): string =>
  match(entry)
    // No setting was tried against questions that are not broken.
    .with({ closedBy: [], notClosedBy: [], undecidedBy: [] }, () => '')
    .with({ closedBy: [], closedTogether: [] }, () => 'none alone')
    .with({ closedBy: [] }, ({ closedTogether }) =>
      closedTogether.map((set) => `${set.map(escaped).join(' and ')} together`).join('; or '),
    )
    .otherwise(({ closedBy }) => closedBy.map(escaped).join(', '));

const answerDetails = (entry: AnswerEntry): readonly string[] =>
  entry.attack === undefined
    ? []
    : [
        `#### ${escaped(entry.id)}: ${escaped(answerWords(entry))}`,
        '',
        `${escaped(entry.says)} (source: ${escaped(entry.source)})`,
        '',
        ...(entry.brokenWhen.length === 0
          ? []
          : [
              `Possible when ${entry.brokenWhen.map((one) => escaped(whenWords(one))).join('; or when ')}.`,
              '',
            ]),
        ...story(entry.attack),
        `Closed by: ${closing(entry)}. Not closed by: ${entry.notClosedBy.map(escaped).join(', ') || 'nothing tried'}.`,
        '',
      ];

const platformPart = (entry: PlatformEntry): readonly string[] => [
  `## ${escaped(entry.name)}`,
  '',
  ...(entry.chipset === undefined ? [] : [`Chipset: ${escaped(entry.chipset)}`, '']),
  ...(entry.error === undefined ? [] : errorLines(entry.error)),
  ...toDoMarkdown(entry),
  ...(entry.answers.length === 0
    ? []
    : table(
        ['question', 'answer', 'closed by', 'states'],
        entry.answers.map((answer) => [
          escaped(answer.id),
          escaped(answerWords(answer)),
          closing(answer),
          answer.states.toLocaleString('en-US'),
        ]),
      )),
  ...(entry.locks.length === 0
    ? []
    : table(
        ['lock', 'state', 'it means', 'read from'],
        entry.locks.map(({ name, state, says, readFrom }) => [
          escaped(name),
          state,
          escaped(says),
          escaped(readFrom),
        ]),
      )),
  ...entry.findings.map(
    ({ says, severity, evidence }) =>
      `- ${severity}: ${escaped(says)}${evidence.length === 0 ? '' : ` (${evidence.map(escaped).join('; ')})`}`,
  ),
  ...(entry.findings.length === 0 ? [] : ['']),
  ...entry.unknown.map(({ name, why }) => `- unknown: ${escaped(name)}: ${escaped(why)}`),
  ...(entry.unknown.length === 0 ? [] : ['']),
  ...(entry.registers.length === 0
    ? []
    : table(
        ['register', 'value', 'read from'],
        entry.registers.map(({ name, widthBits, value, readFrom }) => [
          escaped(name),
          `\`${value.toString(16).padStart(widthBits / 4, '0')}\``,
          escaped(readFrom),
        ]),
      )),
  ...entry.answers.flatMap(answerDetails),
];

const platformsPart = (platforms: readonly PlatformEntry[]): readonly string[] => {
  const locks = [...new Set(platforms.flatMap((entry) => entry.locks.map(({ name }) => name)))];
  const stateOf = (entry: PlatformEntry, name: string): string =>
    entry.locks.find((lock) => lock.name === name)?.state ?? '';
  return [
    ...table(
      ['board', 'violated', ...locks.map(escaped)],
      platforms.map((entry) => [
        escaped(entry.name),
        violatedWords(entry),
        ...locks.map((name) => stateOf(entry, name)),
      ]),
    ),
    ...platforms.flatMap(platformPart),
  ];
};

const resultsPart = (report: Report): readonly string[] =>
  report.platforms === undefined ? claimsPart(report) : platformsPart(report.platforms);

/** Writes a report for people: the result first, then each attack as a story and as a diagram. */
export const markdownText = (report: Report): string =>
  [
    `# Underwatch ${report.run.command}`,
    '',
    ...(report.outcomes === undefined ? resultsPart(report) : outcomesInFull(report)),
    `${escaped(report.tool.name)} ${escaped(report.tool.version)}, ${report.run.engine} search, seed ${report.run.seed}`,
    '',
  ].join('\n');

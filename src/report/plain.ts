import type { Attack } from '../attack/attack.ts';
import { storyOf } from '../attack/story.ts';
import { shown } from '../model/shown.ts';
import type { ClaimEntry, ErrorEntry, Report } from './report.ts';
import { scopeLine, verdictWords } from './words.ts';

/** The most lines of a story: a message has no room for more. */
const MOST_LINES = 60;

const storyLines = (attack: Attack): readonly string[] => {
  const lines = storyOf(attack).map((line) =>
    line.kind === 'remark'
      ? `   (${line.text})`
      : `${String(line.number).padStart(2)} ${line.step.actor}: ${line.step.text}`,
  );
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), `   … and ${lines.length - MOST_LINES + 1} lines more`];
};

const errorLines = ({ message, expected, got, likely, next }: ErrorEntry): readonly string[] => [
  message,
  `expected: ${expected}`,
  `got: ${got}`,
  `likely: ${likely}`,
  `next: ${next}`,
];

/** Writes the result of a claim in one line. */
export const claimLine = (entry: ClaimEntry): string =>
  shown(entry.unexpectedBecause ?? entry.error?.message ?? verdictWords(entry));

/**
 * Writes the result of a claim in lines without markup: what it says, its attack or its fault, its scope and
 * what repeats it.
 */
export const claimLines = (report: Report, entry: ClaimEntry): readonly string[] =>
  [
    `${verdictWords(entry)}: ${entry.says}`,
    ...(entry.error === undefined ? [] : errorLines(entry.error)),
    ...(entry.attack === undefined
      ? []
      : [...storyLines(entry.attack), `breaks ${entry.invariant}: ${entry.invariantSays}`]),
    `scope: ${scopeLine(report, entry)}`,
    `source: ${entry.source}`,
    `repeat: ${entry.reproduce}`,
  ].map((line) => shown(line));

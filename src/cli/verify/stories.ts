import { join } from 'node:path';
import type { Attack } from '../../attack/attack.ts';
import { stepsWords } from '../../attack/words.ts';
import { attackPath } from '../../report/paths.ts';
import type { ClaimEntry } from '../../report/report.ts';
import { statusOf, statusWords } from '../../report/status/claim-status.ts';
import { missedWords, randomWords, scopeLine } from '../../report/words.ts';
import { hanging } from '../terminal/layout.ts';
import { commandLine } from '../../report/command-line.ts';
import { storyLines } from '../terminal/story.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { markOf, paintOf } from '../../report/status/marks.ts';
import type { RunView } from './shown.ts';

const titleLine = (entry: ClaimEntry, attack: Attack, terminal: Terminal): string => {
  const rests = missedWords(entry);
  const proof = attack.shortest
    ? `no shorter one exists${rests === '' ? '' : ` (${rests})`}`
    : 'shorter ones were not ruled out';
  const status = statusOf(entry);
  const news = entry.asExpected
    ? ''
    : `${paintOf(status, terminal)(`${markOf(status, terminal)} ${statusWords(status)}`)}  `;
  return `${news}${terminal.paint.bold(entry.id)}  ${stepsWords(attack)}, ${proof}`;
};

const probeLines = ({ random, attack }: ClaimEntry, { paint, width }: Terminal): readonly string[] =>
  random === undefined
    ? []
    : hanging(
        '  random   ',
        randomWords(random, attack?.shortest === true ? attack.length : undefined),
        width,
      ).map((line) => paint.dim(line));

const replayLine = (
  { folder, config, report }: RunView,
  path: string,
  { paint }: Terminal,
): readonly string[] =>
  report.run.interrupted
    ? []
    : [
        paint.dim(
          `  replay   ${commandLine('replay', join(folder, path), ...(config === undefined ? [] : ['--config', config]))}`,
        ),
      ];

/** Writes the attacks on these claims as stories; one that was told already is referred to. */
export const attackLines = (
  shown: RunView,
  claims: readonly ClaimEntry[],
  terminal: Terminal,
): readonly string[] => {
  const { paint, width } = terminal;
  const { report, verbose } = shown;
  const told = new Map<string, string>();
  return claims.flatMap((entry) => {
    if (entry.attack === undefined) return [];
    const key = JSON.stringify([entry.invariant, entry.attack.steps]);
    const same = told.get(key);
    if (same === undefined) told.set(key, entry.id);
    const head = [titleLine(entry, entry.attack, terminal), ...hanging('  ', entry.says, width)];
    const tail = [
      ...(report.run.engine === 'random' ? [paint.dim(`  repeat   ${entry.reproduce}`)] : []),
      ...replayLine(shown, attackPath(entry.id), terminal),
      '',
    ];
    const scope = hanging('  scope    ', scopeLine(report, entry), width).map((line) => paint.dim(line));
    if (same !== undefined) return [...head, `  the same steps as ${same}`, ...scope, ...tail];
    return [
      ...head,
      ...storyLines(entry.attack, terminal, verbose),
      ...hanging('  breaks   ', `${entry.invariant}: ${entry.invariantSays}`, width),
      ...scope,
      ...hanging('  source   ', entry.source, width).map((line) => paint.dim(line)),
      ...probeLines(entry, terminal),
      ...tail,
    ];
  });
};

/** Writes the requested witnesses, as stories. */
export const witnessLines = (shown: RunView, terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const { report, verbose } = shown;
  return report.claims.flatMap((entry) => {
    const { id, invariant, invariantSays, says, source, witness } = entry;
    if (witness === undefined) return [];
    return [
      `${paint.bold(id)}  ${stepsWords(witness)}`,
      ...hanging('  ', says, width),
      ...storyLines(witness, terminal, verbose),
      ...hanging('  shows    ', `${invariant}: ${invariantSays}`, width),
      ...hanging('  scope    ', scopeLine(report, entry), width).map((line) => paint.dim(line)),
      ...hanging('  source   ', source, width).map((line) => paint.dim(line)),
      ...replayLine(shown, attackPath(id, 'witness'), terminal),
      '',
    ];
  });
};

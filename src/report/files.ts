import { join } from 'node:path';
import { attackFile, type AttackFile } from './attack-file.ts';
import { jsonText } from './document.ts';
import { fileName } from './file-name.ts';
import { markdownPages } from './markdown/pages.ts';
import { summaryText } from './markdown/summary.ts';
import type { Report, RunEntry } from './report.ts';

/** Where in a report's folder the own file of an attack or a witness is. */
export const attackPath = (of: string, kind: AttackFile['kind'] = 'attack'): string =>
  join(kind === 'attack' ? 'attacks' : 'witnesses', `${fileName(of)}.json`);

/** How the attack of a board's question is called. */
export const boardAttack = (board: string, question: string): string => `${board}--${question}`;

/**
 * How the two files of a report are called, without their endings. An audit does not take the place of
 * a verification, and what an interrupted run leaves does not take that of a whole one.
 */
export const reportStem = ({ command, interrupted }: Pick<RunEntry, 'command' | 'interrupted'>): string =>
  `${command === 'verify' ? 'report' : 'audit'}${interrupted ? '.partial' : ''}`;

const attackFiles = ({ claims, platforms = [] }: Report): readonly AttackFile[] => [
  ...claims.flatMap(({ id, attack, witness, model, scenario, invariant }) => {
    const of = { claim: id, model, scenario, invariant };
    if (attack !== undefined) return [attackFile(attack, { ...of, kind: 'attack' })];
    return witness === undefined ? [] : [attackFile(witness, { ...of, kind: 'witness' })];
  }),
  ...platforms.flatMap(({ name, model, answers }) =>
    answers.flatMap(({ id, attack, attackScenario, invariant, model: own = model }) =>
      attack === undefined || attackScenario === undefined || own === undefined
        ? []
        : [
            attackFile(attack, {
              claim: boardAttack(name, id),
              model: own,
              scenario: attackScenario,
              invariant,
              kind: 'attack',
            }),
          ],
    ),
  ),
];

/** The files of a report, by path in its folder. The report itself comes last. */
export const filesOf = (report: Report): readonly (readonly [path: string, content: string])[] => {
  const stem = reportStem(report.run);
  const own = [...markdownPages(report, `${stem}.md`), [`${stem}.json`, jsonText(report)] as const];
  if (report.run.interrupted) return own;
  return [
    ...attackFiles(report).map((file) => [attackPath(file.claim, file.kind), jsonText(file)] as const),
    [`${stem === 'report' ? '' : `${stem}.`}summary.md`, summaryText(report)],
    ...own,
  ];
};

import { attackFile, type AttackFile } from './attack-file.ts';
import { jsonText } from './document.ts';
import { markdownPages } from './markdown/pages.ts';
import { summaryText } from './markdown/summary.ts';
import type { PageModels } from './page/models.ts';
import { pageText } from './page/page.ts';
import { attackPath, boardAttack, pageName, reportStem } from './paths.ts';
import type { Report } from './report.ts';

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

/**
 * Makes the files of a report, by path in its folder, with these models in its page. The report itself comes
 * last.
 */
export const filesOf = (
  report: Report,
  models?: PageModels,
): readonly (readonly [path: string, content: string])[] => {
  const stem = reportStem(report.run);
  const own = [...markdownPages(report, `${stem}.md`), [`${stem}.json`, jsonText(report)] as const];
  if (report.run.interrupted) return own;
  return [
    ...attackFiles(report).map((file) => [attackPath(file.claim, file.kind), jsonText(file)] as const),
    [`${stem === 'report' ? '' : `${stem}.`}summary.md`, summaryText(report)],
    [pageName(report.run), pageText(report, models)],
    ...own,
  ];
};

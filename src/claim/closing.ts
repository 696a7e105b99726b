import type { Verdict } from '../search/result.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { AuditSubject } from './audit.ts';

/** A board under questioning. */
export interface Interview {
  readonly subject: AuditSubject;
  readonly ask: Ask;
  readonly stopped: () => boolean;
}

/** Tries every single setting against every assignment that has an attack, all questions of a scenario at once. */
export const tryClosing = async (view: Interview, answers: readonly Answer[]): Promise<readonly Answer[]> => {
  const { subject, ask, stopped } = view;
  const closed = answers.map((answer) => ({
    answer,
    closedBy: [] as string[],
    notClosedBy: [] as string[],
    undecidedBy: [] as string[],
  }));
  const broken = closed.filter(({ answer }) => answer.brokenCases.length > 0);
  const assignments = [
    ...new Set(broken.flatMap(({ answer }) => answer.brokenCases.map(({ assignment }) => assignment))),
  ];
  for (const setting of subject.settings) {
    const outcomes = new Map<Answer, Verdict['kind'][]>();
    for (const assignment of assignments) {
      const asking = broken.filter(({ answer }) =>
        answer.brokenCases.some((one) => one.assignment === assignment),
      );
      const found = stopped()
        ? asking.map(() => ({ verdict: 'unresolved' as const }))
        : await ask(
            asking.map(({ answer: { question } }) => ({
              question,
              scenario: subject.scenario(question, assignment, setting.id),
            })),
          );
      asking.forEach(({ answer }, index) => {
        outcomes.set(answer, [...(outcomes.get(answer) ?? []), found[index]!.verdict]);
      });
    }
    for (const one of broken) {
      const kinds = outcomes.get(one.answer)!;
      if (kinds.every((kind) => kind === 'holds')) one.closedBy.push(setting.id);
      else if (kinds.includes('violated')) one.notClosedBy.push(setting.id);
      else one.undecidedBy.push(setting.id);
    }
  }
  return closed.map(({ answer, ...lists }) => ({ ...answer, ...lists }));
};

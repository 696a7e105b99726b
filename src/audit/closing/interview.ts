import type { Verdict } from '../../search/result.ts';
import type { Attack } from '../../attack/attack.ts';
import type { Answer } from '../answer.ts';
import type { Ask, ScenarioQuestion } from '../ask.ts';
import type { AuditSubject } from '../auditor.ts';
import type { StillWorks } from './replayed.ts';

/** A board under questioning. */
export interface Interview {
  readonly subject: AuditSubject;
  readonly ask: Ask;
  readonly stillWorks: StillWorks;
  readonly stopped: () => boolean;
}

/** The attacks on a question that remain once settings are changed: none, one at least, or not known. */
export type RemainingAttacks = 'none' | 'some' | 'unknown';

/** A broken answer: one that has attacks, with all that were found for its question under any settings. */
export interface Broken {
  readonly answer: Answer;
  readonly attacks: Attack[];
}

/** Returns the answers that have attacks. */
export const brokenOf = (answers: readonly Answer[]): readonly Broken[] =>
  answers
    .filter(({ brokenCases }) => brokenCases.length > 0)
    .map((answer) => ({ answer, attacks: answer.brokenCases.flatMap(({ attack }) => attack ?? []) }));

const leftOf = (kinds: readonly Verdict['kind'][]): RemainingAttacks => {
  if (kinds.includes('violated')) return 'some';
  return kinds.every((kind) => kind === 'holds') ? 'none' : 'unknown';
};

/** Whether a known attack works with `changed` in any case that was broken; if so, no search is needed. */
export const worksStill = (
  { subject, stillWorks }: Interview,
  { answer: { question, brokenCases }, attacks }: Broken,
  changed: readonly string[],
): boolean =>
  brokenCases.some(({ assignment }) => {
    const scenario = subject.scenario(question, assignment, changed);
    return attacks.some((attack) => stillWorks(question, scenario, attack));
  });

/**
 * Finds the attacks on each question that remain with `changed`. Known attacks are run again first; the rest
 * is searched, all questions of a scenario at once.
 */
export const leftBy = async (
  view: Interview,
  broken: readonly Broken[],
  changed: readonly string[],
): Promise<ReadonlyMap<Broken, RemainingAttacks>> => {
  const { subject, ask, stopped } = view;
  const left = new Map<Broken, RemainingAttacks>();
  const open = broken.filter((one) => {
    const isKnown = !stopped() && worksStill(view, one, changed);
    if (isKnown) left.set(one, 'some');
    return !isKnown;
  });
  const asked = open.flatMap((one) =>
    one.answer.brokenCases.map(({ assignment }) => ({
      one,
      question: one.answer.question,
      scenario: subject.scenario(one.answer.question, assignment, changed),
    })),
  );
  const found = stopped() ? undefined : await ask(asked satisfies readonly ScenarioQuestion[]);
  for (const one of open) {
    const cases = found?.filter((_, index) => asked[index]!.one === one) ?? [];
    for (const { attack } of cases) if (attack !== undefined) one.attacks.push(attack);
    left.set(one, cases.length === 0 ? 'unknown' : leftOf(cases.map(({ verdict }) => verdict)));
  }
  return left;
};

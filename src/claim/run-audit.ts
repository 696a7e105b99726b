import { Fault } from '../model/index.ts';
import { needOptions, type OptionKind } from '../search/asked.ts';
import { checkLimits } from '../search/limits.ts';
import { answerOf, assignmentsOf, type Answer, type Assignment, type Case } from './answer.ts';
import { createAsk, type AuditOptions } from './ask.ts';
import type { AuditSubject, Platform, Question } from './audit.ts';
import { tryClosing, type Interview } from './closing.ts';
import { needInvariant } from './group.ts';

// Every combination of the unknown values is searched, with each setting: 2^5 searches a setting.
const MAX_UNKNOWNS = 5;

/** The answers to all questions about a board. */
export interface AuditRun {
  readonly platform: Platform;
  readonly answers: readonly Answer[];
  readonly interrupted: boolean;
  readonly durationMs: number;
}

const unanswered = (question: Question, because: string): Answer => ({
  ...answerOf(question, []),
  verdict: 'unresolved',
  because,
});

/** For each question, its case under each assignment; shorter than the assignments if it was stopped. */
const interview = async (
  { subject, ask, stopped }: Interview,
  questions: readonly Question[],
  assignments: readonly Assignment[],
): Promise<readonly (readonly Case[])[]> => {
  const cases: Case[][] = questions.map(() => []);
  for (const assignment of assignments) {
    if (stopped()) break;
    const found = await ask(
      questions.map((question) => ({ question, scenario: subject.scenario(question, assignment) })),
    );
    found.forEach((one, index) => cases[index]!.push({ ...one, assignment }));
  }
  return cases;
};

const answersOf = async (subject: AuditSubject, options: AuditOptions): Promise<readonly Answer[]> => {
  const { questions, unknowns } = subject;
  if (unknowns.length > MAX_UNKNOWNS) {
    const because = `${unknowns.length} unknown values (${unknowns.join(', ')}) have ${2 ** unknowns.length} combinations; at most ${2 ** MAX_UNKNOWNS} are searched`;
    return questions.map((question) => unanswered(question, because));
  }
  for (const { id, invariant } of questions) needInvariant(subject.model, invariant, `question ${id}`);
  const assignments = assignmentsOf(unknowns);
  const view = { subject, ask: createAsk(subject, options), stopped: () => options.signal?.aborted === true };
  const cases = await interview(view, questions, assignments);
  const answers = questions.map((question, index): Answer => {
    const answer = answerOf(question, cases[index]!);
    const isWhole = cases[index]!.length === assignments.length;
    return isWhole ? answer : { ...answer, verdict: 'unresolved', because: 'the audit was interrupted' };
  });
  return tryClosing(view, answers);
};

const OPTIONS: { readonly [name in keyof Required<AuditOptions>]: OptionKind } = {
  limits: 'anything',
  signal: 'anything',
  onProgress: 'anything',
};

/**
 * Answers every question about a board, for every combination of the values that the board's logs do
 * not tell, and finds which single settings would close each attack. What cannot
 * be asked is unresolved. Throws the fault that says why nothing can.
 */
export const runAudit = async (platform: Platform, options: AuditOptions = {}): Promise<AuditRun> => {
  needOptions('an audit', OPTIONS, options);
  checkLimits(options.limits ?? {});
  const { subject, others = [], unasked = [] } = platform;
  if (subject instanceof Fault && others.length + unasked.length === 0) throw subject;
  const startMs = performance.now();
  const answers: Answer[] = subject instanceof Fault ? [] : [...(await answersOf(subject, options))];
  for (const { questions, because } of unasked)
    answers.push(...questions.map((question) => unanswered(question, because)));
  for (const other of others) {
    const { id: model } = other.model;
    answers.push(...(await answersOf(other, options)).map((answer) => ({ ...answer, model })));
  }
  return {
    platform,
    answers,
    interrupted: options.signal?.aborted === true,
    durationMs: performance.now() - startMs,
  };
};

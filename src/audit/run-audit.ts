import { Fault } from '../model/index.ts';
import { needOptions, type OptionKind } from '../search/check-options.ts';
import { checkLimits } from '../search/limits.ts';
import { answerOf, assignmentsOf, type Answer, type Assignment, type Case } from './answer.ts';
import { createAsk, type AuditOptions } from './ask.ts';
import type { AuditSubject, Platform, Question } from './auditor.ts';
import { findClosing, type Closing } from './closing/index.ts';
import type { Interview } from './closing/interview.ts';
import type { Plan } from './closing/plan.ts';
import { createStillWorks } from './closing/replayed.ts';
import { needInvariant } from '../claim/group.ts';

// Every combination of the unknown values is searched, with each setting: 2^5 searches a setting.
const MAX_UNKNOWNS = 5;

/** The answers to all questions about a board. */
export interface AuditRun {
  readonly platform: Platform;
  readonly answers: readonly Answer[];
  /** Plans of changes, one for each side of the board that has attacks. */
  readonly plans: readonly Plan[];
  readonly interrupted: boolean;
  readonly durationMs: number;
}

const unanswered = (question: Question, because: string): Answer => ({
  ...answerOf(question, []),
  verdict: 'unresolved',
  because,
});

/** Returns the unknown values that can bear on a question. */
const unknownsOf = ({ unknowns, bears }: AuditSubject, question: Question): readonly string[] =>
  unknowns.filter((unknown) => bears?.(question, unknown) ?? true);

/**
 * A question and its case under each assignment of the values that bear on it; fewer cases if it was stopped.
 */
interface Asking {
  readonly question: Question;
  readonly assignments: readonly Assignment[];
  readonly cases: Case[];
}

/** Asks one assignment after the other, all questions that have it at once. */
const interview = async (
  { subject, ask, stopped }: Interview,
  questions: readonly Question[],
): Promise<readonly Asking[]> => {
  const asking = questions.map((question): Asking => ({
    question,
    assignments: assignmentsOf(unknownsOf(subject, question)),
    cases: [],
  }));
  const most = Math.max(0, ...asking.map(({ assignments }) => assignments.length));
  for (let round = 0; round < most && !stopped(); round += 1) {
    const now = asking.filter(({ assignments }) => round < assignments.length);
    const found = await ask(
      now.map(({ question, assignments }) => ({
        question,
        scenario: subject.scenario(question, assignments[round]!),
      })),
    );
    now.forEach(({ assignments, cases }, index) =>
      cases.push({ ...found[index]!, assignment: assignments[round]! }),
    );
  }
  return asking;
};

const tooMany = (unknowns: readonly string[]): string =>
  `${unknowns.length} unknown values (${unknowns.join(', ')}) have ${2 ** unknowns.length} combinations; at most ${2 ** MAX_UNKNOWNS} are searched`;

const answersOf = async (subject: AuditSubject, options: AuditOptions): Promise<Closing> => {
  const { questions, model } = subject;
  for (const { id, invariant } of questions) needInvariant(model, invariant, `question ${id}`);
  const view = {
    subject,
    ask: createAsk(subject, options),
    stillWorks: createStillWorks(subject, options.limits),
    stopped: () => options.signal?.aborted === true,
  };
  const isAsked = (question: Question): boolean => unknownsOf(subject, question).length <= MAX_UNKNOWNS;
  const asking = await interview(view, questions.filter(isAsked));
  const answers = questions.map((question): Answer => {
    const found = asking.find((one) => one.question === question);
    if (found === undefined) return unanswered(question, tooMany(unknownsOf(subject, question)));
    const answer = answerOf(question, found.cases);
    const isWhole = found.cases.length === found.assignments.length;
    return isWhole ? answer : { ...answer, verdict: 'unresolved', because: 'the audit was interrupted' };
  });
  return findClosing(view, answers);
};

const OPTIONS: { readonly [name in keyof Required<AuditOptions>]: OptionKind } = {
  limits: 'anything',
  signal: 'anything',
  onProgress: 'anything',
};

/**
 * Answers every question about a board, for every combination of the values that the board's logs do not
 * tell, and finds which settings would close each attack, alone or together. Questions that cannot be asked
 * are unresolved. Throws the fault that says why nothing can be asked.
 */
export const runAudit = async (platform: Platform, options: AuditOptions = {}): Promise<AuditRun> => {
  needOptions('an audit', OPTIONS, options);
  checkLimits(options.limits);
  const { subject, others = [], unasked = [] } = platform;
  if (subject instanceof Fault && others.length + unasked.length === 0) throw subject;
  const startMs = performance.now();
  const answers: Answer[] = [];
  const plans: Plan[] = [];
  if (!(subject instanceof Fault)) {
    const own = await answersOf(subject, options);
    answers.push(...own.answers);
    plans.push(own.plan);
  }
  for (const { questions, because } of unasked)
    answers.push(...questions.map((question) => unanswered(question, because)));
  for (const other of others) {
    const { id: model } = other.model;
    const found = await answersOf(other, options);
    answers.push(...found.answers.map((answer) => ({ ...answer, model })));
    plans.push(found.plan);
  }
  return {
    platform,
    answers,
    plans: plans.filter(({ steps, leaves }) => steps.length + leaves.length > 0),
    interrupted: options.signal?.aborted === true,
    durationMs: performance.now() - startMs,
  };
};

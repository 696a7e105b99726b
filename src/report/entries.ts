import type { Answer } from '../audit/answer.ts';
import type { Platform } from '../audit/auditor.ts';
import type { Claim } from '../claim/claim.ts';
import type { ClaimResult } from '../claim/result.ts';
import type { AuditRun } from '../audit/run-audit.ts';
import { vacuityWords, type Vacuity } from '../claim/vacuity/vacuity.ts';
import { Fault } from '../model/index.ts';
import { stopsOf } from './closing/closing.ts';
import { outsideWords } from './scope/outside-words.ts';
import { scopeWords } from './scope/scope-words.ts';
import type { AnswerEntry, ClaimEntry, ErrorEntry, PlatformEntry, VacuityEntry } from './report.ts';

/** Makes the data of a fault. */
export const errorEntry = (fault: Fault): ErrorEntry => {
  const { where, expected, got, likely, next } = fault.details;
  return { code: fault.code, message: fault.title, where, expected, got, likely, next };
};

const vacuityEntry = (vacuity: Vacuity): VacuityEntry => ({
  kind: vacuity.kind,
  says: vacuityWords(vacuity),
  ...(vacuity.kind === 'powers' ? { inert: vacuity.inert } : {}),
});

/**
 * Makes the entry of a claim's result; `reproduce` is the command that repeats it, `among` the claims that
 * there are.
 */
export const claimEntry = (
  result: ClaimResult,
  reproduce: string,
  among: readonly Claim[] = [],
): ClaimEntry => {
  const { claim, fault, asExpected, unexpectedBecause, note, verdict, bound, attack, witness, random } =
    result;
  const outside = outsideWords(claim);
  const stops = attack === undefined ? [] : stopsOf(claim, attack, among);
  const { states, transitions, complete, antecedents, missedAtMost, sameAs, vacuity } = result;
  return {
    id: claim.id,
    suite: claim.suite,
    model: claim.model.id,
    invariant: claim.invariant,
    scenario: claim.scenario,
    ...(claim.idle === undefined ? {} : { idle: claim.idle }),
    scope: scopeWords(claim.model, claim.scenario, claim.idle),
    ...(outside === undefined ? {} : { outside }),
    says: claim.says,
    source: claim.source,
    invariantSays: claim.model.invariants[claim.invariant]?.says ?? '',
    expected: claim.expect,
    ...(claim.length === undefined ? {} : { expectedLength: claim.length }),
    verdict,
    ...(bound === undefined ? {} : { bound }),
    ...(fault === undefined ? {} : { error: errorEntry(fault) }),
    asExpected,
    ...(unexpectedBecause === undefined ? {} : { unexpectedBecause }),
    ...(vacuity === undefined ? {} : { vacuity: vacuityEntry(vacuity) }),
    ...(sameAs === undefined ? {} : { sameAs }),
    ...(note === undefined ? {} : { note }),
    states,
    transitions,
    complete,
    ...(missedAtMost === undefined ? {} : { missedAtMost }),
    antecedents,
    ...(attack === undefined ? {} : { attack }),
    ...(stops.length === 0 ? {} : { stops }),
    ...(witness === undefined ? {} : { witness }),
    ...(random === undefined ? {} : { random }),
    reproduce,
  };
};

/** Returns the values of the deciding unknowns under which a question is broken, each once. */
const brokenWhen = (answer: Answer): AnswerEntry['brokenWhen'] => {
  const projected = answer.brokenCases.map(({ assignment }) =>
    Object.fromEntries(answer.decidedBy.map((name) => [name, assignment[name] === true])),
  );
  const seen = new Set<string>();
  return answer.decidedBy.length === 0
    ? []
    : projected.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
};

/** Says why an attack is by design: what it rests on was asked, too, and holds. */
const acceptedBecause = (
  { question: { accepted } }: Answer,
  answers: readonly Answer[],
): string | undefined =>
  answers.some(({ question, verdict }) => question.id === accepted?.ifHolds && verdict === 'holds')
    ? accepted?.because
    : undefined;

const answerEntry = (answer: Answer, answers: readonly Answer[], reproduce: string): AnswerEntry => {
  const { question, shortest, model } = answer;
  const accepted = answer.brokenCases.length === 0 ? undefined : acceptedBecause(answer, answers);
  return {
    id: question.id,
    ...(model === undefined ? {} : { model }),
    invariant: question.invariant,
    says: question.says,
    source: question.source,
    verdict: answer.verdict,
    ...(answer.because === undefined ? {} : { because: answer.because }),
    decidedBy: answer.decidedBy,
    brokenWhen: brokenWhen(answer),
    states: answer.states,
    transitions: answer.transitions,
    complete: answer.complete,
    ...(shortest?.attack === undefined
      ? {}
      : { attack: shortest.attack, attackWhen: shortest.assignment, attackScenario: shortest.scenario }),
    closedBy: answer.closedBy,
    notClosedBy: answer.notClosedBy,
    undecidedBy: answer.undecidedBy,
    closedTogether: answer.closedTogether,
    ...(accepted === undefined ? {} : { accepted }),
    reproduce,
  };
};

const factsOf = (
  platform: Platform,
): Omit<PlatformEntry, 'answers' | 'settings' | 'plans' | 'error' | 'model'> => {
  const { name, chipset, registers, locks, unknown, findings } = platform;
  return { name, chipset, registers, locks, unknown, findings };
};

/** Makes the data of a board that was searched. */
export const platformEntry = ({ platform, answers, plans }: AuditRun, reproduce: string): PlatformEntry => ({
  ...factsOf(platform),
  ...(platform.subject instanceof Fault ? {} : { model: platform.subject.model.id }),
  settings: [platform.subject, ...(platform.others ?? [])].flatMap((subject) =>
    subject instanceof Fault ? [] : subject.mitigations,
  ),
  plans,
  answers: answers.map((answer) => answerEntry(answer, answers, reproduce)),
});

/** Makes the data of a board that was read but cannot be searched, or that could not even be read. */
export const failedPlatformEntry = (name: string, fault: Fault, platform?: Platform): PlatformEntry => ({
  ...(platform === undefined
    ? { name, registers: [], locks: [], unknown: [], findings: [] }
    : factsOf(platform)),
  settings: [],
  plans: [],
  answers: [],
  error: errorEntry(fault),
});

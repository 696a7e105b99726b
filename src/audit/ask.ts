import { attackOf, type Attack } from '../attack/attack.ts';
import { guarded, scenarioText, type Scenario, type System } from '../model/index.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import type { Limits, Progress, SearchResult, Verdict } from '../search/result.ts';
import type { Case } from './answer.ts';
import type { AuditSubject, Question } from './auditor.ts';
import { drive } from '../claim/engine/drive.ts';
import { createWorkbench, limitsLeft } from '../claim/group.ts';
import { powerFindings, vacuityWords } from '../claim/vacuity/vacuity.ts';

/** The options of an audit. */
export interface AuditOptions {
  readonly limits?: Limits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AuditProgress) => void;
}

/** The progress of an audit. */
export interface AuditProgress {
  readonly searchesDone: number;
  readonly search: Progress;
}

/** A question and the scenario in which it is asked. */
export interface ScenarioQuestion {
  readonly question: Question;
  readonly scenario: Scenario;
}

/** Asks questions about a board, each in its scenario; the cases come in the order of the questions. */
export type Ask = (asked: readonly ScenarioQuestion[]) => Promise<readonly Case[]>;

/**
 * Says that no power which a question gives ever acts on the board, and why. The question still holds, since
 * that may be what the board is good at; but nothing was stopped on its way.
 */
const powerless = (
  { invariant }: Question,
  system: System,
  result: SearchResult,
  limits: Limits,
): string | undefined => {
  const { model, scenario } = system;
  const asked = { invariant, model, scenario, idle: scenario.capabilities };
  const { vacuity } = powerFindings(asked, system, result, limits);
  return vacuity?.kind === 'powers' ? `nobody acts: ${vacuityWords(vacuity)}` : undefined;
};

/**
 * Makes a function that asks: one search decides all questions that share a scenario, and a scenario that
 * comes again is not searched again.
 */
export const createAsk = (subject: AuditSubject, options: AuditOptions): Ask => {
  const { made } = createWorkbench();
  const known = new Map<string, Case>();
  let searchesDone = 0;
  const search = async (scenario: Scenario, questions: readonly Question[]): Promise<readonly Case[]> => {
    const startMs = performance.now();
    const system = made(subject.model, scenario, options.limits);
    const result = await drive(
      exploreInSlices(system, {
        invariants: [...new Set(questions.map(({ invariant }) => invariant))],
        limits: limitsLeft(options.limits ?? {}, startMs),
      }),
      {
        signal: options.signal,
        onSlice: (progress) => options.onProgress?.({ searchesDone, search: progress }),
      },
    );
    searchesDone += 1;
    const { states, transitions, complete } = result;
    const tell = (verdict: Verdict): Attack | undefined =>
      verdict.kind === 'violated' && verdict.trace !== undefined
        ? guarded(`model ${subject.model.id}, present`, () =>
            attackOf(system, verdict.trace!, verdict.shortest),
          )
        : undefined;
    return questions.map((question) => {
      const verdict = result.verdicts[question.invariant]!;
      const because =
        verdict.kind === 'unresolved' ? undefined : powerless(question, system, result, options.limits ?? {});
      const attack = tell(verdict);
      const bound = verdict.kind === 'unresolved' ? { bound: verdict.bound } : {};
      return {
        verdict: verdict.kind,
        ...(because === undefined ? {} : { because }),
        ...bound,
        scenario,
        states,
        transitions,
        complete,
        ...(attack && { attack }),
      };
    });
  };
  const key = ({ question, scenario }: ScenarioQuestion): string =>
    `${question.invariant} ${scenarioText(scenario)}`;
  return async (asked) => {
    const groups = new Map<string, ScenarioQuestion[]>();
    for (const one of asked.filter((each) => !known.has(key(each)))) {
      const group = groups.get(scenarioText(one.scenario)) ?? [];
      groups.set(scenarioText(one.scenario), [...group, one]);
    }
    for (const group of groups.values()) {
      const cases = await search(
        group[0]!.scenario,
        group.map(({ question }) => question),
      );
      group.forEach((one, index) => known.set(key(one), cases[index]!));
    }
    return asked.map((one) => known.get(key(one))!);
  };
};

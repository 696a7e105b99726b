import type { Attack } from '../attack/attack.ts';
import type { Scenario } from '../model/index.ts';
import type { Bound, Verdict } from '../search/result.ts';
import type { Question } from './auditor.ts';

/** An assignment: a value for each unknown. */
export type Assignment = { readonly [unknown: string]: boolean };

/** The result of a search for a question under one assignment of the unknown values. */
export interface Case {
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  /** A note that no power acts, and why. */
  readonly because?: string;
  readonly scenario: Scenario;
  readonly attack?: Attack;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  readonly assignment?: Assignment;
}

/** A case that has an attack (or lacks the witness it should have). */
export type BrokenCase = Case & { readonly assignment: Assignment };

/** The answer to a question about a board, over all values of what is not known. */
export interface Answer {
  readonly question: Question;
  /** The model that it is about, where that is not the one of the board's subject. */
  readonly model?: string;
  /** `depends`: it holds for some values of the unknowns and is violated for others. */
  readonly verdict: Verdict['kind'] | 'depends';
  readonly because?: string;
  /** The deciding unknowns: for some values of the others, turning this one over changes the verdict. */
  readonly decidedBy: readonly string[];
  readonly brokenCases: readonly BrokenCase[];
  /** The first of the cases with the fewest steps. */
  readonly shortest?: BrokenCase;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  readonly closedBy: readonly string[];
  readonly notClosedBy: readonly string[];
  readonly undecidedBy: readonly string[];
  /** Sets of settings with which no attack is left, where no single one does it. */
  readonly closedTogether: readonly (readonly string[])[];
}

/** Returns every combination of values, all false first, the last unknown changing fastest. */
export const assignmentsOf = (unknowns: readonly string[]): readonly Assignment[] =>
  unknowns.reduce<readonly Assignment[]>(
    (partial, unknown) =>
      partial.flatMap((one) => [false, true].map((value) => ({ ...one, [unknown]: value }))),
    [{}],
  );

const decidersOf = (cases: readonly Case[]): readonly string[] => {
  const names = Object.keys(cases[0]?.assignment ?? {});
  const key = (assignment: Assignment): string =>
    names.map((name) => (assignment[name] === true ? '1' : '0')).join('');
  const verdicts = new Map(cases.map(({ assignment = {}, verdict }) => [key(assignment), verdict]));
  return names.filter((name) =>
    cases.some(
      ({ assignment = {}, verdict }) =>
        verdicts.get(key({ ...assignment, [name]: assignment[name] !== true })) !== verdict,
    ),
  );
};

const overall = (cases: readonly Case[]): Pick<Answer, 'verdict' | 'because'> => {
  const kinds = new Set(cases.map(({ verdict }) => verdict));
  if (kinds.has('unresolved')) {
    const bounds = [...new Set(cases.flatMap(({ bound }) => bound ?? []))].join(', ');
    const attack = kinds.has('violated')
      ? '; an attack exists all the same, for some values of the unknowns'
      : '';
    return { verdict: 'unresolved', because: `${bounds} ended the search${attack}` };
  }
  if (kinds.size === 1) {
    const [because] = cases.map((one) => one.because);
    const inAll = because !== undefined && cases.every((one) => one.because !== undefined);
    return { verdict: [...kinds][0]!, ...(inAll ? { because } : {}) };
  }
  // Vacuous for some values and true for the others is true wherever it says anything.
  return { verdict: kinds.has('violated') ? 'depends' : 'holds' };
};

/** Makes the answer from `cases`, one for each assignment, before any setting was tried. */
export const answerOf = (question: Question, cases: readonly Case[]): Answer => {
  const brokenCases = cases.flatMap((one) =>
    one.verdict === 'violated' ? [{ ...one, assignment: one.assignment ?? {} }] : [],
  );
  const steps = ({ attack }: Case): number => attack?.length ?? Infinity;
  const shortest = brokenCases.toSorted((a, b) => steps(a) - steps(b))[0];
  // Assignments that make no difference share a scenario, which was searched once.
  const searched = [...new Map(cases.map((one) => [one.scenario, one])).values()];
  const sum = (figure: 'states' | 'transitions'): number =>
    searched.reduce((total, one) => total + one[figure], 0);
  return {
    question,
    ...(cases.length === 0 ? { verdict: 'unresolved' } : overall(cases)),
    decidedBy: decidersOf(cases),
    brokenCases,
    ...(shortest === undefined ? {} : { shortest }),
    states: sum('states'),
    transitions: sum('transitions'),
    complete: cases.length > 0 && cases.every(({ complete }) => complete),
    closedBy: [],
    notClosedBy: [],
    undecidedBy: [],
    closedTogether: [],
  };
};

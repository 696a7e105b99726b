import {
  Fault,
  guarded,
  systemOf,
  type AnyModel,
  type OnDefence,
  type Scenario,
  type System,
} from '../model/index.ts';

/** A question about defences: whether an invariant holds, against an adversary, in a scope. */
export interface DefenceQuestion {
  /** The name of the question: the id of a claim. */
  readonly id: string;
  readonly model: AnyModel;
  /**
   * The scenario in which the attack is known; the defences that it has off are those that could be switched
   * on.
   */
  readonly scenario: Scenario;
  readonly invariant: string;
}

/** A path alone shows a breach of these kinds; for the others all states are needed. */
const SHOWN_BY_A_PATH: readonly string[] = ['always', 'never-step'];

/** Whether replaying an attack on the invariant shows that it works. */
export const isShownByPath = (model: AnyModel, invariant: string): boolean =>
  SHOWN_BY_A_PATH.includes(model.invariants[invariant]?.kind ?? '');

/** Makes the system of the question's model with exactly the defences of `on`. */
export const systemWith = (
  { model, scenario }: DefenceQuestion,
  on: ReadonlySet<string>,
  onDefence?: OnDefence,
): System => {
  const without = Object.keys(model.defences)
    .filter((defence) => !on.has(defence))
    .toSorted();
  return guarded(`model ${model.id}, initial state and choices`, () =>
    systemOf(model, { ...scenario, without }, onDefence),
  );
};

/**
 * Checks questions. Throws UW411 for questions that are not about one model, UW412 for one whose attacks no
 * path shows.
 */
export const needQuestions = (questions: readonly DefenceQuestion[]): AnyModel => {
  const [first] = questions;
  const odd = questions.find(({ model }) => model !== first?.model);
  if (first === undefined || odd !== undefined) {
    throw new Fault('UW411', {
      where: 'the attacks to be stopped',
      expected: 'attacks on one model, for its defences are tried',
      got: odd === undefined ? 'none' : `${first?.model.id} and ${odd.model.id}`,
      likely: 'suites of several models were named, or one without attacks',
      next: 'name one suite with a known attack, or one model',
    });
  }
  const other = questions.find(({ invariant, model }) => !isShownByPath(model, invariant));
  if (other === undefined) return first.model;
  throw new Fault('UW412', {
    where: `${other.id}, invariant ${other.invariant}`,
    expected: `an invariant of kind ${SHOWN_BY_A_PATH.join(' or ')}`,
    got: other.model.invariants[other.invariant]?.kind ?? 'none of the model',
    likely: 'that nothing leads back, or nothing happens in time, shows only where all states are looked at',
    next: 'leave it out; `underwatch reasons` says what a claim of that kind rests on',
  });
};

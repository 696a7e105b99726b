import type { Attack } from '../../attack/attack.ts';
import { Fault, guarded, scenarioText, systemOf, type Scenario, type System } from '../../model/index.ts';
import { watchedOnce } from '../../model/watchdog/slices.ts';
import type { Limits } from '../../search/result.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { statesOf } from '../../search/trace.ts';
import type { AuditSubject, Question } from '../auditor.ts';

/** Whether an attack that was found in one scenario breaks a question's invariant in another one, too. */
export type StillWorks = (question: Question, scenario: Scenario, attack: Attack) => boolean;

const runs = (system: System, invariant: string, { initial, steps, onward }: Attack): boolean => {
  const trace = {
    initial,
    steps: steps.map(({ action, choices }) => ({ action, choice: choices })),
    ...(onward === undefined ? {} : { onward }),
  };
  try {
    return violatesOrWitnesses(system, invariant, statesOf(system, trace));
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW503') return false;
    throw error;
  }
};

/**
 * Makes a function that runs attacks again on the plain model. An attack that still works needs no search to
 * be known; one that does not says nothing, for there may be others.
 */
export const createStillWorks = ({ model }: AuditSubject, limits: Limits = {}): StillWorks => {
  const systems = new Map<string, System>();
  const systemFor = (scenario: Scenario): System => {
    const text = scenarioText(scenario);
    const made =
      systems.get(text) ??
      guarded(`model ${model.id}, initial state and choices`, () => systemOf(model, scenario));
    systems.set(text, made);
    return made;
  };
  return ({ invariant }, scenario, attack) =>
    watchedOnce(() => runs(systemFor(scenario), invariant, attack), limits);
};

import {
  Fault,
  isEnabled,
  scenarioText,
  stepOf,
  systemOf,
  type AnyModel,
  type Scenario,
  type State,
  type System,
} from '../../model/index.ts';
import { minimise } from '../../search/random/shrinking/minimise.ts';
import type { Step, Trace } from '../../search/result.ts';
import { violatesOrWitnesses } from '../../search/violates-or-witnesses.ts';
import { instanceOf, statesOf } from '../../search/trace.ts';
import { takingsFrom } from './smaller.ts';

/** A trace and the scenario in which it runs. */
export interface Case {
  readonly scenario: Scenario;
  readonly trace: Trace;
}

/** Makes the system of a model in `scenario`; undefined where the model refuses it. */
const systemIn = (model: AnyModel, scenario: Scenario): System | undefined => {
  try {
    return systemOf(model, scenario);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

const knownSteps = (system: System, steps: readonly Step[]) =>
  steps.flatMap((step) => {
    try {
      return [instanceOf(system, step)];
    } catch (error) {
      if (error instanceof Fault && error.code === 'UW503') return [];
      throw error;
    }
  });

/** Returns the steps of a trace that exist in `system`, and are possible when their turn comes. */
const followed = (system: System, { initial, steps }: Trace): Trace => {
  const taken: Step[] = [];
  let state: State = system.initial[initial]!;
  for (const instance of knownSteps(system, steps)) {
    if (!isEnabled(system, state, instance)) continue;
    taken.push({ action: instance.action, choice: instance.choice });
    state = stepOf(system, state, instance);
  }
  return { initial, steps: taken };
};

/**
 * Returns the same attack, as far as it runs, in another scenario; undefined where it shows nothing there.
 */
const caseIn = (model: AnyModel, invariant: string, scenario: Scenario, trace: Trace): Case | undefined => {
  const system = systemIn(model, scenario);
  if (system?.initial[trace.initial] === undefined) return undefined;
  const left = followed(system, trace);
  if (!violatesOrWitnesses(system, invariant, statesOf(system, left))) return undefined;
  return { scenario, trace: left };
};

const withFewerSteps = (model: AnyModel, invariant: string, { scenario, trace }: Case): Case => {
  const system = systemOf(model, scenario);
  const shows = (shorter: Trace): boolean =>
    violatesOrWitnesses(system, invariant, statesOf(system, shorter));
  return { scenario, trace: minimise(system, trace, shows) };
};

/** Looks once at everything that can be taken out. */
const withSmallerScenario = (model: AnyModel, invariant: string, before: Case): Case => {
  let found = before;
  for (const take of takingsFrom(before.scenario)) {
    const scenario = take(found.scenario);
    if (scenarioText(scenario) === scenarioText(found.scenario)) continue;
    found = caseIn(model, invariant, scenario, found.trace) ?? found;
  }
  return found;
};

/**
 * Shrinks a trace that shows `invariant`, and its scenario: takes out steps, capabilities, defences that are
 * off, elements of lists, until no single one can be left out. The continuation of an attack after its end is
 * not kept. Throws UW503 if the trace does not run.
 */
export const shrinkCase = (model: AnyModel, invariant: string, { scenario, trace }: Case): Case => {
  const { initial, steps } = trace;
  let found = withFewerSteps(model, invariant, { scenario, trace: { initial, steps } });
  for (;;) {
    const smaller = withSmallerScenario(model, invariant, found);
    if (scenarioText(smaller.scenario) === scenarioText(found.scenario)) return found;
    found = withFewerSteps(model, invariant, smaller);
  }
};

/**
 * The contract of a model: state, actions, invariants, scenario. Everything that a model needs to import.
 *
 * @module underwatch/model
 */
export { actionOf, type Action, type AnyAction, type DeclareAction, type ModelBase } from './action.ts';
export { booleans, integers, oneOf, type Choice, type Choices, type Domain, type Value } from './domain.ts';
export { Fault, FAULTS, faultText, type FaultCode, type FaultDetails } from './fault.ts';
export type { Always, Invariant, NeverStep, NoDeadlock, Recovers, Sometimes, Within } from './invariant.ts';
export {
  defineModel,
  runnable,
  type AnyModel,
  type Model,
  type Presentation,
  type RunnableModel,
  type State,
  type Universe,
} from './model.ts';
export type { RegisterField, RegisterLayout } from './register.ts';
export { scenarioText, type Scenario, type Setting } from './scenario.ts';
export { checkModel } from './checks/check-model.ts';
export { checkPurity } from './purity/check.ts';
export { assertPlain, byName, canonical } from './plain/plain.ts';
export {
  enabledIn,
  guarded,
  isEnabled,
  stepOf,
  systemOf,
  type Instance,
  type OnDefence,
  type System,
} from './system.ts';

import type { Value } from './domain.ts';
import { byName, canonical } from './plain/plain.ts';

/** The scenario as the functions of a model see it. */
export interface Setting<P = unknown, D extends string = string> {
  readonly parameters: P;
  /** Whether the named defence is switched on. */
  readonly defends: (defence: D) => boolean;
}

/**
 * A scenario: which defences are off, what the adversary can do, and the numbers and register values that the
 * model starts from. Plain data, so that reports and replays carry it.
 */
export interface Scenario {
  /** Defences of the model that are switched off; every other one is on. */
  readonly without: readonly string[];
  /** The adversary's capabilities. An action that `needs` any other capability never happens. */
  readonly capabilities: readonly string[];
  /** Overrides of the model's parameters, by name. */
  readonly parameters: { readonly [name: string]: Value };
}

/** Writes a scenario as text: the same for equal scenarios, and for no others. */
export const scenarioText = ({ without, capabilities, parameters }: Scenario): string =>
  canonical({ capabilities, parameters: byName(parameters), without });

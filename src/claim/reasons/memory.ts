import { scenarioText, type AnyModel, type Scenario } from '../../model/index.ts';
import type { Limits, Trace } from '../../search/result.ts';
import type { Dropped } from './result.ts';

/** The known result of one invariant without some defences, and the attack that shows it. */
export interface Known {
  readonly dropped: Dropped;
  readonly trace?: Trace;
}

interface Place {
  readonly model: AnyModel;
  readonly scenario: Scenario;
  readonly limits: Limits;
}

/**
 * Results and attacks known of a model in a scenario, by limits, invariant, and what was switched off.
 * Nothing goes from one scenario to another: an attack that was found there would lead to another smallest
 * set, so that what is found of a claim would depend on the claims beside it.
 */
export interface Memory {
  readonly get: (place: Place, drop: readonly string[], invariant: string) => Known | undefined;
  readonly set: (place: Place, drop: readonly string[], invariant: string, known: Known) => void;
  /** Returns the attacks in the order in which they were found. */
  readonly attacksOn: (place: Place, invariant: string) => readonly Trace[];
}

/** Makes an empty memory. */
export const createMemory = (): Memory => {
  const models = new Map<AnyModel, number>();
  const known = new Map<string, Known>();
  const attacks = new Map<string, Trace[]>();
  // Two models may have one id in different files of a user.
  const numberOf = (model: AnyModel): number => {
    const number = models.get(model) ?? models.size;
    models.set(model, number);
    return number;
  };
  const keyOf = ({ limits, model, scenario }: Place, drop: readonly string[], invariant: string): string => {
    return JSON.stringify([numberOf(model), invariant, limits, scenarioText(scenario), drop.toSorted()]);
  };
  const attackKey = (place: Place, invariant: string): string => keyOf(place, [], invariant);
  return {
    get: (place, drop, invariant) => known.get(keyOf(place, drop, invariant)),
    set: (place, drop, invariant, found) => {
      known.set(keyOf(place, drop, invariant), found);
      if (found.trace === undefined) return;
      const key = attackKey(place, invariant);
      attacks.set(key, [...(attacks.get(key) ?? []), found.trace]);
    },
    attacksOn: (place, invariant) => attacks.get(attackKey(place, invariant)) ?? [],
  };
};

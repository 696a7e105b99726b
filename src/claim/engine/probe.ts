import type { AnyModel, Scenario, System } from '../../model/index.ts';
import type { Limits, Progress } from '../../search/result.ts';
import type { Group } from '../group.ts';
import { faultOf } from './internal.ts';
import { randomly } from './random.ts';
import type { ClaimResult } from '../result.ts';

/** The budget of a probe for the claims of one group. */
export interface ProbeBudget {
  readonly seed?: number | undefined;
  readonly runs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Measures random search against the attacks that an exhaustive search found: the results of `group`
 * again, with what random search needed for each. The verdicts stay as they are. A probe that was
 * stopped measures nothing.
 */
export const probe = async (
  group: Group,
  results: readonly ClaimResult[],
  budget: ProbeBudget,
  systemFor: (model: AnyModel, scenario: Scenario, limits?: Limits) => System,
  onSlice: (progress: Progress) => void,
): Promise<readonly ClaimResult[]> => {
  const attacked = results.filter(({ attack }) => attack !== undefined);
  if (attacked.length === 0) return results;
  try {
    const { random } = await randomly(systemFor(group.model, group.scenario, group.limits), {
      invariants: [...new Set(attacked.map(({ claim }) => claim.invariant))],
      limits: group.limits,
      random: { runs: budget.runs, ...(budget.seed === undefined ? {} : { seed: budget.seed }) },
      listening: { signal: budget.signal, onSlice },
    });
    if (budget.signal?.aborted === true) return results;
    return results.map((result) => {
      const figures = random[result.claim.invariant];
      return result.attack === undefined || figures === undefined ? result : { ...result, random: figures };
    });
  } catch (error) {
    // The walk went where the search, which had found its attack, never looked: worth telling as a fault.
    const fault = faultOf(error, `model ${group.model.id}, random search`);
    return results.map((result) => (attacked.includes(result) ? { ...result, fault } : result));
  }
};

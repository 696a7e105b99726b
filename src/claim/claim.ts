import {
  byName,
  canonical,
  Fault,
  scenarioText,
  type AnyModel,
  type Model,
  type Scenario,
  type Value,
} from '../model/index.ts';
import type { Limits } from '../search/result.ts';
import { needNames } from '../model/checks/structure.ts';
import { checkDeclared } from './check-declared.ts';
import { rememberSite } from '../model/call-site.ts';
import { checkSuite } from './check-spec.ts';
import type { ClaimSpec, Expected } from './spec.ts';

export type { ClaimSpec, Expected } from './spec.ts';

/**
 * A claim: one statement about a model in a scenario, with what is expected of it and where it comes from.
 */
export interface Claim {
  readonly id: string;
  readonly suite: string;
  readonly model: AnyModel;
  readonly invariant: string;
  readonly scenario: Scenario;
  /** Capabilities of the claim that never act in this scenario, and are not meant to; that is checked. */
  readonly idle?: readonly string[];
  /** Set if the claim does not say who acts, though the model has capabilities; then nobody does. */
  readonly adversary?: 'unsaid';
  readonly expect: Expected;
  /**
   * The length of the shortest attack (for `recovers`: of its stem) or witness, where it is known and meant
   * to stay.
   */
  readonly length?: number;
  /**
   * The defences without which a claim that holds would not; of a list one is enough. `underwatch reasons`
   * finds them.
   */
  readonly restsOn?: readonly (string | readonly string[])[];
  readonly says: string;
  readonly source: string;
  readonly limits?: Limits;
  /**
   * Parts outside the claim's scope that are known to change its verdict, each with the reason why it is left
   * out. The names are those of `underwatch scope`.
   */
  readonly leavesOut?: { readonly [part: string]: string };
  /**
   * Parts outside the claim's scope that were not tried, by names or patterns, each with the reason. All else
   * that can be tried leaves the verdict as it is.
   */
  readonly untried?: { readonly [pattern: string]: string };
}

/** A suite: claims that belong together. */
export interface Suite {
  readonly id: string;
  readonly says: string;
  readonly claims: readonly Claim[];
}

/** Checks idle capabilities. Throws UW350 for one that the claim does not give. */
const needGiven = (where: string, idle: readonly string[], capabilities: readonly string[]): void => {
  const stray = idle.find((name) => !capabilities.includes(name));
  if (stray === undefined) return;
  throw new Fault('UW350', {
    where: `${where}, idle`,
    expected: capabilities.length === 0 ? 'none, for the claim gives none' : `of ${capabilities.join(', ')}`,
    got: stray,
    likely: 'a typing error, or a capability that was taken out of the claim',
    next: 'name in `idle` only what `capabilities` names',
  });
};

const claimsOf = <P, D extends string, I extends string>(
  suiteId: string,
  model: AnyModel,
  specs: { readonly [id: string]: ClaimSpec<P, D, I> },
): readonly Claim[] =>
  Object.entries(specs).map(([id, claim]) => {
    const { without = [], capabilities = [], idle = [], parameters = {}, ...rest } = claim;
    needGiven(`suite ${suiteId}, claim ${id}`, idle, capabilities);
    const scenario: Scenario = {
      without: without.toSorted(),
      capabilities: capabilities.toSorted(),
      parameters,
    };
    const isUnsaid = claim.capabilities === undefined && Object.keys(model.capabilities).length > 0;
    return {
      ...rest,
      id,
      suite: suiteId,
      model,
      scenario,
      ...(idle.length === 0 ? {} : { idle: idle.toSorted() }),
      ...(isUnsaid ? { adversary: 'unsaid' } : {}),
    };
  });

/**
 * Makes a suite: a list of claims about one model. Throws UW303 for parts that claims do not have, UW101 for
 * those that they lack, UW350 for an idle capability that one does not give, UW353 and UW354 for reasons that
 * cannot be any.
 */
export const suite = <S, P extends object, D extends string, A extends string, I extends string>(spec: {
  readonly id: string;
  readonly says: string;
  readonly model: Model<S, P, D, A, I>;
  readonly claims: { readonly [id: string]: ClaimSpec<NoInfer<P>, NoInfer<D>, NoInfer<I>> };
}): Suite => {
  checkSuite(spec);
  needNames(spec.model);
  const claims = claimsOf(spec.id, spec.model, spec.claims);
  for (const claim of claims) checkDeclared(claim);
  rememberSite(claims, suite);
  return { id: spec.id, says: spec.says, claims };
};

/**
 * The key of a claim's search: claims with equal keys are about the same states and are decided by one
 * search.
 */
export const searchKey = ({ model, scenario, limits = {} }: Claim): string =>
  canonical([model.id, scenarioText(scenario), byName(limits as { [name: string]: Value })]);

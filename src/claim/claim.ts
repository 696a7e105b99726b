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
import type { Limits, Verdict } from '../search/result.ts';
import { rememberSite, stackAbove } from './call-site.ts';

/** What a claim is expected to come out as; a run fails on any other verdict, in either direction. */
export type Expected = Verdict['kind'];

/** One statement about a model in a scenario, with what is expected of it and where it comes from. */
export interface Claim {
  readonly id: string;
  readonly suite: string;
  readonly model: AnyModel;
  readonly invariant: string;
  readonly scenario: Scenario;
  readonly expect: Expected;
  /** The length of the shortest attack (for `recovers`: of its stem), where it is known and meant to stay. */
  readonly length?: number;
  readonly says: string;
  readonly source: string;
  readonly limits?: Limits;
}

/** Claims that belong together. */
export interface Suite {
  readonly id: string;
  readonly says: string;
  readonly claims: readonly Claim[];
}

/** A claim as written in a suite: the names are those of the suite's model, checked by its types. */
export interface ClaimSpec<P, D extends string, I extends string> {
  readonly invariant: I;
  /** Defences switched off. */
  readonly without?: readonly D[];
  readonly capabilities?: readonly string[];
  readonly parameters?: Partial<P>;
  readonly expect: Expected;
  readonly length?: number;
  readonly says: string;
  readonly source: string;
  readonly limits?: Limits;
}

const PARTS: { readonly [part in keyof Required<ClaimSpec<object, string, string>>]: true } = {
  invariant: true,
  without: true,
  capabilities: true,
  parameters: true,
  expect: true,
  length: true,
  says: true,
  source: true,
  limits: true,
};

const misread = (where: string, expected: string, got: string): Fault =>
  new Fault('UW303', {
    where,
    expected,
    got,
    likely: 'a typing error, in a file whose types are not checked',
    next: 'see the README on suites: what is not known by its name would be left out of the claim',
  });

/** What would be left out without a word, and make another claim: names that no part of a claim has. */
const checkSpecs = (suiteId: string, specs: object): void => {
  if (Array.isArray(specs)) throw misread(`suite ${suiteId}, claims`, 'claims by their ids', 'a list');
  for (const [id, spec] of Object.entries(specs)) {
    const stray = Object.keys(spec as object).find((part) => !Object.hasOwn(PARTS, part));
    if (stray === undefined) continue;
    throw misread(`suite ${suiteId}, claim ${id}`, Object.keys(PARTS).join(', '), stray);
  }
};

const claimsOf = <P, D extends string, I extends string>(
  suiteId: string,
  model: AnyModel,
  specs: { readonly [id: string]: ClaimSpec<P, D, I> },
): readonly Claim[] =>
  Object.entries(specs).map(([id, claim]) => {
    const { without = [], capabilities = [], parameters = {}, ...rest } = claim;
    const scenario: Scenario = {
      without: without.toSorted(),
      capabilities: capabilities.toSorted(),
      parameters,
    };
    return { ...rest, id, suite: suiteId, model, scenario };
  });

/** A list of claims about one model. Throws UW303 for parts that claims do not have. */
export const suite = <S, P extends object, D extends string, A extends string, I extends string>(spec: {
  readonly id: string;
  readonly says: string;
  readonly model: Model<S, P, D, A, I>;
  readonly claims: { readonly [id: string]: ClaimSpec<NoInfer<P>, NoInfer<D>, NoInfer<I>> };
}): Suite => {
  checkSpecs(spec.id, spec.claims);
  const claims = claimsOf(spec.id, spec.model, spec.claims);
  const site = stackAbove(suite);
  for (const claim of claims) rememberSite(claim, site);
  return { id: spec.id, says: spec.says, claims };
};

/** Claims with equal keys are about the same states and are decided by one search. */
export const searchKey = ({ model, scenario, limits = {} }: Claim): string =>
  canonical([model.id, scenarioText(scenario), byName(limits as { [name: string]: Value })]);

import type { Claim } from '../../claim/claim.ts';
import { canonical, type Value } from '../../model/index.ts';
import { valueWords } from '../../report/scope/scope-words.ts';

/** A twin: a claim that asks the same of the same model in another scope, and what is different there. */
export interface Twin {
  readonly claim: Claim;
  readonly changes: readonly string[];
}

const missing = (some: readonly string[], others: readonly string[]): readonly string[] =>
  others.filter((one) => !some.includes(one));

const defenceChanges = ({ scenario }: Claim, { scenario: other }: Claim): readonly string[] => [
  ...missing(other.without, scenario.without).map((name) => `${name} on`),
  ...missing(scenario.without, other.without).map((name) => `${name} off`),
];

const otherChanges = ({ model, scenario }: Claim, { scenario: other }: Claim): readonly string[] => {
  const own = model.parameters as { readonly [name: string]: Value };
  const names = [...new Set([...Object.keys(scenario.parameters), ...Object.keys(other.parameters)])];
  return [
    ...missing(scenario.capabilities, other.capabilities).map((name) => `adversary can ${name}`),
    ...missing(other.capabilities, scenario.capabilities).map((name) => `adversary cannot ${name}`),
    ...names.flatMap((name) => {
      const before = scenario.parameters[name] ?? own[name] ?? null;
      const after = other.parameters[name] ?? own[name] ?? null;
      return canonical(before) === canonical(after) ? [] : [`${name} = ${valueWords(after)}`];
    }),
  ];
};

/**
 * Returns the claims that ask the same as `claim` with other defences, or with one capability or parameter
 * changed; those that differ least come first.
 */
export const twinsOf = (claim: Claim, claims: readonly Claim[]): readonly Twin[] =>
  claims
    .flatMap((other): readonly Twin[] => {
      if (other.model !== claim.model || other.invariant !== claim.invariant) return [];
      const defences = defenceChanges(claim, other);
      const others = otherChanges(claim, other);
      const isTwin = others.length === 0 ? defences.length > 0 : defences.length === 0 && others.length === 1;
      return isTwin ? [{ claim: other, changes: [...defences, ...others] }] : [];
    })
    .toSorted((a, b) => a.changes.length - b.changes.length);

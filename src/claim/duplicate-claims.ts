import { byName, canonical, type AnyModel, type Value } from '../model/index.ts';
import type { Claim } from './claim.ts';

/**
 * Returns a claim's question, without its model, as text: the same text for the same question, however its
 * parameters are written.
 */
const questionText = ({ invariant, model, scenario }: Claim): string => {
  const own = model.parameters as { readonly [name: string]: Value };
  const changed = Object.entries(scenario.parameters).filter(
    ([name, value]) => own[name] === undefined || canonical(own[name]) !== canonical(value),
  );
  const { without, capabilities } = scenario;
  const parameters = byName(Object.fromEntries(changed));
  return canonical([invariant, without.toSorted(), capabilities.toSorted(), parameters]);
};

/**
 * Claims with the same question (model, invariant and scenario) as other claims, each with the ids of those
 * others. One search decides them alike, even if their sentences differ.
 */
export const duplicateClaims = (claims: readonly Claim[]): ReadonlyMap<Claim, readonly string[]> => {
  const asked = new Map<AnyModel, Map<string, Claim[]>>();
  for (const claim of claims) {
    const ofModel = asked.get(claim.model) ?? new Map<string, Claim[]>();
    asked.set(claim.model, ofModel);
    const text = questionText(claim);
    ofModel.set(text, [...(ofModel.get(text) ?? []), claim]);
  }
  const groups = [...asked.values()].flatMap((ofModel) => [...ofModel.values()]);
  return new Map(
    groups.flatMap((group) =>
      group.length < 2
        ? []
        : group.map((claim) => [claim, group.filter((one) => one !== claim).map(({ id }) => id)] as const),
    ),
  );
};

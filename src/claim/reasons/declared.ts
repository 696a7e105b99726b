import type { Claim } from '../claim.ts';
import type { Mismatch, Reasons } from './result.ts';

type Sets = readonly (readonly string[])[];

/**
 * The defences that a claim declares it rests on, as sets of which one is enough; undefined if it declares
 * nothing.
 */
const declaredBy = ({ restsOn }: Claim): Sets | undefined =>
  restsOn?.map((one) => (typeof one === 'string' ? [one] : one));

const keyOf = (set: readonly string[]): string => set.toSorted().join(' ');
const lacking = (some: Sets, others: Sets): Sets => {
  const keys = new Set(others.map(keyOf));
  return some.filter((set) => !keys.has(keyOf(set)));
};

/**
 * Compares what a claim declares with what was found; undefined where they agree, or where too little is
 * known.
 */
export const mismatchOf = ({ alone, claim, oneOf, undecided, verdict }: Reasons): Mismatch | undefined => {
  const declared = declaredBy(claim);
  if (declared === undefined || verdict !== 'holds') return undefined;
  const found = [...alone, ...oneOf].map(({ defences }) => defences);
  const isKnown = undecided.length === 0;
  const wrong = isKnown ? lacking(declared, found) : [];
  const missing = lacking(found, declared);
  return wrong.length + missing.length === 0 ? undefined : { claim, wrong, missing };
};

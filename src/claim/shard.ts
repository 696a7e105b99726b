import type { Claim } from './claim.ts';
import { groupsOf } from './group.ts';

/** A shard: one part of a run that is divided, the `index`-th of `of`, from 1 on. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The assumed cost of a search that nobody has measured, in milliseconds. */
const UNKNOWN_MS = 50;

/**
 * Selects the claims of one shard, in their order. Claims that share a search stay together, so that each has
 * the counts that it has in a run of all. Searches are dealt out, the longest first, each to the shard that
 * has least to do so far; `costsMs` is how long claims took. Together the shards have every claim once.
 */
export const shardOf = (
  claims: readonly Claim[],
  { index, of }: Shard,
  costsMs: { readonly [claim: string]: number },
): readonly Claim[] => {
  const groups = groupsOf(claims, {}).map((group, at) => {
    const known = group.claims.flatMap(({ id }) => (Object.hasOwn(costsMs, id) ? (costsMs[id] ?? []) : []));
    return { claims: group.claims, at, costMs: known.length === 0 ? UNKNOWN_MS : Math.max(...known) };
  });
  const loads = Array.from({ length: of }, () => 0);
  const own = new Set<Claim>();
  for (const group of groups.toSorted((a, b) => b.costMs - a.costMs || a.at - b.at)) {
    const least = loads.indexOf(Math.min(...loads));
    // Even what costs nothing is dealt out in turn.
    loads[least] = (loads[least] ?? 0) + Math.max(group.costMs, 0.001);
    if (least === index - 1) for (const claim of group.claims) own.add(claim);
  }
  return claims.filter((claim) => own.has(claim));
};

import { counted } from '../../attack/words.ts';
import type { ClaimRun } from '../../claim/result.ts';
import { THREADS_FROM } from '../../search/exhaustive/parallel/recruit.ts';

const ALONE = ['never-step', 'within'];

/**
 * Notes large searches that had one thread, though more were asked for: their questions about steps are asked
 * by one.
 */
export const threadsNote = ({ results, searches }: ClaimRun, threads: number): string | undefined => {
  if (threads === 1) return undefined;
  const kinds = new Map(
    results.map(({ claim }) => [claim.id, claim.model.invariants[claim.invariant]?.kind]),
  );
  const alone = searches.filter(
    ({ claims, engine, states }) =>
      engine === 'exhaustive' &&
      states >= THREADS_FROM &&
      claims.some((id) => ALONE.includes(kinds.get(id) ?? '')),
  );
  if (alone.length === 0) return undefined;
  const ids = alone.flatMap(({ claims }) => claims);
  return `--threads ${threads}: one thread alone asks about steps and waiting times, of ${counted(ids.length, 'claim')}: ${ids.join(', ')}`;
};

import type { Attack } from '../attack/attack.ts';
import { counted } from '../attack/words.ts';
import type { Bound, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';

const WORDS: { readonly [kind in Verdict['kind']]: string } = {
  holds: 'it holds',
  violated: 'it is violated',
  unresolved: 'it is unresolved',
  vacuous: 'it is vacuous: what it speaks of never happens',
};

interface Outcome {
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound | undefined;
  readonly antecedents: number;
  readonly attack?: Attack | undefined;
  readonly witness?: Attack | undefined;
}

// Random search proves nothing: that no attack exists, that a witness does not, that nothing is said.
// Where one of these is expected, to find nothing is all it can do; and that nothing leads back from some
// state is neither proved nor refuted by runs.
const isAllThatRandomCanDo = (claim: Claim, { bound, antecedents }: Outcome): boolean => {
  if (bound !== 'runs') return false;
  const kind = claim.model.invariants[claim.invariant]?.kind;
  if (kind === 'sometimes') return claim.expect === 'violated';
  if (kind === 'recovers' && claim.expect === 'violated') return true;
  return claim.expect === 'holds' || (claim.expect === 'vacuous' && antecedents === 0);
};

/**
 * Why a verdict is not what its claim expects; undefined if it is. An expected length is compared with
 * an attack known to be shortest, and with any attack or witness that is shorter than expected.
 */
export const unexpected = (claim: Claim, found: Outcome): string | undefined => {
  if (found.verdict !== claim.expect) {
    if (isAllThatRandomCanDo(claim, found)) return undefined;
    const because = found.bound === undefined ? '' : ` (${found.bound})`;
    return `expected that ${WORDS[claim.expect]}; ${WORDS[found.verdict]}${because}`;
  }
  const { attack = found.witness } = found;
  if (claim.length === undefined || attack === undefined || attack.length === claim.length) return undefined;
  if (attack.length > claim.length && !attack.shortest) return undefined;
  const path = found.attack === undefined ? 'witness' : 'attack';
  return `expected a shortest ${path} of ${counted(claim.length, 'step')}; one has ${attack.length}`;
};

import type { Attack } from '../attack/attack.ts';
import { counted } from '../attack/words.ts';
import type { Bound, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';
import { vacuityWords, type PowerFindings } from './vacuity/vacuity.ts';

const WORDS: { readonly [kind in Verdict['kind']]: string } = {
  holds: 'it holds',
  violated: 'it is violated',
  unresolved: 'it is unresolved',
  vacuous: 'it is vacuous',
};

interface Outcome {
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound | undefined;
  readonly antecedents: number;
  readonly attack?: Attack | undefined;
  readonly witness?: Attack | undefined;
  /** The findings about its capabilities, and why it is vacuous. */
  readonly powers?: PowerFindings | undefined;
}

// Random search proves nothing: that no attack exists, that a witness does not, that nothing is said.
// Where one of these is expected, to find nothing is all it can do; and that nothing leads back from some
// state is neither proved nor refuted by runs.
const isAllThatRandomCanDo = (claim: Claim, { bound, antecedents, powers }: Outcome): boolean => {
  if (bound !== 'runs') return false;
  // No search is needed to see that no action of a capability exists.
  if (powers?.vacuity !== undefined) return claim.expect === 'vacuous';
  const kind = claim.model.invariants[claim.invariant]?.kind;
  if (kind === 'sometimes') return claim.expect === 'violated';
  if (kind === 'recovers' && claim.expect === 'violated') return true;
  return claim.expect === 'holds' || isSilent(claim, antecedents, powers);
};

const isSilent = (claim: Claim, antecedents: number, powers: PowerFindings | undefined): boolean =>
  claim.expect === 'vacuous' && (antecedents === 0 || (powers?.open.length ?? 0) > 0);

const foundWords = ({ verdict, bound, powers }: Outcome): string => {
  const because = bound === undefined ? '' : ` (${bound})`;
  if (powers?.vacuity === undefined)
    return `${WORDS[verdict]}${verdict === 'vacuous' ? ': what it speaks of never happens' : because}`;
  const whatever = verdict === 'vacuous' ? '' : ', whatever a search finds';
  return `${WORDS.vacuous}${whatever}: ${vacuityWords(powers.vacuity)}`;
};

/**
 * Says why a verdict is not the expected one; undefined if it is. An expected length is compared with an
 * attack known to be shortest, and with any attack or witness that is shorter than expected.
 */
export const unexpected = (claim: Claim, found: Outcome): string | undefined => {
  const busy = found.powers?.busy;
  if (busy !== undefined) {
    return `expected that capability \`${busy.capability}\` is idle; it acts in ${counted(busy.enabled, 'state')}`;
  }
  if (found.verdict !== claim.expect) {
    if (isAllThatRandomCanDo(claim, found)) return undefined;
    return `expected that ${WORDS[claim.expect]}; ${foundWords(found)}`;
  }
  const { attack = found.witness } = found;
  if (claim.length === undefined || attack === undefined || attack.length === claim.length) return undefined;
  if (attack.length > claim.length && !attack.shortest) return undefined;
  const path = found.attack === undefined ? 'witness' : 'attack';
  return `expected a shortest ${path} of ${counted(claim.length, 'step')}; one has ${attack.length}`;
};

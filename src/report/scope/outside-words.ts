import type { Claim } from '../../claim/claim.ts';

/** The most names with one reason that are listed; more are told by their kind and number. */
const MOST = 4;

const kindOf = (part: string): string => part.replace(/ .*/, '');

const namesWords = (parts: readonly string[]): string => {
  if (parts.length <= MOST) return parts.join(', ');
  const kinds = [...new Set(parts.map(kindOf))];
  return kinds
    .map((kind) => {
      const own = parts.filter((part) => kindOf(part) === kind);
      return own.length <= MOST ? own.join(', ') : `${own.length} of ${kind}`;
    })
    .join(', ');
};

/** Groups names by reason: `writes A, writes B (too many states); layout = * (another machine)`. */
const byReason = (named: { readonly [part: string]: string }): string => {
  const reasons = new Map<string, string[]>();
  for (const [part, because] of Object.entries(named))
    reasons.set(because, [...(reasons.get(because) ?? []), part]);
  return [...reasons].map(([because, parts]) => `${namesWords(parts)} (${because})`).join('; ');
};

/**
 * Says what a claim states about what is outside its scope: what was not tried, what changes its verdict, and
 * whether all else leaves it as it is. Undefined where it says nothing of it.
 */
export const outsideWords = ({ leavesOut = {}, untried }: Claim): string | undefined => {
  const changes = Object.keys(leavesOut).length === 0 ? undefined : byReason(leavesOut);
  if (untried === undefined) return changes === undefined ? undefined : `changes it: ${changes}`;
  const isAll = Object.keys(untried).length === 0;
  const rest =
    changes === undefined
      ? `nothing ${isAll ? '' : 'else '}that can be tried changes it`
      : `changes it: ${changes}; nothing else that can be tried does`;
  return isAll ? rest : `not tried: ${byReason(untried)}; ${rest}`;
};

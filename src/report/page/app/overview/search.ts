import type { PageClaim, PageData, PageStep } from '../../data.ts';

const toldIn = ({ changes, from, text }: PageStep): string =>
  [from, text, ...changes.map(({ field }) => field)].join('\n');

const textOf = (claim: PageClaim, steps: readonly string[]): string =>
  [
    claim.id,
    claim.suite,
    claim.model,
    claim.words,
    claim.says,
    claim.source,
    claim.invariant,
    claim.invariantSays,
    claim.scope,
    ...claim.notes,
    ...[...(claim.attack?.steps ?? []), ...(claim.witness?.steps ?? [])].map((number) => steps[number] ?? ''),
  ]
    .join('\n')
    .toLowerCase();

/**
 * Finds claims by all words of a query, in whatever they say, steps of attacks included; claims whose names
 * match come first.
 */
export const searchIndex = ({
  claims,
  steps,
}: Pick<PageData, 'claims' | 'steps'>): ((query: string) => readonly PageClaim[]) => {
  const told = steps.map(toldIn);
  const texts = claims.map((claim) => ({ claim, text: textOf(claim, told), id: claim.id.toLowerCase() }));
  return (query) => {
    const wanted = query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (wanted.length === 0) return claims;
    const [first = ''] = wanted;
    const rank = (id: string): number =>
      id === first ? 0 : id.startsWith(first) ? 1 : id.includes(first) ? 2 : 3;
    return texts
      .filter(({ text }) => wanted.every((word) => text.includes(word)))
      .toSorted((a, b) => rank(a.id) - rank(b.id))
      .map(({ claim }) => claim);
  };
};

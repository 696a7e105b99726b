import type { Mutant, Span } from './mutant.ts';

/** The name under which instrumented code finds the marks it sets. */
export const MARKS = '__sitesThatRan';

/**
 * Instruments `text`: each of `sites` sets its mark, by its index, whenever it is evaluated. Sites lie within
 * or beside each other.
 */
export const instrumented = (text: string, sites: readonly (Span & { readonly mark: number })[]): string => {
  const insertions = sites.flatMap(({ start, end, mark }) => [
    // The longest of those that start together comes first, and of those that end together last.
    { at: start, order: [1, -end], text: `(${MARKS}[${mark}]=1,(` },
    { at: end, order: [0, -start], text: '))' },
  ]);
  insertions.sort((a, b) => a.at - b.at || a.order[0]! - b.order[0]! || a.order[1]! - b.order[1]!);
  let result = '';
  let from = 0;
  for (const { at, text: inserted } of insertions) {
    result += text.slice(from, at) + inserted;
    from = at;
  }
  return result + text.slice(from);
};

/** Returns the sites of mutants, each once. */
export const sitesOf = (mutants: readonly Mutant[]): readonly Span[] => [
  ...new Map(mutants.map(({ site }) => [`${site.start}-${site.end}`, site])).values(),
];

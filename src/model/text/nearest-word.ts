/** The edit distance: how many letters to insert, delete or change. Capitals count as small letters. */
export const distanceBetween = (one: string, other: string): number => {
  const from = one.toLowerCase();
  const to = other.toLowerCase();
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const letter of from) {
    const [first = 0, ...rest] = row;
    let diagonal = first;
    let last = first + 1;
    row = [
      last,
      ...rest.map((above, at) => {
        last = Math.min(diagonal + (letter === to[at] ? 0 : 1), above + 1, last + 1);
        diagonal = above;
        return last;
      }),
    ];
  }
  return row.at(-1) ?? 0;
};

/** Returns the one of `known` words that `got` is most like, if it could be a typing error for it. */
export const nearestWord = (known: readonly string[], got: string): string | undefined => {
  const most = Math.max(2, Math.floor(got.length / 3));
  const distances = known.map((word) => ({ word, distance: distanceBetween(word, got.slice(0, 64)) }));
  return distances.filter(({ distance }) => distance <= most).toSorted((a, b) => a.distance - b.distance)[0]
    ?.word;
};

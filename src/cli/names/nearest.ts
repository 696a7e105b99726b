const MOST_SUGGESTED = 5;
/** Letters by which others may be further off than the nearest. */
const MOST_BEHIND = 2;

/** How many letters have to be put in, taken out or changed to make one of the other; capitals count as small letters. */
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

/** Longer ones are no typing error: their end plays no part in what is near. */
const MOST_LETTERS = 64;

/** The few of `known` whose ids are about as much like what was got as any; equals keep their order. */
export const nearestTo = <T extends { readonly id: string }>(
  known: readonly T[],
  got: string,
): readonly T[] => {
  const typed = got.toLowerCase().slice(0, MOST_LETTERS);
  const ranked = known
    .map((one) => ({
      one,
      distance: one.id.toLowerCase().includes(typed) ? 0 : distanceBetween(one.id, typed),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  const most = (ranked[0]?.distance ?? 0) + MOST_BEHIND;
  return ranked
    .filter(({ distance }) => distance <= most)
    .slice(0, MOST_SUGGESTED)
    .map(({ one }) => one);
};

const MOST_LISTED = 12;
const MOST_SUGGESTED = 5;

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

/** What was expected where one of `known` ids was: all of them, or those that are most like what was got. */
export const oneOfThese = (known: readonly string[], got: string): string => {
  if (known.length === 0) return 'one, but there is none';
  if (known.length <= MOST_LISTED) return `one of ${known.join(', ')}`;
  const distances = known.map((id) => ({ id, distance: id.includes(got) ? 0 : distanceBetween(id, got) }));
  // Equals keep their order.
  const nearest = distances.toSorted((a, b) => a.distance - b.distance).slice(0, MOST_SUGGESTED);
  return `one of ${known.length} ids, of which ${nearest.map(({ id }) => id).join(', ')} are the nearest`;
};

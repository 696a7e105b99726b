const MOST_LISTED = 12;
const MOST_SUGGESTED = 5;

/** How many letters have to be put in, taken out or changed to make one of the other; capitals count as small letters. */
export const distanceBetween = (one: string, other: string): number => {
  const from = one.toLowerCase();
  const to = other.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line];
    for (let at = 1; at <= to.length; at += 1) {
      const change = row[at - 1]! + (from[line - 1] === to[at - 1] ? 0 : 1);
      next.push(Math.min(change, row[at]! + 1, next[at - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
};

/** What was expected where one of `known` ids was: all of them, or those that are most like what was got. */
export const oneOfThese = (known: readonly string[], got: string): string => {
  if (known.length === 0) return 'one, but there is none';
  if (known.length <= MOST_LISTED) return `one of ${known.join(', ')}`;
  const distances = new Map(known.map((id) => [id, id.includes(got) ? 0 : distanceBetween(id, got)]));
  // Equals keep their order.
  const nearest = [...distances.keys()].toSorted((a, b) => distances.get(a)! - distances.get(b)!);
  return `one of ${known.length} ids, of which ${nearest.slice(0, MOST_SUGGESTED).join(', ')} are the nearest`;
};

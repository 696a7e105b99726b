import { distanceBetween } from '../../model/text/nearest-word.ts';

const MOST_SUGGESTED = 5;
/** The number of letters by which others may be further off than the nearest. */
const MOST_BEHIND = 2;

/** The length beyond which ids are no typing error: their end plays no part in what is near. */
const MOST_LETTERS = 64;

/**
 * Returns the few of `known` whose ids are about as much like what was got as any; equals keep their order.
 */
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

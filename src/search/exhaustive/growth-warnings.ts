import { isOpaque } from '../learned-relation/trie-census.ts';
import type { Search } from './search.ts';
import { offsetInSegment, segmentOf } from './memory/segments.ts';

// Below this many values a field is no reason for a search to be long.
const NOTABLE_VALUES = 1000;
// The number of values from which on a part that is compared as a whole is named, however many states there
// are.
const MANY_VALUES = 4096;
// A field that has so large a share of values takes most states apart by itself.
const LARGE_SHARE = 0.25;
// The factor by which values have to increase in the second half of the states, to be said to keep coming.
const STILL_GROWING = 1.25;
const MOST_WARNINGS = 3;

interface Growth {
  readonly path: string;
  readonly values: number;
  readonly whole: boolean;
}

/** Returns the number of values of `field` in the first `states` states, which are held. */
export const valuesIn = ({ space, store }: Search, field: number, states: number): number => {
  const { layout, segments } = store;
  const { mask, shift, word } = layout.slots[field]!;
  const seen = new Uint8Array(space.valuesOf(field).length);
  let count = 0;
  for (let state = 0; state < states; state += 1) {
    const value =
      (segments[segmentOf(state)]![offsetInSegment(state) * layout.words + word]! >>> shift) & mask;
    count += 1 - seen[value]!;
    seen[value] = 1;
  }
  return count;
};

const growthOf = (search: Search, field: number): Growth | undefined => {
  const { ending, space, store } = search;
  // More may have been learned than got into the states before the search ended.
  if (space.valuesOf(field).length < NOTABLE_VALUES) return undefined;
  const values = valuesIn(search, field, store.size);
  if (values < NOTABLE_VALUES) return undefined;
  const whole = isOpaque(space, field);
  const growth = { path: space.fields[field]!, values, whole };
  if (whole && (values >= MANY_VALUES || values >= LARGE_SHARE * store.size)) return growth;
  // A search that ended by itself has seen all values that there are.
  if (ending.bound === undefined || values < STILL_GROWING * valuesIn(search, field, store.size >> 1))
    return undefined;
  return growth;
};

const count = (number: number): string => number.toLocaleString('en-US');

/**
 * Warns of fields with so many values that they make the space large: parts that are compared as one value
 * because their shape changes, and fields that took new values until a limit ended the search. It depends on
 * counts only. At most three are named, those with the most values first.
 */
export const growthWarnings = (search: Search): readonly string[] => {
  const { space, store } = search;
  const found = space.fields
    .flatMap((_, field) => growthOf(search, field) ?? [])
    .toSorted((a, b) => b.values - a.values);
  const others = found.length - MOST_WARNINGS;
  return found.slice(0, MOST_WARNINGS).map(({ path, values, whole }, at) => {
    const taken = `field ${path} has taken ${count(values)} values in ${count(store.size)} states`;
    const advice = whole
      ? 'it is compared as one value because its shape changes; give it a fixed shape, such as an array of fixed length with null for what is not there, or bound it'
      : 'and new ones kept coming; bound it, or count only as far as it matters';
    const more = at === MOST_WARNINGS - 1 && others > 0 ? ` (and so do ${others} more)` : '';
    return `${taken}${whole ? ': ' : ', '}${advice}${more}`;
  });
};

/** Whether a warning of a search is one of these. */
export const isGrowthWarning = (warning: string): boolean => warning.startsWith('field ');

import { Fault } from '../../../model/index.ts';
import type { Exchange } from '../../learned-relation/exchange.ts';
import type { Layout, Slot } from '../packing/layout.ts';
import type { Row, Space } from '../../learned-relation/space.ts';

/**
 * The symmetry of states that differ only in the order of interchangeable elements: a search keeps the one
 * whose elements stand in order. Elements are compared by the numbers of their values, field by field; these
 * numbers never change once given, and corresponding fields have them in common.
 *
 * If every state leads to the same states as its representative does, but for the order of the elements, and
 * no monitored invariant notices that order, then by induction over the steps each path has a path of
 * representatives beside it, as long and with the same answers, and the other way round. So verdicts and the
 * lengths of shortest attacks are those of the search without it.
 */
export interface Symmetry {
  readonly exchanges: readonly Exchange[];
  /** Sorts the elements of `row`. */
  readonly sort: (row: Row) => void;
  /** Sorts the elements of every state in the first `filled` numbers of `candidates`, `stride` for each. */
  readonly representatives: (
    layout: Layout,
    candidates: Int32Array,
    filled: number,
    stride: number,
  ) => Int32Array;
  /** The number of states that were checked against the declaration. */
  checked: number;
}

/** Whether element `b` is to stand before element `a`. */
const isLess = (values: Uint32Array, width: number, b: number, a: number): boolean => {
  for (let place = 0; place < width; place += 1) {
    const difference = values[b * width + place]! - values[a * width + place]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/**
 * Returns the order in which elements are to stand, the first of equal ones first; undefined if they do
 * already.
 */
const orderOf = (values: Uint32Array, width: number, count: number): readonly number[] | undefined => {
  let sorted = true;
  for (let element = 1; element < count && sorted; element += 1) {
    sorted = !isLess(values, width, element, element - 1);
  }
  if (sorted) return undefined;
  return Array.from({ length: count }, (_, element) => element).toSorted((a, b) => {
    if (isLess(values, width, a, b)) return -1;
    return isLess(values, width, b, a) ? 1 : a - b;
  });
};

/** Returns, for each place of `elements`, the element of `row` that stands there once they are in order. */
const placesIn = (row: Row, elements: Exchange['elements']): readonly number[] => {
  const values = Uint32Array.from(elements.flat(), (field) => row[field]!);
  return orderOf(values, elements[0]!.length, elements.length) ?? elements.map((_, element) => element);
};

/** Moves the elements of `row`: at each place will stand the element that `order` names. */
const rearrange = (row: Row, elements: Exchange['elements'], order: readonly number[]): void => {
  const before = Uint32Array.from(row);
  order.forEach((from, to) => {
    elements[to]!.forEach((field, place) => {
      row[field] = before[elements[from]![place]!]!;
    });
  });
};

/** Makes a function that sorts the elements of packed states. */
const packedSorter = (
  elements: Exchange['elements'],
  layout: Layout,
): ((words: Int32Array, at: number) => void) => {
  const count = elements.length;
  // Fields that have one value only are the same in every element; of those that may have more, some may have
  // room for it already.
  const places = elements[0]!
    .map((_, place) => place)
    .filter((place) => elements.some((fields) => layout.slots[fields[place]!]!.bits > 0));
  const slots: readonly (readonly Slot[])[] = elements.map((fields) =>
    places.map((place) => layout.slots[fields[place]!]!),
  );
  const width = slots[0]!.length;
  const flat = slots.flat();
  const values = new Uint32Array(flat.length);
  return (words, at) => {
    for (let place = 0; place < flat.length; place += 1) {
      const { word, shift, mask } = flat[place]!;
      values[place] = (words[at + word]! >>> shift) & mask;
    }
    orderOf(values, width, count)?.forEach((from, to) => {
      for (let place = 0; place < width; place += 1) {
        const { word, shift, mask } = slots[to]![place]!;
        const kept = words[at + word]! & ~(mask << shift);
        words[at + word] = kept | (values[from * width + place]! << shift);
      }
    });
  };
};

/** Returns the symmetry of a space; undefined where nothing can be exchanged. */
export const symmetryOf = ({ exchanges }: Pick<Space, 'exchanges'>): Symmetry | undefined => {
  if (exchanges.length === 0) return undefined;
  let known: Layout | undefined;
  let sorters: readonly ReturnType<typeof packedSorter>[] = [];
  let copy = new Int32Array(0);
  return {
    exchanges,
    sort: (row) => {
      for (const { elements } of exchanges) rearrange(row, elements, placesIn(row, elements));
    },
    representatives: (layout, candidates, filled, stride) => {
      if (known !== layout) {
        known = layout;
        sorters = exchanges.map(({ elements }) => packedSorter(elements, layout));
      }
      if (copy.length < filled) copy = new Int32Array(candidates.length);
      copy.set(candidates.subarray(0, filled));
      for (let at = 0; at < filled; at += stride) for (const sort of sorters) sort(copy, at);
      return copy;
    },
    checked: 0,
  };
};

/** Returns `row` with elements `a` and `b` of an exchanged array in each other's places. */
export const exchanged = ({ elements }: Exchange, row: Row, a: number, b: number): Row => {
  const result = Uint32Array.from(row);
  elements[a]!.forEach((field, place) => {
    const other = elements[b]![place]!;
    result[field] = row[other]!;
    result[other] = row[field]!;
  });
  return result;
};

/** Returns the row that follows `row` when the fields in `effect` are written. */
export const after = (row: Row, effect: readonly number[]): Row => {
  const next = Uint32Array.from(row);
  for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
  return next;
};

const lost = (space: Space, symmetry: Symmetry, row: Row): Fault =>
  new Fault('UW108', {
    where: `interchangeable ${symmetry.exchanges.map(({ path }) => path).join(', ')}`,
    expected: 'a step to the next state of the attack, but for the order of the elements',
    got: `none from ${JSON.stringify(space.decode(row)).slice(0, 300)}`,
    likely: 'some action treats the elements differently',
    next: 'take the declaration out of the model, or let the actions treat all elements alike',
  });

/**
 * Returns the instances that lead from initial state `initial` through states that have `path` as their
 * representatives, and then do what instance `via` does in the last of these. A path of representatives is no
 * path of the model: what follows a state follows its representative in another order.
 */
export const concreteInstances = (
  space: Space,
  symmetry: Symmetry,
  initial: number,
  path: readonly Row[],
  via: number | undefined,
): readonly number[] => {
  const isSame = (a: Row, b: Row): boolean => space.fields.every((_, field) => a[field] === b[field]);
  let row: Row = Uint32Array.from(space.initial[initial]!);
  const step = (wanted: Row, normal: (next: Row) => void): number => {
    const found = space.tries.findIndex((_, index) => {
      const effect = space.effect(index, row);
      if (effect === undefined) return false;
      const next = after(row, effect);
      const representative = Uint32Array.from(next);
      normal(representative);
      if (!isSame(representative, wanted)) return false;
      row = next;
      return true;
    });
    if (found < 0) throw lost(space, symmetry, row);
    return found;
  };
  const instances = path.slice(1).map((wanted) => step(wanted, symmetry.sort));
  if (via === undefined) return instances;
  // The last step leads to what `via` leads to, with its elements in the places that they have here.
  const wanted = after(path.at(-1)!, space.effect(via, path.at(-1)!)!);
  for (const { elements } of symmetry.exchanges) {
    const places = placesIn(row, elements);
    const back = elements.map((_, element) => places.indexOf(element));
    rearrange(wanted, elements, back);
  }
  return [...instances, step(wanted, () => undefined)];
};

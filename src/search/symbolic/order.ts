/**
 * The variable order: the columns of a row as they stand in a diagram. `columns` is by level, `levelOf` by
 * column. Diagrams are small where what belongs together is near each other.
 */
export interface Order {
  readonly columns: readonly number[];
  readonly levelOf: readonly number[];
}

/** Makes the order with these columns by level. */
export const orderOf = (columns: readonly number[]): Order => {
  const levelOf: number[] = [];
  columns.forEach((column, level) => (levelOf[column] = level));
  return { columns, levelOf };
};

/**
 * Returns the span of an order, by which it is judged: how many levels lie between the first and the last
 * column of each set, in sum.
 */
export const spanOf = ({ levelOf }: Order, sets: readonly (readonly number[])[]): number =>
  sets.reduce((sum, set) => {
    if (set.length === 0) return sum;
    const levels = set.map((column) => levelOf[column]!);
    return sum + Math.max(...levels) - Math.min(...levels);
  }, 0);

const ROUNDS = 30;
// Centres are compared as whole numbers: this many steps between two levels are fine enough.
const SCALE = 1 << 16;

/** Makes one round of the heuristic: each column moves to the mean of the centres of the sets it is in. */
const moved = (order: Order, sets: readonly (readonly number[])[]): Order => {
  const { columns, levelOf } = order;
  const sums = columns.map(() => 0);
  const counts = columns.map(() => 0);
  for (const set of sets) {
    if (set.length < 2) continue;
    const centre = Math.floor((set.reduce((sum, column) => sum + levelOf[column]!, 0) * SCALE) / set.length);
    for (const column of set) {
      sums[column]! += centre;
      counts[column]! += 1;
    }
  }
  const placeOf = (column: number): number =>
    counts[column] === 0 ? levelOf[column]! * SCALE : Math.floor(sums[column]! / counts[column]!);
  return orderOf(columns.toSorted((a, b) => placeOf(a) - placeOf(b) || levelOf[a]! - levelOf[b]!));
};

/**
 * Chooses an order of `count` columns in which those of each set are near each other: the heuristic FORCE
 * (Aloul, Markov, Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic", GLSVLSI 2003),
 * from the order in which the model has its fields. The order with the least span of all that were met is
 * taken.
 */
export const chooseOrder = (count: number, sets: readonly (readonly number[])[]): Order => {
  let order = orderOf(Array.from({ length: count }, (_, column) => column));
  let best = order;
  let least = spanOf(order, sets);
  for (let round = 0; round < ROUNDS && least > 0; round += 1) {
    order = moved(order, sets);
    const span = spanOf(order, sets);
    if (span < least) {
      best = order;
      least = span;
    }
  }
  return best;
};

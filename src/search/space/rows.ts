/**
 * Rows of numbers, one after the other, in as few bytes a number as the largest one needs. Numbers get
 * wider when a larger one comes, which copies everything and happens twice at most.
 */
export interface Rows {
  readonly push: (row: Uint32Array) => void;
  /** Whether row `index` has the same numbers as `row`. */
  readonly equals: (index: number, row: Uint32Array) => boolean;
  readonly copy: (index: number, into: Uint32Array) => void;
  readonly bytes: () => number;
}

type Numbers = Uint8Array | Uint16Array | Uint32Array;

const numbersOf = (bytesPerNumber: number, length: number): Numbers => {
  if (bytesPerNumber === 1) return new Uint8Array(length);
  return bytesPerNumber === 2 ? new Uint16Array(length) : new Uint32Array(length);
};

const bytesFor = (row: Uint32Array, width: number): number => {
  let most = 0;
  for (let field = 0; field < width; field += 1) most = Math.max(most, row[field]!);
  if (most < 256) return 1;
  return most < 65_536 ? 2 : 4;
};

/** No rows yet, of `width` numbers each. */
export const createRows = (width: number): Rows => {
  let capacity = 1024;
  let bytesPerNumber = 1;
  let numbers: Numbers = numbersOf(1, capacity * width);
  let count = 0;
  const relocate = (): void => {
    const larger = numbersOf(bytesPerNumber, capacity * width);
    larger.set(numbers);
    numbers = larger;
  };
  return {
    push: (row) => {
      if (count === capacity) {
        capacity *= 2;
        relocate();
      }
      const bytes = bytesFor(row, width);
      if (bytes > bytesPerNumber) {
        bytesPerNumber = bytes;
        relocate();
      }
      numbers.set(row, count * width);
      count += 1;
    },
    equals: (index, row) => {
      const at = index * width;
      for (let field = 0; field < width; field += 1) if (numbers[at + field] !== row[field]) return false;
      return true;
    },
    copy: (index, into) => {
      const at = index * width;
      for (let field = 0; field < width; field += 1) into[field] = numbers[at + field]!;
    },
    bytes: () => numbers.byteLength,
  };
};

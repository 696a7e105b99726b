/** The flags that code can see: five of arithmetic, and the interrupt flag. AF is left at 0. */
export interface Flags {
  readonly carry: boolean;
  readonly parity: boolean;
  readonly zero: boolean;
  readonly sign: boolean;
  readonly overflow: boolean;
  /** IF: maskable interrupts are taken. */
  readonly interrupts: boolean;
}

/** Nothing set. */
export const NO_FLAGS: Flags = {
  carry: false,
  parity: false,
  zero: false,
  sign: false,
  overflow: false,
  interrupts: false,
};

const BITS: readonly (readonly [keyof Flags, number])[] = [
  ['carry', 0],
  ['parity', 2],
  ['zero', 6],
  ['sign', 7],
  ['interrupts', 9],
  ['overflow', 11],
];

/** RFLAGS as PUSHF stores it; bit 1 always reads 1 (SDM vol. 1, 3.4.3). */
export const flagsWord = (flags: Flags): bigint =>
  BITS.reduce((word, [name, bit]) => (flags[name] ? word | (1n << BigInt(bit)) : word), 2n);

/** The flags in a word, as POPF takes them. */
export const flagsOfWord = (word: bigint): Flags => {
  const isSet = (bit: bigint): boolean => ((word >> bit) & 1n) === 1n;
  return {
    carry: isSet(0n),
    parity: isSet(2n),
    zero: isSet(6n),
    sign: isSet(7n),
    interrupts: isSet(9n),
    overflow: isSet(11n),
  };
};

const evenParity = (byte: number): boolean => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) ones += 1;
  return ones % 2 === 0;
};

/** Zero, sign and parity of a result; carry and overflow cleared, as logic leaves them. */
export const flagsOfResult = (result: bigint, bits: number, before: Flags): Flags => ({
  ...before,
  carry: false,
  overflow: false,
  zero: result === 0n,
  sign: result >> BigInt(bits - 1) === 1n,
  parity: evenParity(Number(result & 0xffn)),
});

/**
 * The flags of `a + b + carryIn` on so many bits; those of a subtraction are with `b` inverted, and carry
 * with it.
 */
export const flagsOfSum = (a: bigint, b: bigint, carryIn: bigint, bits: number, before: Flags): Flags => {
  const sum = a + b + carryIn;
  const result = BigInt.asUintN(bits, sum);
  const top = BigInt(bits - 1);
  const [signA, signB, signR] = [a >> top, b >> top, result >> top];
  return {
    ...flagsOfResult(result, bits, before),
    carry: sum >> BigInt(bits) === 1n,
    overflow: signA === signB && signA !== signR,
  };
};

import type { NorthbridgeLayout } from './layout.ts';
import { registerValue, type BoardReadings } from './readings.ts';
import { bitOf, hexOf } from './text.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** What is known of the system-management range registers, which keep SMRAM out of the caches. */
export interface SmrrFacts {
  /** IA32_MTRRCAP bit 11. */
  readonly supported: Answer;
  /** Whether the valid bit of IA32_SMRR_PHYSMASK is 1 on every core. */
  readonly validOnEveryCore: Answer;
  readonly sameOnEveryCore: Answer;
  /** Whether the range reaches from the first byte of TSEG to the last. */
  readonly coversTseg: Answer;
  /** The protected range, if it is the same on every core. */
  readonly range?: Range;
  readonly says: string;
}

/** Addresses from `first` up to, and not including, `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

const mebibyte = 0x10_0000;
const fourGibibytes = 2 ** 32;

const answer = (yes: boolean): Answer => (yes ? 'yes' : 'no');

/** TSEG, from the registers between which it lies; undefined if one is unknown or nothing is between. */
const tsegRange = (
  readings: Pick<BoardReadings, 'registers'>,
  tseg: NorthbridgeLayout['tseg'],
): Range | undefined => {
  if (tseg === undefined) return undefined;
  const from = registerValue(readings, tseg.from);
  const to = registerValue(readings, tseg.to);
  if (from === undefined || to === undefined) return undefined;
  // Bits 19:0 hold no address: whole megabytes, and a lock in bit 0.
  const first = from - (from % mebibyte);
  const end = to - (to % mebibyte) + (tseg.toIsIncluded ? mebibyte : 0);
  return first < end ? { first, end } : undefined;
};

// SMRR lies below 4 GiB, with base and mask in bits 31:12. Source: Intel SDM, volume 3, SMRR.
const smrrRange = (base: number, mask: number): Range | undefined => {
  const size = fourGibibytes - ((mask % fourGibibytes) - (mask % 0x1000));
  const first = (base % fourGibibytes) - (base % 0x1000);
  const oneRun = Number.isInteger(Math.log2(size)) && first % size === 0;
  return oneRun ? { first, end: first + size } : undefined;
};

const perCore = (readings: BoardReadings, name: string): readonly number[] =>
  readings.registers.filter((each) => each.name.startsWith(`${name}[`)).map(({ value }) => value);

const rangeText = ({ first, end }: Range): string => `${hexOf(first, 8)}-${hexOf(end - 1, 8)}`;

/** What the logs say of SMRR; every question they leave open is answered `unknown`. */
export const smrrFacts = (readings: BoardReadings, tseg: NorthbridgeLayout['tseg']): SmrrFacts => {
  const cap = registerValue(readings, 'IA32_MTRRCAP');
  const supported = cap === undefined ? 'unknown' : answer(bitOf(cap, 11));
  const base = registerValue(readings, 'IA32_SMRR_PHYSBASE');
  const mask = registerValue(readings, 'IA32_SMRR_PHYSMASK');
  const masks = mask === undefined ? perCore(readings, 'IA32_SMRR_PHYSMASK') : [mask];
  const differs = ['IA32_SMRR_PHYSBASE', 'IA32_SMRR_PHYSMASK'].some(
    (name) => perCore(readings, name).length > 0,
  );
  if (masks.length === 0) {
    const why = readings.unknown.find(({ name }) => name === 'IA32_SMRR_PHYSMASK')?.why ?? 'not read';
    return {
      supported,
      validOnEveryCore: 'unknown',
      sameOnEveryCore: 'unknown',
      coversTseg: 'unknown',
      says: `IA32_SMRR_PHYSMASK is not known: ${why}`,
    };
  }
  const valid = masks.every((each) => bitOf(each, 11));
  const range = valid && base !== undefined && mask !== undefined ? smrrRange(base, mask) : undefined;
  const protectedRange = tsegRange(readings, tseg);
  const covers =
    range === undefined || protectedRange === undefined
      ? undefined
      : range.first <= protectedRange.first && protectedRange.end <= range.end;
  return {
    supported,
    validOnEveryCore: answer(valid),
    sameOnEveryCore: answer(!differs),
    coversTseg: valid ? (covers === undefined ? 'unknown' : answer(covers)) : 'no',
    ...(range !== undefined && { range }),
    says: [
      valid ? 'valid on every core' : 'not valid on every core',
      range === undefined ? 'range not known' : `range ${rangeText(range)}`,
      protectedRange === undefined ? 'TSEG not known' : `TSEG ${rangeText(protectedRange)}`,
    ].join(', '),
  };
};

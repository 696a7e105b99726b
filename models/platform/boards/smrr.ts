import type { NorthbridgeLayout } from './layout.ts';
import { registerValue, type BoardReadings } from './readings.ts';
import { bitOf, hexOf } from './logs/text.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** The state of the system-management range registers, which keep SMRAM out of the caches. */
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
  readings: Pick<BoardReadings, 'registers' | 'toldTseg'>,
  tseg: NorthbridgeLayout['tseg'],
): Range | undefined => {
  const { toldTseg } = readings;
  const told = toldTseg === undefined ? undefined : { first: toldTseg.first, end: toldTseg.end };
  if (tseg === undefined) return told;
  const from = registerValue(readings, tseg.from);
  const to = registerValue(readings, tseg.to);
  if (from === undefined || to === undefined) return told;
  // Bits 19:0 hold no address: whole megabytes, and a lock in bit 0.
  const first = from - (from % mebibyte);
  const end = to - (to % mebibyte) + (tseg.toIsIncluded ? mebibyte : 0);
  return first < end ? { first, end } : undefined;
};

const page = 0x1000;

/**
 * Whether SMRR protects an address: if (address AND mask) is (base AND mask), in bits 31:12. The ones of a
 * mask need not be one run. Source: Intel SDM, volume 3, IA32_SMRR_PHYSMASK, and the rule for variable-range
 * MTRRs that it refers to.
 */
const protects = (base: number, mask: number, address: number): boolean => {
  const significant = (value: number): number => (((value % fourGibibytes) & mask) >>> 12) & 0xf_ffff;
  return address < fourGibibytes && significant(address) === significant(base);
};

/** The range that base and mask make, if the ones of the mask are one run. */
const smrrRange = (base: number, mask: number): Range | undefined => {
  const size = fourGibibytes - ((mask % fourGibibytes) - (mask % page));
  const at = (base % fourGibibytes) - (base % page);
  return Number.isInteger(Math.log2(size))
    ? { first: at - (at % size), end: at - (at % size) + size }
    : undefined;
};

/** The parts of a range that lie outside SMRR. */
const bareParts = (base: number, mask: number, { first, end }: Range): readonly Range[] => {
  const parts: { first: number; end: number }[] = [];
  for (let address = first; address < end; address += page) {
    if (protects(base, mask, address)) continue;
    const last = parts.at(-1);
    if (last?.end === address) last.end += page;
    else parts.push({ first: address, end: address + page });
  }
  return parts;
};

const perCore = (readings: BoardReadings, name: string): readonly number[] =>
  readings.registers.filter((each) => each.name.startsWith(`${name}[`)).map(({ value }) => value);

const rangeText = ({ first, end }: Range): string => `${hexOf(first, 8)}-${hexOf(end - 1, 8)}`;

const MOST_PARTS = 3;

const bareSays = (parts: readonly Range[]): string =>
  parts.slice(0, MOST_PARTS).map(rangeText).join(' and ') +
  (parts.length > MOST_PARTS ? ` and ${parts.length - MOST_PARTS} more` : '');

const rangeSays = (range: Range | undefined, mask: number | undefined): string => {
  if (range !== undefined) return `range ${rangeText(range)}`;
  return mask === undefined ? 'range not known' : `no one range: the mask ${hexOf(mask, 8)} has a hole`;
};

/** The state of SMRR from the logs; a question that they leave open is answered `unknown`. */
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
  const bare =
    valid && base !== undefined && mask !== undefined && protectedRange !== undefined
      ? bareParts(base, mask, protectedRange)
      : undefined;
  return {
    supported,
    validOnEveryCore: answer(valid),
    sameOnEveryCore: answer(!differs),
    coversTseg: valid ? (bare === undefined ? 'unknown' : answer(bare.length === 0)) : 'no',
    ...(range !== undefined && { range }),
    says: [
      valid ? 'valid on every core' : 'not valid on every core',
      rangeSays(range, valid ? mask : undefined),
      protectedRange === undefined ? 'TSEG not known' : `TSEG ${rangeText(protectedRange)}`,
      ...(bare !== undefined && bare.length > 0 ? [`not protected of it ${bareSays(bare)}`] : []),
    ].join(', '),
  };
};

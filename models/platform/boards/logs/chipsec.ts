import type { Chip } from './inteltool.ts';
import { logLines } from './text.ts';

/** The output of CHIPSEC about a machine, from any of its modules. Values that the log lacks are missing. */
export interface ChipsecLog {
  /** The host bridge, by whose id CHIPSEC knows a platform. */
  readonly northbridge?: Chip;
  readonly southbridge?: Chip;
  /** The generation of the south bridge, if the log has its name and not its id. */
  readonly generation?: string;
  /** Whether CHIPSEC did not know the platform: then it printed values read from anywhere. */
  readonly isUnsupported: boolean;
  /** Values of configuration space, by `bus:device.function+offset`. */
  readonly config: ReadonlyMap<string, number>;
  /** Values that are printed with only a name. */
  readonly named: ReadonlyMap<string, number>;
  /** Model-specific registers by name, on each core that is listed. */
  readonly cores: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Locks that are reported without a value. */
  readonly locks: ReadonlyMap<ToldLock, boolean>;
  /** TSEG as module smm_dma prints it, from the first address up to, and not including, the end. */
  readonly tseg?: { readonly first: number; readonly end: number };
}

/** A lock that CHIPSEC reports in words. */
export type ToldLock = 'SMI_LOCK' | 'TCO_LOCK' | 'TSEG_LOCK' | 'BGSM_LOCK';

const signature = /\[CHIPSEC\]|\bCHIPSEC: Platform|\[\*\] [Rr]unning module: chipsec\./;

/** Whether a text looks like the output of CHIPSEC; its file name does not matter. */
export const isChipsecLog = (text: string): boolean => signature.test(text);

/** The codenames by which CHIPSEC names a platform's south bridge. */
const GENERATIONS: readonly (readonly [codename: string, generation: string])[] = [
  ['Ibex Peak', '5 series'],
  ['Cougar Point', '6 series'],
  ['Patsburg', 'C600 series'],
  ['Panther Point', '7 series'],
  ['Lynx Point', '8 series'],
  ['Wellsburg', 'C610 series'],
  ['Wildcat Point', '9 series'],
  ['Sunrise Point', '100 series'],
  ['Union Point', '200 series'],
  ['Cannon Point', '300 series'],
];

const platformLine = /\[CHIPSEC\] (Platform|PCH) *: (.{1,200})$/;
const idLine = /\[CHIPSEC\] +(VID|DID): +([0-9A-Fa-f]{4})\b/;
const registerLine =
  /\b([A-Z][A-Za-z0-9_.]{0,60}) = 0x([0-9A-Fa-f]{1,16}) << .{0,200}\(b:d\.f ([0-9a-fA-F]{2}):(\d{2})\.([0-7]) \+ 0x([0-9A-Fa-f]{1,4})\)$/;
const lockedLine = /\bPCI0\.0\.0_([A-Z]{1,20}) +=? *0x([0-9A-Fa-f]{1,16}) - (?:UN)?LOCKED\b/;
const remapLine = /\] {1,8}(TOLUD|TSEGMB|REMAPBASE|REMAPLIMIT) {0,8}: 0x([0-9A-Fa-f]{1,16})$/;
const coreLine = /\[CPU(\d{1,4})\] SMRR_PHYSBASE = ([0-9A-Fa-f]{16}), SMRR_PHYSMASK = ([0-9A-Fa-f]{16})$/;
const tsegLine = /\] TSEG {1,8}: 0x([0-9A-Fa-f]{1,16}) - 0x([0-9A-Fa-f]{1,16})\b/;
const lockText: readonly (readonly [name: ToldLock, isSet: boolean, text: RegExp])[] = [
  ['SMI_LOCK', true, /SMI events global configuration is locked/],
  ['SMI_LOCK', false, /SMI events global configuration is not locked/],
  ['TCO_LOCK', true, /TCO SMI event configuration is locked/],
  ['TCO_LOCK', false, /TCO SMI event configuration is not locked/],
  // Module smm_dma: both ends of TSEG are locked. That they are not may mean either one.
  ['TSEG_LOCK', true, /\bTSEG range is locked/],
  ['BGSM_LOCK', true, /\bTSEG range is locked/],
];

const LOW_32 = 2 ** 32;
/**
 * The low half of a 64-bit value, which has no exact number above 2^53. For the registers in question it is
 * enough.
 */
const lowOf = (digits: string): number => Number(BigInt(`0x${digits}`) % BigInt(LOW_32));

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** The place of a register: CHIPSEC prints devices as decimal numbers. */
const placeOf = (bus: string, device: string, fn: string, offset: string): string =>
  `${bus.toLowerCase()}:${hex(Number(device), 2)}.${fn}+${hex(Number.parseInt(offset, 16), 2)}`;

interface Bridges {
  northbridge?: Chip;
  southbridge?: Chip;
  generation?: string;
}

const bridgesIn = (lines: readonly string[]): Bridges => {
  const found: Bridges = {};
  let of: { readonly kind: string; readonly name: string } | undefined;
  let vendor = '';
  for (const line of lines) {
    if (!line.includes('[CHIPSEC]')) continue;
    const [, kind, name] = platformLine.exec(line) ?? [];
    if (kind !== undefined && name !== undefined) of = { kind, name };
    const [, what, digits] = idLine.exec(line) ?? [];
    if (what === 'VID' && digits !== undefined) vendor = digits.toLowerCase();
    if (what !== 'DID' || digits === undefined || of === undefined || vendor === '') continue;
    const chip = { id: `${vendor}:${digits.toLowerCase()}`, name: of.name };
    if (of.kind === 'Platform') {
      found.northbridge ??= chip;
      const generation = GENERATIONS.find(([codename]) => chip.name.includes(codename))?.[1];
      if (generation !== undefined) found.generation ??= generation;
    } else found.southbridge ??= chip;
  }
  return found;
};

/** Reads what CHIPSEC prints with -l, or to a terminal. A line that is not whole fits no pattern. */
export const parseChipsec = (text: string): ChipsecLog => {
  const { lines } = logLines(text);
  const config = new Map<string, number>();
  const named = new Map<string, number>();
  const base = new Map<number, number>();
  const mask = new Map<number, number>();
  let tseg: ChipsecLog['tseg'];
  const locks = new Map<ToldLock, boolean>();
  for (const line of lines) {
    if (line.length > 400) continue;
    const [, , value, bus, device, fn, offset] = registerLine.exec(line) ?? [];
    if (value !== undefined) config.set(placeOf(bus!, device!, fn!, offset!), lowOf(value));
    const [, name, digits] = lockedLine.exec(line) ?? remapLine.exec(line) ?? [];
    if (name !== undefined && digits !== undefined) named.set(name, lowOf(digits));
    const [, core, physBase, physMask] = coreLine.exec(line) ?? [];
    if (core !== undefined) {
      base.set(Number(core), lowOf(physBase!));
      mask.set(Number(core), lowOf(physMask!));
    }
    const [, first, last] = tsegLine.exec(line) ?? [];
    if (first !== undefined && last !== undefined) tseg = { first: lowOf(first), end: lowOf(last) + 1 };
    for (const [lock, isSet, says] of lockText) if (says.test(line)) locks.set(lock, isSet);
  }
  return {
    ...bridgesIn(lines),
    isUnsupported: /Unsupported Platform|Platform is not supported|UnknownChipsetError/i.test(text),
    config,
    named,
    cores: new Map([
      ['IA32_SMRR_PHYSBASE', base],
      ['IA32_SMRR_PHYSMASK', mask],
    ]),
    locks,
    ...(tseg !== undefined && tseg.first > 0 && tseg.first < tseg.end ? { tseg } : {}),
  };
};

import { rowIn } from '../transcript/dumps.ts';
import { logLines } from '../text.ts';
import { FIRST_LINE } from './places.ts';

/**
 * The evidence that was read of a machine. Values that could not be read are among the refusals, or missing.
 */
export interface Evidence {
  /** Bytes of a function's configuration space, by `bus:device.function` and offset. */
  readonly config: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Values of registers of 64 bits, by address and processor; the low half has what matters. */
  readonly msrs: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Values in blocks, by `block+offset`, and where each was. */
  readonly blocks: ReadonlyMap<string, InBlock>;
  /** The reasons why something was not read, by its name: `pci 00:1f.0`, `msr 1f3`, `pmbase`. */
  readonly refusals: ReadonlyMap<string, string>;
  /** How many processors the machine has; each has registers of its own. */
  readonly processors?: number;
  /** The kernel's lockdown, which restricts root, if there is one: `integrity` or `confidentiality`. */
  readonly lockdown?: string;
  /** Whether the last line is there: then nothing was cut off. */
  readonly isWhole: boolean;
}

/** A register in a block, as it was read. */
export interface InBlock {
  readonly value: number;
  readonly widthBits: 16 | 32;
  /** `port 430h`. */
  readonly at: string;
}

const firstLine = new RegExp(`^${FIRST_LINE}\\r?$`, 'm');

/** Whether a text is such evidence; its file name does not matter. */
export const isEvidence = (text: string): boolean => firstLine.test(text);

const pciLine = /^pci ([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])$/;
const msrLine = /^msr ([0-9a-f]{1,8}) processor (\d{1,5}): ((?:[0-9a-f]{2} ){7}[0-9a-f]{2})$/;
const blockLine =
  /^(pmbase|gpiobase|tco|rcba|pwrm)\+([0-9a-f]{1,5}) (port|memory) ([0-9a-f]{1,8}): ((?:[0-9a-f]{2} ){1,3}[0-9a-f]{2})$/;
const refusedLine = /^not read: (.{1,60}?): (.{1,300})$/;
const lockdownLine = /^lockdown: .{0,40}\[(integrity|confidentiality)\]/;
const processorsLine = /^processors: (\d{1,5})$/;

const littleEndian = (bytes: string): number =>
  bytes
    .split(' ')
    .toReversed()
    .reduce((value, byte) => value * 256 + Number.parseInt(byte, 16), 0);

/** The first four bytes of eight, as an exact number. */
const lowHalf = (bytes: string): number => littleEndian(bytes.split(' ').slice(0, 4).join(' '));

/**
 * Reads evidence. A line that is not whole fits no pattern and is skipped, so a value is whole or missing.
 */
export const parseEvidence = (text: string): Evidence => {
  const { lines } = logLines(text.trimStart());
  const config = new Map<string, Map<number, number>>();
  const msrs = new Map<number, Map<number, number>>();
  const blocks = new Map<string, InBlock>();
  const refusals = new Map<string, string>();
  let processors: number | undefined;
  let lockdown: string | undefined;
  let open: Map<number, number> | undefined;
  for (const line of lines) {
    if (line.length > 400) continue;
    const [, device] = pciLine.exec(line) ?? [];
    const row = open === undefined ? undefined : rowIn(line, false);
    if (device !== undefined) {
      open = new Map();
      config.set(device, open);
    } else if (row !== undefined && row.offset % 16 === 0) {
      row.bytes.forEach((byte, at) => open!.set(row.offset + at, byte));
    } else {
      open = undefined;
    }
    const [, address, processor, bytes] = msrLine.exec(line) ?? [];
    if (address !== undefined) {
      const key = Number.parseInt(address, 16);
      const values = msrs.get(key) ?? new Map<number, number>();
      msrs.set(key, values.set(Number(processor), lowHalf(bytes!)));
    }
    const [, block, offset, space, at, inBlock] = blockLine.exec(line) ?? [];
    const count = inBlock?.split(' ').length;
    if (inBlock !== undefined && (count === 2 || count === 4))
      blocks.set(`${block}+${Number.parseInt(offset!, 16)}`, {
        value: littleEndian(inBlock),
        widthBits: count === 2 ? 16 : 32,
        at: `${space} ${at}h`,
      });
    const [, what, why] = refusedLine.exec(line) ?? [];
    if (what !== undefined && why !== undefined) refusals.set(what, why);
    lockdown ??= lockdownLine.exec(line)?.[1];
    const [, number] = processorsLine.exec(line) ?? [];
    if (number !== undefined) processors = Number(number);
  }
  return {
    config,
    msrs,
    blocks,
    refusals,
    ...(processors === undefined ? {} : { processors }),
    ...(lockdown === undefined ? {} : { lockdown }),
    isWhole: lines.includes('end'),
  };
};

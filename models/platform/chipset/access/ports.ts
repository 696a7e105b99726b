import type { Draft } from 'immer';
import { Fault } from 'underwatch/model';
import { isPresent, readRegister, writeLanes } from './access.ts';
import type { ChipsetPlatform } from '../behaviour.ts';
import { baseOf, decode, laneAt, type Lane } from './decode.ts';
import { writeMasks } from './masks.ts';
import { locationOf } from '../layout.ts';
import { REGISTERS } from '../registers/index.ts';
import { raise, settle } from '../smi/smi.ts';
import type { ChipsetState, RegisterName } from '../state.ts';

/** Width of one access. */
export type WidthBytes = 1 | 2 | 4;

/**
 * The spaces reached by address: configuration of the LPC bridge D31:F0, of the function with SMRAMC and of
 * the first UHCI, and the root complex's memory.
 */
export type ConfigDevice = 'lpc' | 'mch' | 'rcba' | 'uhci';

/**
 * Ports of the embedded controller, whose accesses set MCSMI_STS (reads, which change nothing here, do not).
 */
const MICROCONTROLLER_PORTS: ReadonlySet<number> = new Set([0x62, 0x66]);

/**
 * The bits of USB_LEGKEY that a write to a port of the keyboard controller sets (reads, which change nothing
 * here, have others).
 */
const LEGACY_TRAPS: readonly (readonly [port: number, trap: number])[] = [
  [0x60, 1 << 9],
  [0x64, 1 << 11],
];

/** Whether the access has a width at which the platform decodes the register. */
const fits = ({ behaviour }: ChipsetPlatform, lane: Lane, width: WidthBytes): boolean => {
  const deviation = behaviour.deviations[lane.name];
  return deviation?.kind !== 'stored' || deviation.onlyBytes === undefined || deviation.onlyBytes === width;
};

const readLane = (chip: ChipsetState, platform: ChipsetPlatform, lane: Lane, width: WidthBytes): number =>
  fits(platform, lane, width) ? (readRegister(chip, platform, lane.name) >>> (8 * lane.index)) & 0xff : 0;

const joined = (bytes: readonly number[]): number =>
  bytes.reduce((value, byte, index) => value + byte * 2 ** (8 * index), 0);

const byteOffsets = (width: WidthBytes): readonly number[] =>
  Array.from({ length: width }, (_, index) => index);

/** IN: the value at an I/O address; bytes that nothing decodes read FFh. */
export const readIo = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  address: number,
  widthBytes: WidthBytes,
): number =>
  joined(
    byteOffsets(widthBytes).map((index) => {
      if (platform.behaviour.trapEndsCycle && isTrapped(chip, address, widthBytes)) return 0xff;
      const decoded = decode(chip, platform, address + index);
      if (decoded === 'nothing') return 0xff;
      if (decoded === 'reserved') return platform.behaviour.reservedIoReads;
      return readLane(chip, platform, decoded, widthBytes);
    }),
  );

/** Writes bytes to their registers, each register once; then the chipset settles. */
const writeBytes = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  lanes: readonly (Lane | undefined)[],
  value: number,
): void => {
  const names = new Set(lanes.flatMap((lane) => (lane === undefined ? [] : [lane.name])));
  // One access meets one state of the locks, also where it sets one of them.
  const masks = [...names].map((name) => [name, writeMasks(chip, platform, name)] as const);
  for (const [name, writable] of masks) {
    let written = 0;
    let covered = 0;
    lanes.forEach((lane, index) => {
      if (lane?.name !== name) return;
      written |= ((value >>> (8 * index)) & 0xff) << (8 * lane.index);
      covered |= 0xff << (8 * lane.index);
    });
    writeLanes(chip, platform, name, [written, covered], writable);
  }
  settle(chip, platform);
};

/** Whether IOTR0 traps accesses to the address, reads and writes alike. */
const traps = ({ IOTR0 }: ChipsetState, address: number): boolean => {
  const ignored = (IOTR0 >>> 16) & 0xfc;
  return (IOTR0 & 1) === 1 && ((IOTR0 ^ address) & 0xfffc & ~ignored) === 0;
};

/** Whether IOTR0 traps an access of that width. */
export const isTrapped = (chip: ChipsetState, address: number, widthBytes: WidthBytes): boolean =>
  byteOffsets(widthBytes).some((index) => traps(chip, address + index));

/** An access to an I/O address, for the trap that it may hit; the chipset has not settled yet. */
const meetTrap = (chip: Draft<ChipsetState>, address: number, widthBytes: WidthBytes): boolean => {
  const trapped = isTrapped(chip, address, widthBytes);
  if (trapped) chip.TRSR = (chip.TRSR | 1) >>> 0;
  return trapped;
};

/** The side effect of an IN: a trap. Its value is `readIo`. */
export const touchIo = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  address: number,
  widthBytes: WidthBytes,
): void => {
  if (meetTrap(chip, address, widthBytes)) settle(chip, platform);
};

/** OUT: a write to an I/O address, across registers if it is wide enough; what nothing decodes is dropped. */
export const writeIo = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  address: number,
  widthBytes: WidthBytes,
  value: number,
): void => {
  // Decoded before anything is written: one access meets one address map.
  const lanes = byteOffsets(widthBytes).map((index) => {
    const decoded = decode(chip, platform, address + index);
    return decoded === 'reserved' || decoded === 'nothing' || !fits(platform, decoded, widthBytes)
      ? undefined
      : decoded;
  });
  if (byteOffsets(widthBytes).some((index) => MICROCONTROLLER_PORTS.has(address + index)))
    raise(chip, platform, 'MCSMI_STS');
  const ends = meetTrap(chip, address, widthBytes) && platform.behaviour.trapEndsCycle;
  for (const [port, trap] of LEGACY_TRAPS)
    if (address <= port && port < address + widthBytes) chip.USB_LEGKEY |= trap;
  writeBytes(chip, platform, ends ? [] : lanes, value);
};

/** The value at an offset of configuration space; what is not modelled reads 0. */
export const readConfig = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  device: ConfigDevice,
  offset: number,
  widthBytes: WidthBytes,
): number =>
  joined(
    byteOffsets(widthBytes).map((index) => {
      const lane = laneAt(platform, device, offset + index);
      return lane === undefined ? 0 : readLane(chip, platform, lane, widthBytes);
    }),
  );

/** A write to configuration space; what is not modelled is dropped. */
export const writeConfig = (
  chip: Draft<ChipsetState>,
  platform: ChipsetPlatform,
  device: ConfigDevice,
  offset: number,
  widthBytes: WidthBytes,
  value: number,
): void => {
  writeBytes(
    chip,
    platform,
    byteOffsets(widthBytes).map((index) => laneAt(platform, device, offset + index)),
    value,
  );
};

/** The place where software finds a register. */
export type RegisterAddress =
  | { readonly space: 'io'; readonly address: number }
  | { readonly space: 'config'; readonly device: ConfigDevice; readonly offset: number };

/**
 * The present place of a register: I/O addresses follow PMBASE and GPIOBASE, decoded or not. Throws UW105 if
 * the platform lacks it.
 */
export const registerAddress = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  name: RegisterName,
): RegisterAddress => {
  const place = locationOf(platform.layout, REGISTERS[name]);
  if (place === null || !isPresent(platform, name)) {
    throw new Fault('UW105', {
      where: `chipset ${platform.layout.name}, behaviour ${platform.behaviour.name}`,
      expected: 'a register that this platform has',
      got: name,
      likely: 'a register of another generation',
      next: 'choose another layout, or leave the register out',
    });
  }
  const { block, offset } = place;
  if (block === 'port') return { space: 'io', address: offset };
  if (block === 'pm' || block === 'gpio')
    return { space: 'io', address: baseOf(chip, platform, block) + offset };
  return { space: 'config', device: block, offset };
};

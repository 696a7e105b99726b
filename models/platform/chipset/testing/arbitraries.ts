import fc from 'fast-check';
import {
  drivePin,
  elapseTimer,
  readConfig,
  readIo,
  registerAddress,
  REGISTER_NAMES,
  REGISTERS,
  resetChipset,
  survivors,
  takeSmi,
  writeConfig,
  writeIo,
  type ChipsetPlatform,
  type ChipsetState,
  type ChipsetTimer,
  type ConfigDevice,
  type RegisterName,
  type WidthBytes,
} from '../index.ts';
import { DECODED, after } from './platforms.ts';

/** Anything that can happen to a chipset. `register` accesses find their address when they are made. */
export type Operation =
  | {
      readonly kind: 'register';
      readonly name: RegisterName;
      readonly skip: number;
      readonly width: WidthBytes;
      readonly value: number;
    }
  | { readonly kind: 'io'; readonly address: number; readonly width: WidthBytes; readonly value: number }
  | {
      readonly kind: 'config';
      readonly device: ConfigDevice;
      readonly offset: number;
      readonly width: WidthBytes;
      readonly value: number;
    }
  | { readonly kind: 'pin'; readonly gpi: number; readonly level: 0 | 1 }
  | { readonly kind: 'timer'; readonly timer: ChipsetTimer }
  | { readonly kind: 'take' }
  | { readonly kind: 'reset' };

const width = fc.constantFrom<WidthBytes>(1, 2, 4);

/** 32-bit values, most of them with few bits set or clear: those open and close gates. */
export const uint32: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 0xff, 0xffff_ffff),
  fc.nat(31).map((bit) => 2 ** bit),
  fc.nat(31).map((bit) => 0xffff_ffff - 2 ** bit),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);

const access = { width, value: uint32 };
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('register' as const),
      name: fc.constantFrom(...REGISTER_NAMES),
      skip: fc.nat(3),
      ...access,
    }),
  },
  // Around the two blocks, the APM ports and the embedded controller.
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('io' as const),
      address: fc.oneof(
        fc.integer({ min: 0x4f8, max: 0x608 }),
        fc.integer({ min: 0xb0, max: 0xb6 }),
        fc.integer({ min: 0x60, max: 0x68 }),
        fc.nat(0xfffc),
      ),
      ...access,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('config' as const),
      device: fc.constantFrom<ConfigDevice>('lpc', 'mch'),
      offset: fc.nat(0xff),
      ...access,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pin' as const),
      gpi: fc.nat(15),
      level: fc.constantFrom<0 | 1>(0, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('timer' as const),
      timer: fc.constantFrom<ChipsetTimer>('periodic', 'software', 'tco'),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Operation>({ kind: 'take' }) },
  // The handler's last act, an 8-bit write that opens both gates.
  {
    weight: 3,
    arbitrary: fc.constant<Operation>({ kind: 'register', name: 'SMI_EN', skip: 0, width: 1, value: 0x33 }),
  },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'reset' }) },
);

export const operations: fc.Arbitrary<readonly Operation[]> = fc.array(operation, {
  maxLength: 60,
  size: 'max',
});

/** A settled chipset whose registers hold anything, and whose I/O blocks are decoded. */
export const chipOf = (platform: ChipsetPlatform): fc.Arbitrary<ChipsetState> =>
  fc
    .record({
      registers: fc.tuple(...REGISTER_NAMES.map(() => uint32)),
      pins: fc.nat(0xffff),
      firstSmi: fc.boolean(),
    })
    .map(({ registers, pins, firstSmi }) => {
      const values = REGISTER_NAMES.map((name, index) => [
        name,
        registers[index]! % 2 ** REGISTERS[name].widthBits,
      ]);
      return resetChipset(platform, { ...Object.fromEntries(values), ...DECODED, pins, firstSmi });
    });

const writeAt = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  { name, skip, width: bytes, value }: Extract<Operation, { kind: 'register' }>,
): ChipsetState => {
  if (REGISTERS[name].location[platform.layout.name] === null) return chip;
  const at = registerAddress(chip, platform, name);
  return after(chip, (draft) =>
    at.space === 'io'
      ? writeIo(draft, platform, at.address + skip, bytes, value)
      : writeConfig(draft, platform, at.device, at.offset + skip, bytes, value),
  );
};

/**
 * The chipset after one operation. Reads are made on the way, to see that they need nothing and change
 * nothing.
 */
export const apply = (chip: ChipsetState, platform: ChipsetPlatform, done: Operation): ChipsetState => {
  switch (done.kind) {
    case 'register':
      return writeAt(chip, platform, done);
    case 'io':
      readIo(chip, platform, done.address, done.width);
      return after(chip, (draft) => writeIo(draft, platform, done.address, done.width, done.value));
    case 'config':
      readConfig(chip, platform, done.device, done.offset, done.width);
      return after(chip, (draft) =>
        writeConfig(draft, platform, done.device, done.offset, done.width, done.value),
      );
    case 'pin':
      return after(chip, (draft) => drivePin(draft, platform, done.gpi, done.level));
    case 'timer':
      return after(chip, (draft) => elapseTimer(draft, platform, done.timer));
    case 'take':
      return after(chip, takeSmi);
    case 'reset':
      return resetChipset(platform, { ...DECODED, ...survivors(chip, platform) });
  }
};

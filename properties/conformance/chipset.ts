import { produce, type Draft } from 'immer';
import fc from 'fast-check';
import { match } from 'ts-pattern';
import { partOf, type Bytes, type Expectation, type Operation, type Part } from 'underwatch';
import {
  layouts,
  qemu72Q35,
  readConfig,
  readIo,
  REGISTER_NAMES,
  REGISTERS,
  resetChipset,
  survivors,
  writeConfig,
  writeIo,
  type ChipsetBehaviour,
  type ChipsetPlatform,
  type ChipsetState,
  type ConfigDevice,
  type RegisterLocation,
  type RegisterName,
} from '../../models/platform/chipset/index.ts';
import { DEVIATIONS, LEFT_OUT, NEVER_DONE } from './chipset-deviations.ts';

const LPC = { device: 31, function: 0 } as const;
const MCH = { device: 0, function: 0 } as const;

const PMBASE = 0x600;
/**
 * Bytes of PMBASE at which nothing else of the machine answers: a block over other ports is undefined in
 * hardware.
 */
const BASE_BYTES: readonly (readonly number[])[] = [
  [0x00, 0x01, 0x7f, 0x80, 0x81],
  [0x06, 0x08, 0xb0],
];
const BASES: ReadonlySet<number> = new Set([0x600, 0x680, 0x800, 0x880, 0xb000, 0xb080]);
/**
 * Bits that are never written: the software SMI's enable ends QEMU where no processor runs, and a sleep
 * enable powers the machine off.
 */
const NEVER: { readonly [name in RegisterName]?: number } = { SMI_EN: 0x20, PM1_CNT: 0x2000 };
const SMI_LOCK = 0x10;
const GEN_PMCON_1 = 0xa0;
/** GEN_PMCON_1 to GEN_PMCON_LOCK: QEMU looks at the lock again after a write to any of them. */
const GEN_PMCON_BYTES = 8;

/** The chipset, and the SMI_LOCK that QEMU keeps where a reset should have cleared it. */
interface Chipset {
  readonly chip: ChipsetState;
  /** SMI_LOCK still reads 1 after a reset, and the next write to A0h-A7h freezes GBL_SMI_EN again. */
  readonly staleLock: boolean;
}

const deviceOf = ({ device }: { readonly device: number }): ConfigDevice =>
  device === LPC.device ? 'lpc' : 'mch';

const onReset = ({ chip, staleLock }: Chipset, platform: ChipsetPlatform): Chipset => ({
  chip: resetChipset(platform, {
    ...survivors(chip, platform),
    GEN_PMCON_1: chip.GEN_PMCON_1 & ~SMI_LOCK,
  }),
  staleLock: staleLock || (chip.GEN_PMCON_1 & SMI_LOCK) !== 0,
});

/** A write to configuration space, with the effect in QEMU of a lock that a reset forgot to clear. */
const configure = (
  draft: Draft<Chipset>,
  platform: ChipsetPlatform,
  { at, bytes, offset, value }: Operation & { readonly kind: 'configure' },
): void => {
  const device = deviceOf(at);
  const meetsLock =
    device === 'lpc' && offset < GEN_PMCON_1 + GEN_PMCON_BYTES && offset + bytes > GEN_PMCON_1;
  if (draft.staleLock && meetsLock) {
    draft.chip.GEN_PMCON_1 |= SMI_LOCK;
    draft.staleLock = false;
  }
  writeConfig(draft.chip, platform, device, offset, bytes, value);
};

const stepOn =
  (platform: ChipsetPlatform) =>
  (state: Chipset, operation: Operation): Chipset =>
    match(operation)
      .with({ kind: 'reset' }, () => onReset(state, platform))
      .with({ kind: 'out' }, ({ bytes, port, value }) =>
        produce(state, ({ chip }) => writeIo(chip, platform, port, bytes, value)),
      )
      .with({ kind: 'configure' }, (write) => produce(state, (draft) => configure(draft, platform, write)))
      .with({ kind: 'store' }, () => state)
      .exhaustive();

/** The registers of QEMU's q35 in the spaces that are reached here. */
const NAMES: readonly RegisterName[] = REGISTER_NAMES.filter((name) => {
  const place = REGISTERS[name].location.ich9;
  if (place === null || qemu72Q35.deviations[name]?.kind === 'absent') return false;
  return place.block === 'pm' || place.block === 'port' || place.block === 'lpc' || place.block === 'mch';
});

/** The place of a register on the q35; a register that it lacks has none, and is not among NAMES. */
const locationOf = (name: RegisterName): RegisterLocation =>
  REGISTERS[name].location.ich9 ?? { block: 'port', offset: 0 };

const maskOf = (name: RegisterName, { staleLock }: Chipset): number => {
  const without = LEFT_OUT.filter((left) => left.name === name).reduce((sum, { mask }) => sum | mask, 0);
  const stale = name === 'GEN_PMCON_1' && staleLock ? SMI_LOCK : 0;
  return (
    (2 ** REGISTERS[name].widthBits - 1 - (((without | stale) >>> 0) % 2 ** REGISTERS[name].widthBits)) >>> 0
  );
};

const bytesOf = (name: RegisterName): Bytes => (REGISTERS[name].widthBits / 8) as Bytes;

const lookAt = (
  { chip }: Chipset,
  platform: ChipsetPlatform,
  name: RegisterName,
): Pick<Expectation, 'look' | 'value'> => {
  const bytes = bytesOf(name);
  const { block, offset } = locationOf(name);
  if (block === 'lpc' || block === 'mch') {
    const look = { kind: 'config', at: block === 'lpc' ? LPC : MCH, offset, bytes } as const;
    return { look, value: readConfig(chip, platform, block, offset, bytes) };
  }
  const base = BASES.has(chip.PMBASE & 0xff80) ? chip.PMBASE & 0xff80 : PMBASE;
  const port = block === 'pm' ? base + offset : offset;
  return { look: { kind: 'in', port, bytes }, value: readIo(chip, platform, port, bytes) };
};

/** Whether an operation reaches a register, where it is now. */
const reaches = (
  state: Chipset,
  platform: ChipsetPlatform,
  name: RegisterName,
  operation: Operation,
): boolean => {
  const { look } = lookAt(state, platform, name);
  const bytes = bytesOf(name);
  const overlaps = (from: number, count: number, at: number): boolean =>
    from < at + bytes && at < from + count;
  if (operation.kind === 'out' && look.kind === 'in')
    return overlaps(operation.port, operation.bytes, look.port);
  return (
    operation.kind === 'configure' &&
    look.kind === 'config' &&
    operation.at.device === look.at.device &&
    overlaps(operation.offset, operation.bytes, look.offset)
  );
};

const word = fc.oneof(
  fc.constantFrom(0, 0xffff_ffff),
  fc.integer({ min: 0, max: 31 }).map((bit) => 2 ** bit),
  fc.integer({ min: 0, max: 31 }).map((bit) => 0xffff_ffff - 2 ** bit),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);
const width = fc.constantFrom<Bytes>(1, 2, 4);

/** Cuts a value to the width of its access. */
const cut = (value: number, bytes: Bytes): number => value % 2 ** (8 * bytes);

/** A value of PMBASE, from its byte `skip` on, that leaves the block at a place where nothing else is. */
const baseIn = (value: number, skip: number): number => {
  const bytes = [0, 1, 2, 3].map((index) => {
    const byte = Math.floor(value / 2 ** (8 * index)) % 256;
    const good = BASE_BYTES[skip + index];
    return good?.[byte % good.length] ?? byte;
  });
  return bytes.reduce((sum, byte, index) => sum + byte * 2 ** (8 * index), 0);
};

/** Writes to one register, or to some of its bytes, or beyond it. */
const writesTo = (name: RegisterName): fc.Arbitrary<Operation> => {
  const place = locationOf(name);
  const size = bytesOf(name);
  const whole = fc.record({ bytes: fc.constant(size), skip: fc.constant(0), value: word });
  const parts = fc.record({ bytes: width, skip: fc.integer({ min: 0, max: size - 1 }), value: word });
  // QEMU takes parts of most registers of the block for the whole.
  const inParts = place.block === 'lpc' || place.block === 'mch' || name === 'SMI_EN' || name === 'GPE0_EN';
  return fc
    .oneof({ weight: 4, arbitrary: whole }, { weight: inParts ? 1 : 0, arbitrary: parts })
    .map(({ bytes, skip: wanted, value }): Operation => {
      // An access does not cross a dword.
      const skip = wanted - (wanted % bytes);
      const offset = place.offset + skip;
      if (place.block === 'lpc' || place.block === 'mch') {
        const aligned = offset - (offset % bytes);
        const written = name === 'PMBASE' ? baseIn(value, skip) : value;
        const at = place.block === 'lpc' ? LPC : MCH;
        return { kind: 'configure', at, offset: aligned, bytes, value: cut(written, bytes) };
      }
      const port = (place.block === 'pm' ? PMBASE : 0) + offset;
      const never = (NEVER[name] ?? 0) >>> (8 * skip);
      return { kind: 'out', port: port - (port % bytes), bytes, value: (cut(value, bytes) & ~never) >>> 0 };
    });
};

/** A write that sets a lock, as firmware does: the rest of its register stays as firmware leaves it. */
const LOCKING: readonly Operation[] = [
  { kind: 'configure', at: LPC, offset: GEN_PMCON_1, bytes: 2, value: SMI_LOCK },
  { kind: 'out', port: PMBASE + 0x68, bytes: 2, value: 0x1000 },
  { kind: 'configure', at: MCH, offset: 0x9d, bytes: 1, value: 0x1a },
  { kind: 'configure', at: MCH, offset: 0x9d, bytes: 1, value: 0x5a },
  { kind: 'configure', at: MCH, offset: 0x9d, bytes: 1, value: 0x4a },
];

const SET_UP: readonly Operation[] = [
  { kind: 'configure', at: LPC, offset: 0x40, bytes: 4, value: PMBASE | 1 },
  { kind: 'configure', at: LPC, offset: 0x44, bytes: 1, value: 0x80 },
];

const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom(...NAMES).chain(writesTo) },
  { weight: 4, arbitrary: fc.constantFrom(...LOCKING) },
  // The block is brought back if it was moved away or closed.
  { weight: 4, arbitrary: fc.constantFrom(...SET_UP) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'reset' }) },
);

/**
 * The conformance run of the chipset model with a behaviour against QEMU's q35: registers, locks, resets; no
 * processor runs.
 */
export const chipsetPartOf = (behaviour: ChipsetBehaviour): Part => {
  const platform: ChipsetPlatform = { behaviour, layout: layouts.ich9 };
  return partOf<Chipset>({
    id: 'chipset',
    says: 'the registers of the power management block, their locks, and what a reset leaves of them',
    oracle: 'qemu-q35',
    initial: { chip: resetChipset(platform), staleLock: false },
    setUp: SET_UP,
    operations,
    step: stepOn(platform),
    expectations: (state) =>
      NAMES.map((name) => ({ name, mask: maskOf(name, state), ...lookAt(state, platform, name) })),
    writes: (state, operation) => NAMES.filter((name) => reaches(state, platform, name, operation)),
    deviations: DEVIATIONS,
    leftOut: [...LEFT_OUT, ...NEVER_DONE],
  });
};

/** The conformance run of the chipset model with the profile of QEMU 7.2. */
export const chipsetPart: Part = chipsetPartOf(qemu72Q35);

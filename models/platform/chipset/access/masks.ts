import { match } from 'ts-pattern';
import type { ChipsetBehaviour, ChipsetPlatform } from '../behaviour.ts';
import { bits } from '../fields.ts';
import { hasField, layouts } from '../layout.ts';
import { LOCKS, REGISTERS } from '../registers/index.ts';
import type { Access, LayoutName, LockName } from '../registers/register.ts';
import type { ChipsetState, RegisterName } from '../state.ts';

/** The effect of a write on each bit of a register, in its present state. Bits in none of the masks stay. */
export interface WriteMasks {
  /** Bits that take the written value. */
  readonly stores: number;
  /** Bits that a written 1 clears. */
  readonly clears: number;
  /** Bits that a written 1 sets. */
  readonly sets: number;
}

/**
 * The bits of a register by access type, and the `RW/L` ones by lock: the part that does not depend on the
 * state.
 */
interface AccessMasks extends WriteMasks {
  /** Locks: bits that store until they are 1. */
  readonly keys: number;
  readonly locked: readonly (readonly [LockName, number])[];
}

const accessMasks = (layout: LayoutName, name: RegisterName): AccessMasks => {
  const fields = REGISTERS[name].fields.filter((field) => hasField(layouts[layout], field));
  const sum = (kind: string): number =>
    fields
      .filter(({ access }) => kindOf(access) === kind)
      .reduce((mask, field) => mask | bits(name, field.name).mask, 0);
  return {
    stores: sum('stores'),
    clears: sum('clears'),
    sets: sum('sets'),
    keys: sum('keys'),
    locked: fields.flatMap((field) =>
      field.lock === undefined ? [] : [[field.lock, bits(name, field.name).mask] as const],
    ),
  };
};

const kindOf = (access: Access): 'stores' | 'clears' | 'sets' | 'keys' | 'locked' | 'none' =>
  match(access)
    .with('RW', () => 'stores' as const)
    .with('R/WC', () => 'clears' as const)
    .with('R/WS', () => 'sets' as const)
    .with('RW/LK', () => 'keys' as const)
    .with('RW/L', () => 'locked' as const)
    .with('RO', 'RO/V', 'WO', () => 'none' as const)
    .exhaustive();

type ByRegister<T> = { readonly [name in RegisterName]: T };

const ofAll = <T>(make: (name: RegisterName) => T): ByRegister<T> =>
  Object.fromEntries(Object.values(REGISTERS).map(({ name }) => [name, make(name)])) as ByRegister<T>;

// Needed at every write of a search, so made once.
const MASKS: { readonly [layout in LayoutName]: ByRegister<AccessMasks> } = {
  ich9: ofAll((name) => accessMasks('ich9', name)),
  series6to9: ofAll((name) => accessMasks('series6to9', name)),
  'esb2-5000p': ofAll((name) => accessMasks('esb2-5000p', name)),
};

const lockWorks = (behaviour: ChipsetBehaviour, lock: LockName): boolean => {
  if (lock === 'SMI_LOCK') return behaviour.smiLockFreezesGbl;
  if (lock === 'ACPI_BASE_LOCK') return behaviour.acpiBaseLockFreezes;
  if (lock === 'TCO_LOCK') return behaviour.tcoLockFreezesTcoEn;
  return lock === 'D_LCK' ? behaviour.dLckFreezes : true;
};

/** The bit of each lock; GLE is the one that some generations lack. */
const LOCK_BITS = Object.fromEntries(
  Object.entries(LOCKS).map(([lock, { register, field }]) => [lock, bits(register, field).mask]),
) as { readonly [lock in LockName]: number };

/** Whether the fields under this lock are read-only now. */
const isFrozen = (chip: ChipsetState, { behaviour, layout }: ChipsetPlatform, lock: LockName): boolean => {
  const { register } = LOCKS[lock];
  const { stores, keys } = MASKS[layout.name][register];
  const exists = ((stores | keys) & LOCK_BITS[lock]) !== 0;
  return exists && lockWorks(behaviour, lock) && (chip[register] & LOCK_BITS[lock]) !== 0;
};

/** The bits of a register that locks protect from writes now. */
const frozenBits = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): number => {
  const { keys, locked } = MASKS[platform.layout.name][name];
  let frozen = keys & chip[name];
  for (const [lock, mask] of locked) if (isFrozen(chip, platform, lock)) frozen |= mask;
  const { gleCoversGpiInv, gleCoversGpiRout } = platform.behaviour;
  const disputed = (name === 'GPI_ROUT' && gleCoversGpiRout) || (name === 'GPI_INV' && gleCoversGpiInv);
  return disputed && isFrozen(chip, platform, 'GLE') ? -1 : frozen;
};

const datasheetMasks = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): WriteMasks => {
  const { behaviour, layout } = platform;
  const { clears, keys, locked, sets, stores } = MASKS[layout.name][name];
  const lockable = locked.reduce((mask, [, bitsOfLock]) => mask | bitsOfLock, keys);
  const open = (stores | lockable) & ~frozenBits(chip, platform, name);
  if (name === 'SMI_EN' && behaviour.eosWriteZeroClears) return { stores: open | sets, clears, sets: 0 };
  if (name !== 'SMI_STS' && name !== 'ALT_GP_SMI_STS') return { stores: open, clears, sets };
  const latched =
    name === 'SMI_STS' && !behaviour.tcoStsIsW1c ? clears & ~bits('SMI_STS', 'TCO_STS').mask : clears;
  return behaviour.smiStsIsW1c
    ? { stores: open, clears: latched, sets }
    : { stores: open | latched, clears: 0, sets };
};

/** The masks of a write to the register now. */
export const writeMasks = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): WriteMasks => {
  const deviation = platform.behaviour.deviations[name];
  if (deviation === undefined) return datasheetMasks(chip, platform, name);
  if (deviation.kind === 'absent') return { stores: 0, clears: 0, sets: 0 };
  const frozen = deviation.unlocked === true ? 0 : frozenBits(chip, platform, name);
  return { stores: deviation.mask & ~frozen, clears: 0, sets: 0 };
};

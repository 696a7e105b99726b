import { match } from 'ts-pattern';
import type { ChipsetBehaviour, ChipsetPlatform } from './behaviour.ts';
import { bits, fieldValue } from './fields.ts';
import { hasField } from './layout.ts';
import { LOCKS, REGISTERS } from './registers/index.ts';
import type { Field, LockName } from './registers/register.ts';
import type { ChipsetState, RegisterName } from './state.ts';

/** What a write does to each bit of a register, in the state it is in. Bits in none of the masks stay. */
export interface WriteMasks {
  /** Bits that take the written value. */
  readonly stores: number;
  /** Bits that a written 1 clears. */
  readonly clears: number;
  /** Bits that a written 1 sets. */
  readonly sets: number;
}

const lockWorks = (behaviour: ChipsetBehaviour, lock: LockName): boolean =>
  match(lock)
    .with('SMI_LOCK', () => behaviour.smiLockFreezesGbl)
    .with('TCO_LOCK', () => behaviour.tcoLockFreezesTcoEn)
    .with('D_LCK', () => behaviour.dLckFreezes)
    .with('ACPI_BASE_LOCK', 'GLE', 'TSEGMB_LOCK', () => true)
    .exhaustive();

/** Whether the fields under this lock are read-only now. */
const isFrozen = (chip: ChipsetState, { behaviour, layout }: ChipsetPlatform, lock: LockName): boolean => {
  const { register, field } = LOCKS[lock];
  const exists = REGISTERS[register].fields.some((candidate) => candidate.name === field && hasField(layout, candidate));
  return exists && lockWorks(behaviour, lock) && fieldValue(register, chip[register], field) === 1;
};

const storesField = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName, field: Field): boolean => {
  const { behaviour } = platform;
  if (name === 'GPI_ROUT' && behaviour.gleCoversGpiRout && isFrozen(chip, platform, 'GLE')) return false;
  return match(field.access)
    .with('RW', () => true)
    .with('RW/L', () => field.lock === undefined || !isFrozen(chip, platform, field.lock))
    .with('RW/LK', () => fieldValue(name, chip[name], field.name) === 0)
    .with('R/WC', () => !behaviour.smiStsIsW1c && (name === 'SMI_STS' || name === 'ALT_GP_SMI_STS'))
    .with('R/WS', () => behaviour.eosWriteZeroClears)
    .with('RO', 'RO/V', 'WO', () => false)
    .exhaustive();
};

const fieldMasks = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): WriteMasks => {
  const { behaviour, layout } = platform;
  let stores = 0;
  let clears = 0;
  let sets = 0;
  for (const field of REGISTERS[name].fields) {
    if (!hasField(layout, field)) continue;
    const { mask } = bits(name, field.name);
    if (name === 'SMI_STS' && field.name === 'TCO_STS' && !behaviour.tcoStsIsW1c) continue;
    if (storesField(chip, platform, name, field)) stores |= mask;
    else if (field.access === 'R/WC') clears |= mask;
    else if (field.access === 'R/WS') sets |= mask;
  }
  return { stores, clears, sets };
};

/** The bits of lock-governed fields of a register that cannot be stored into now. */
const lockedBits = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): number =>
  REGISTERS[name].fields
    .filter((field) => hasField(platform.layout, field) && (field.access === 'RW/L' || field.access === 'RW/LK'))
    .filter((field) => !storesField(chip, platform, name, field))
    .reduce((mask, field) => mask | bits(name, field.name).mask, 0);

/** What a write to the register would do now. */
export const writeMasks = (chip: ChipsetState, platform: ChipsetPlatform, name: RegisterName): WriteMasks => {
  const deviation = platform.behaviour.deviations[name];
  if (deviation === undefined) return fieldMasks(chip, platform, name);
  return match(deviation)
    .with({ kind: 'absent' }, () => ({ stores: 0, clears: 0, sets: 0 }))
    .with({ kind: 'stored' }, ({ mask, unlocked }) => ({
      stores: unlocked === true ? mask : mask & ~lockedBits(chip, platform, name),
      clears: 0,
      sets: 0,
    }))
    .exhaustive();
};

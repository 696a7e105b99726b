import type { Draft } from 'immer';
import { Fault } from 'underwatch/model';
import {
  bits,
  fieldValue,
  LOCKS,
  readRegister,
  registerAddress,
  REGISTERS,
  withField,
  writeConfig,
  writeIo,
  type Access,
  type ChipsetPlatform,
  type ChipsetState,
  type Field,
  type FieldWrite,
  type LockName,
  type RegisterAddress,
  type RegisterName,
  type WidthBytes,
} from '../../platform/chipset/index.ts';
import type { Write } from './setting.ts';

const STORES: readonly Access[] = ['RW', 'RW/L', 'RW/LK'];
/** Registers in which a write is an event, whatever value was there before. */
const COMMANDS = ['APM_CNT', 'TCO_DAT_IN', 'TCO_DAT_OUT'];

const fieldOf = ({ register, field }: FieldWrite): Field => {
  bits(register, field); // Throws, with the names there are, for a field that the register does not have.
  return REGISTERS[register].fields.find(({ name }) => name === field)!;
};

const lockOf = (
  { lock }: Field,
  write: FieldWrite,
  { behaviour, layout }: ChipsetPlatform,
): LockName | undefined => {
  const hasGle = layout.name === 'series6to9';
  return write.register === 'GPI_INV' && behaviour.gleCoversGpiInv && hasGle ? 'GLE' : lock;
};

const isLocked = (chip: ChipsetState, lock: LockName | undefined): boolean => {
  if (lock === undefined) return false;
  const { register, field } = LOCKS[lock];
  return fieldValue(register, chip[register], field) === 1;
};

/** The fields that one instruction writes; the first one names it. */
const fieldsOf = ({ also = [], register, field, value }: Write): readonly FieldWrite[] => [
  { register, field, value },
  ...also,
];

const changes = (chip: ChipsetState, platform: ChipsetPlatform, write: FieldWrite): boolean => {
  const field = fieldOf(write);
  if (isLocked(chip, lockOf(field, write, platform))) return false;
  if (COMMANDS.includes(write.register) || field.access === 'WO') return true;
  const current = fieldValue(write.register, readRegister(chip, platform, write.register), write.field);
  return field.access === 'R/WC' ? (current & write.value) !== 0 : current !== write.value;
};

/** Whether the write would change anything; otherwise it is just an instruction that passes. */
export const isEffective = (chip: ChipsetState, platform: ChipsetPlatform, write: Write): boolean =>
  fieldsOf(write).some((each) => changes(chip, platform, each));

/**
 * The value to write to a register so that only these fields change: stored bits are kept, other status bits
 * 0.
 */
const valueFor = (
  chip: ChipsetState,
  platform: ChipsetPlatform,
  name: RegisterName,
  writes: readonly FieldWrite[],
): number => {
  const current = readRegister(chip, platform, name);
  const kept = REGISTERS[name].fields
    .filter(({ access }) => STORES.includes(access))
    .reduce((value, { name: field }) => withField(name, value, field, fieldValue(name, current, field)), 0);
  return writes.reduce((value, { field, value: to }) => withField(name, value, field, to), kept);
};

const startOf = (address: RegisterAddress): number =>
  address.space === 'io' ? address.address : address.offset;

/** The bytes of one access: a register's, or those of neighbours that fill an aligned doubleword. */
interface Bytes {
  readonly address: RegisterAddress;
  readonly widthBytes: number;
  readonly value: number;
}

const joined = (one: Bytes, other: Bytes): Bytes => {
  const [low, high] = startOf(one.address) < startOf(other.address) ? [one, other] : [other, one];
  const widthBytes = low.widthBytes + high.widthBytes;
  const start = startOf(low.address);
  if (start % 4 === 0 && widthBytes === 4 && startOf(high.address) === start + low.widthBytes)
    return { address: low.address, widthBytes, value: low.value + high.value * 2 ** (8 * low.widthBytes) };
  throw new Fault('UW105', {
    where: 'hypersentry, parameter writes',
    expected: 'fields of one register, or of two that fill a doubleword together',
    got: `registers at ${start.toString(16)}h and ${startOf(high.address).toString(16)}h`,
    likely: 'fields that no single instruction can write',
    next: 'list them as two writes',
  });
};

/** Carries out one instruction that sets a field, and the fields that go with it. */
export const writeField = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, write: Write): void => {
  const writes = fieldsOf(write);
  const { address, value, ...bytes } = [...new Set(writes.map(({ register }) => register))]
    .map((name): Bytes => ({
      address: registerAddress(chip, platform, name),
      widthBytes: REGISTERS[name].widthBits / 8,
      value: valueFor(
        chip,
        platform,
        name,
        writes.filter(({ register }) => register === name),
      ),
    }))
    .reduce(joined);
  const widthBytes = bytes.widthBytes as WidthBytes;
  if (address.space === 'io') writeIo(chip, platform, address.address, widthBytes, value);
  else writeConfig(chip, platform, address.device, address.offset, widthBytes, value);
};

/** Whether the register is reached through a port, rather than through configuration space. */
export const isPort = ({ layout }: ChipsetPlatform, write: FieldWrite): boolean => {
  const block = REGISTERS[write.register].location[layout.name]?.block;
  return block === 'pm' || block === 'gpio' || block === 'port';
};

import type { Draft } from 'immer';
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
  type WidthBytes,
} from '../platform/chipset/index.ts';

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

/** Whether the write would do anything; one that would not is just an instruction that passes. */
export const isEffective = (chip: ChipsetState, platform: ChipsetPlatform, write: FieldWrite): boolean => {
  const field = fieldOf(write);
  if (isLocked(chip, lockOf(field, write, platform))) return false;
  if (COMMANDS.includes(write.register) || field.access === 'WO') return true;
  const current = fieldValue(write.register, readRegister(chip, platform, write.register), write.field);
  return field.access === 'R/WC' ? (current & write.value) !== 0 : current !== write.value;
};

/**
 * One instruction that sets one field: the register is read, its stored fields kept, its other status
 * bits written as 0, so that nothing but the field is touched.
 */
export const writeField = (chip: Draft<ChipsetState>, platform: ChipsetPlatform, write: FieldWrite): void => {
  const register = REGISTERS[write.register];
  const current = readRegister(chip, platform, write.register);
  const kept = register.fields
    .filter(({ access }) => STORES.includes(access))
    .reduce(
      (value, { name }) => withField(write.register, value, name, fieldValue(write.register, current, name)),
      0,
    );
  const value = withField(write.register, kept, write.field, write.value);
  const widthBytes = (register.widthBits / 8) as WidthBytes;
  const address = registerAddress(chip, platform, write.register);
  if (address.space === 'io') writeIo(chip, platform, address.address, widthBytes, value);
  else writeConfig(chip, platform, address.device, address.offset, widthBytes, value);
};

/** Whether the register is reached through a port, rather than through configuration space. */
export const isPort = ({ layout }: ChipsetPlatform, write: FieldWrite): boolean => {
  const block = REGISTERS[write.register].place[layout.name]?.block;
  return block === 'pm' || block === 'gpio' || block === 'port';
};

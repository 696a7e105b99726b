export { readRegister, writeRegister } from './access/access.ts';
export {
  behaviours,
  intel,
  intelOf,
  qemu72Q35,
  type ChipsetBehaviour,
  type ChipsetPlatform,
  type Deviation,
} from './behaviour.ts';
export { drivePin, elapseTimer, type ChipsetTimer } from './smi/events.ts';
export { bits, fieldValue, formatRegister, registerLayout, withField, type Bits } from './fields.ts';
export { layouts, type ChipsetLayout } from './layout.ts';
export {
  isTrapped,
  readConfig,
  readIo,
  registerAddress,
  touchIo,
  writeConfig,
  writeIo,
  type ConfigDevice,
  type RegisterAddress,
  type WidthBytes,
} from './access/ports.ts';
export { LOCKS, REGISTER_NAMES, REGISTERS } from './registers/index.ts';
export type {
  Access,
  Field,
  LayoutName,
  LockName,
  RegisterLocation,
  Register,
} from './registers/register.ts';
export { resetChipset, survivors } from './reset.ts';
export { takeSmi } from './smi/smi.ts';
export { SOURCES, type Source, type SourceKey } from './sources.ts';
export type { ChipsetState, LatchedSource, RegisterName } from './state.ts';
export { gpiSmis, nmiActive, ROUTES, sciActive, sciSources, smiSources } from './smi/status.ts';
export {
  GPI_LATCH_S0_NS,
  GPI_LATCH_SLEEP_NS,
  periodicSmiPeriodS,
  SMBUS_RECLEAR_NS,
  softwareSmiTimerUs,
} from './smi/timing.ts';
export type { FieldWrite } from './system.ts';

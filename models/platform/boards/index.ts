export type { BiosFlag, NorthbridgeLock, SouthbridgeLock } from './layout.ts';
export { supportedGenerations } from './layouts.ts';
export { observe, type Observation } from './observed.ts';
export {
  profileOf,
  type Flag,
  type FlagState,
  type Invocation,
  type Lock,
  type LockName,
  type PlatformProfile,
} from './profile.ts';
export { readBoard } from './read-board.ts';
export type { LogFile } from './recognise.ts';
export { registerValue, type BoardReadings, type RegisterValue, type UnknownRegister } from './readings.ts';
export type { Answer, Range, SmrrFacts } from './smrr.ts';
export { staleStatus, type Persistence, type StaleBit, type StaleStatus } from './stale-status.ts';

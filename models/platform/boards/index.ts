export type { BiosFlag, NorthbridgeLock, SouthbridgeLock } from './layout.ts';
export { northbridgeLayout, southbridgeLayout, supportedGenerations } from './layouts.ts';
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
export { toolFor } from './collect.ts';
export { commandFor } from './logs/refusals.ts';
export { readBoard } from './read-board.ts';
export { liveEvidence } from './logs/evidence/live.ts';
export { collectScript } from './logs/evidence/script.ts';
export type { LogFile } from './logs/recognise.ts';
export { registerValue, type BoardReadings, type RegisterValue, type UnknownRegister } from './readings.ts';
export type { Answer, Range, SmrrFacts } from './smrr.ts';
export { staleStatus, type Persistence, type StaleBit, type StaleStatus } from './stale-status.ts';
export { setBit, setLock } from './set-bit.ts';

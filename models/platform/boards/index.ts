export { isRead, collectFindings } from './collect.ts';
export { checkLastDevice, checkPmbase, checkSameBoard, lpcBridgeOf } from './completeness.ts';
export {
  isInteltoolLog,
  parseInteltool,
  type Chip,
  type InteltoolLog,
  type LoggedRegister,
  type MsrValues,
} from './inteltool.ts';
export type {
  BiosFlag,
  BlockRegister,
  ConfigRegister,
  DeviceIds,
  FlagRule,
  HiddenRegister,
  NorthbridgeLayout,
  NorthbridgeLock,
  SouthbridgeLayout,
  SouthbridgeLock,
} from './layout.ts';
export { northbridgeLayout, southbridgeLayout, supportedGenerations } from './layouts.ts';
export { configValue, deviceAt, isLspciLog, parseLspci, type LspciLog, type PciDevice } from './lspci.ts';
export { activeInputs, observe, type Observation } from './observed.ts';
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
export { registerValue, type BoardReadings, type RegisterValue, type UnknownRegister } from './readings.ts';
export { recogniseLogs, type BoardLogs, type LogFile } from './recognise.ts';
export { smrrFacts, tsegRange, type Answer, type Range, type SmrrFacts } from './smrr.ts';
export { staleStatus, type Persistence, type StaleBit, type StaleStatus } from './stale-status.ts';

export { hypersentry } from './hypersentry/model.ts';
export { measurement } from './hypersentry/measurement/model.ts';
export { schedule } from './hypersentry/time/model.ts';
export { scopeOf, type Scope } from './hypersentry/scope.ts';
export type {
  Capability as HyperSentryCapability,
  Defence as HyperSentryDefence,
  Parameters as HyperSentryParameters,
} from './hypersentry/setting.ts';
export { cores } from './platform/cores/model.ts';
export { chipset } from './platform/chipset/model.ts';
export { DEFAULT_SCOPE, LOCK_SCOPE } from './platform/chipset/scope.ts';
/** Real boards: how their logs are read, and what follows from their registers. */
export * as boards from './platform/boards/index.ts';
/** The chipset's registers and mechanisms, for models of other systems. */
export * as chipsetParts from './platform/chipset/index.ts';
/** The boards that were read so far. */
export * as boardProfiles from './platform/profiles/index.ts';
/** Cores: modes, the latched SMI, the save state, for models of other systems. */
export * as coreParts from './platform/cores/index.ts';

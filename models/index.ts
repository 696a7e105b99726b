/**
 * The built-in models, and parts of a platform (chipset, cores, SMRAM) for models of your own.
 *
 * @module underwatch/models
 */
export { attestation } from './hypersentry/attestation/model.ts';
export { hypersentry } from './hypersentry/invocation/model.ts';
export { measurement } from './hypersentry/measurement/model.ts';
export { schedule } from './hypersentry/time/model.ts';
export { rounds } from './hypersentry/time/rounds.ts';
export { scopeOf, type Scope } from './hypersentry/invocation/scope.ts';
export type {
  Capability as HyperSentryCapability,
  Defence as HyperSentryDefence,
  Parameters as HyperSentryParameters,
} from './hypersentry/invocation/setting.ts';
/** Late launch, as AMD has it. */
export { skinit } from './late-launch/skinit/model.ts';
export { pioneer } from './pioneer/protocol/model.ts';
export type {
  Capability as PioneerCapability,
  Defence as PioneerDefence,
  Parameters as PioneerParameters,
} from './pioneer/protocol/setting.ts';
export { jiffies } from './pioneer/jiffies/model.ts';
export { swatt } from './pioneer/swatt/model.ts';
export { tickStamp } from './pioneer/tick-stamp/model.ts';
export { cores } from './platform/cores/model.ts';
export { chipset } from './platform/chipset/model.ts';
export { biosFlash } from './platform/flash/model.ts';
export { smram } from './platform/smram/model.ts';
export { DEFAULT_SCOPE, LOCK_SCOPE } from './platform/chipset/scope.ts';
/** Real boards: how their logs are read, and what follows from their registers. */
export * as boards from './platform/boards/index.ts';
/** The chipset's registers and mechanisms, for models of other systems. */
export * as chipsetParts from './platform/chipset/index.ts';
/** Cores: modes, the latched SMI, the save state, for models of other systems. */
export * as coreParts from './platform/cores/index.ts';
/** The boards that were read so far. */
export * as boardProfiles from './platform/profiles/index.ts';
/** How long code takes, on processors as their makers and measurers describe them. */
export * as processor from './platform/processor/index.ts';
/** A binary translator over the same instructions. */
export * as translation from './platform/translation/index.ts';
/** The timed checksum: what it computes, and what forging it costs. */
export * as checksum from './pioneer/checksum/index.ts';

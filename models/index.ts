export { hypersentry } from './hypersentry/model.ts';
export { scopeOf, type Scope } from './hypersentry/scope.ts';
export type {
  Capability as HyperSentryCapability,
  Defence as HyperSentryDefence,
  FieldWrite,
  Parameters as HyperSentryParameters,
} from './hypersentry/setting.ts';
export { chipset } from './platform/chipset/model.ts';
export { DEFAULT_SCOPE, LOCK_SCOPE } from './platform/chipset/scope.ts';

import type { Auditor } from './audit/auditor.ts';
import type { Suite } from './claim/claim.ts';
import type { Part } from './conform/part.ts';
import type { Study } from './statistics/study.ts';

/**
 * The configuration: the default export of `underwatch.config.ts`. Parts that are left out are as built in.
 */
export interface Config {
  readonly suites?: readonly Suite[];
  readonly auditors?: readonly Auditor[];
  readonly studies?: readonly Study[];
  /** Parts of models that `underwatch conform` compares with real implementations. */
  readonly parts?: readonly Part[];
}

/** Declares a configuration, so that its types are checked. */
export const defineConfig = (config: Config): Config => config;

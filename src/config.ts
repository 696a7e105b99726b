import type { Auditor } from './audit/auditor.ts';
import type { Suite } from './claim/claim.ts';
import type { Part } from './conform/part.ts';
import type { Study } from './statistics/study.ts';

/** What `underwatch.config.ts` exports as its default. What is left out is as built in. */
export interface Config {
  readonly suites?: readonly Suite[];
  readonly auditors?: readonly Auditor[];
  readonly studies?: readonly Study[];
  /** Parts of models that `underwatch conform` holds against real implementations. */
  readonly parts?: readonly Part[];
}

/** Declares a configuration; it is only there for its types. */
export const defineConfig = (config: Config): Config => config;

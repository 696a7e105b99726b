/**
 * Claims as Vitest tests, and matchers for models. Importing it adds the matchers.
 *
 * @module underwatch/vitest
 */
import './matchers.ts';

export type { ClaimMeta } from './meta.ts';
export type { TestOptions } from './options.ts';
export { testSuites } from './suites.ts';

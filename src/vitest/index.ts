import './matchers.ts';

export type { TestOptions } from './options.ts';
export { testSuites } from './suites.ts';

import './matchers.ts';

export { testSuites } from './suites.ts';

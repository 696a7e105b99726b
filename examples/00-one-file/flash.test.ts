import { testSuites } from 'underwatch/vitest';
import config from './underwatch.config.ts';

testSuites(config.suites ?? []);

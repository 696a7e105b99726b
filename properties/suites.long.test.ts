import { testSuites } from 'underwatch/vitest';
import { suites } from './index.ts';

testSuites(suites);

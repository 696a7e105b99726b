import { testSuites } from 'underwatch/vitest';
import { claims } from './claims.ts';

testSuites([claims]);

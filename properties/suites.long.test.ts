import { testSuites } from 'underwatch/vitest';
import { suites } from './index.ts';

// Each run searches for itself.
testSuites(suites, { cache: false });

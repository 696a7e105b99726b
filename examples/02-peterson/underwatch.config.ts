import { defineConfig } from 'underwatch';
import { claims } from './claims.ts';

export default defineConfig({ suites: [claims] });

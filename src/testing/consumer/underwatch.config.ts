import { defineConfig, type Config } from 'underwatch';
import { airlockSuite } from './airlock-suite.ts';

const config: Config = defineConfig({ suites: [airlockSuite] });

export default config;

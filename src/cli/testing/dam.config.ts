import { defineConfig, type Config } from 'underwatch';
import { damSuite, rainStudy } from '../../testing/models/dam.ts';

const config: Config = defineConfig({ suites: [damSuite], auditors: [], studies: [rainStudy] });

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

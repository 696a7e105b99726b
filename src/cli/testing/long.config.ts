import { defineConfig, type Config } from 'underwatch';
import { doorAuditor } from '../../testing/models/door-auditor.ts';
import { doorSuite, longSuite } from '../../testing/models/door.ts';

const config: Config = defineConfig({ suites: [doorSuite, longSuite], auditors: [doorAuditor] });

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

import { defineConfig, suite, type Config } from 'underwatch';
import { doorSuite } from '../../testing/models/door.ts';
import { smiGate } from '../../testing/models/smi-gate.ts';

const gateSuite = suite({
  id: 'gate',
  says: 'searches that take some seconds',
  model: smiGate,
  claims: {
    'GATE-OPEN': {
      invariant: 'never-fooled',
      without: ['altStatusCheck'],
      expect: 'violated',
      length: 12,
      says: 'Without the status check there is an attack.',
      source: 'the reference model',
    },
    'GATE-CLOSED': {
      invariant: 'never-fooled',
      parameters: { cores: 3 },
      expect: 'holds',
      says: 'With it there is none.',
      source: 'the reference model',
    },
    'GATE-SMALL': {
      invariant: 'never-fooled',
      expect: 'holds',
      says: 'Nor with two cores.',
      source: 'the reference model',
    },
  },
});

const config: Config = defineConfig({ suites: [doorSuite, gateSuite] });

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

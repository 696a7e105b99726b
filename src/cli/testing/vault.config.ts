import { defineConfig, suite, type Config } from 'underwatch';
import { vault } from '../../testing/models/vault.ts';

const shut = { invariant: 'shut', expect: 'holds', says: 'It stays shut.', source: 'common sense' } as const;
const hands = { capabilities: ['hands'] } as const;

const vaultSuite = suite({
  id: 'vault',
  says: 'bolts keep a vault shut',
  model: vault,
  claims: {
    'V-GAP': { ...shut, ...hands },
    'V-NAMED': { ...shut, ...hands, leavesOut: { 'touches door': 'whoever opens the door opens it' } },
    'V-STALE': {
      ...shut,
      ...hands,
      leavesOut: { 'touches door': 'whoever opens the door opens it', 'touches lamp': 'light' },
    },
    'V-NO-BOLT': {
      ...shut,
      ...hands,
      parameters: { touches: [] },
      leavesOut: { 'touches door': 'it opens it' },
    },
  },
});

const config: Config = defineConfig({ suites: [vaultSuite] });

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

import { defineConfig, suite, type Config } from 'underwatch';
import { vault } from '../../claim/reasons/testing/vault.ts';

const common = { capabilities: ['hands'], expect: 'holds', says: 'what keeps it', source: 'test' } as const;

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'vault',
      says: 'what keeps a vault',
      model: vault,
      claims: {
        'V-OUT': { ...common, invariant: 'out', restsOn: ['wall'] },
        'V-SHUT': { ...common, invariant: 'shut', restsOn: ['wall', ['dog', 'camera']] },
        'V-IN': { ...common, invariant: 'out', without: ['wall'], expect: 'violated' },
      },
    }),
  ],
  auditors: [],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

import { actionOf, defineConfig, defineModel, suite, type Config } from 'underwatch';

interface Count {
  readonly count: number;
}

// The number of times that the deep state was met: the first engines do another thing there than later ones.
let met = 0;

/**
 * A model that cheats: deep within it, it does one thing for the first engines and another for those after
 * them.
 */
const split = defineModel({
  id: 'split',
  says: 'counts, but not as it is told',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Count => ({ count: 0 }),
  actions: {
    add: actionOf<Count, unknown>()({
      actor: 'user',
      says: 'adds one',
      when: ({ count }) => count < 600,
      then: (draft) => {
        if (draft.count === 571) met += 1;
        draft.count += draft.count === 571 && met > 2 ? 2 : 1;
      },
    }),
  },
  invariants: {
    low: { kind: 'always', says: 'stays low', source: 'test', holds: ({ count }: Count) => count < 1000 },
  },
});

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'split',
      says: 'what is counted',
      model: split,
      claims: { LOW: { invariant: 'low', expect: 'holds', says: 'stays low', source: 'test' } },
    }),
  ],
  auditors: [],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

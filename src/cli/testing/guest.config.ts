import { createServer } from 'node:net';
import { defineConfig, suite, type Config } from 'underwatch';
import { actionOf, defineModel, type Setting } from 'underwatch/model';

const waits = (): Promise<void> => Promise.resolve();

/** The misdeeds of a model against the process it runs in, by the name that a test gives. */
const MISDEEDS: { readonly [name: string]: () => void } = {
  nothing: () => {},
  prints: () => {
    // oxlint-disable-next-line no-console -- what is tested
    console.log('{"claims": "forged"}');
    // oxlint-disable-next-line no-console -- what is tested
    console.error('to stderr');
    process.stdout.write('without a line break');
  },
  exits: () => process.exit(0),
  exitsAndCatches: () => {
    try {
      process.exit(0);
    } catch {
      // An exit whose refusal is caught has no effect: the process goes on.
    }
  },
  exitsLater: () => void setImmediate(() => process.exit(0)),
  sets: () => {
    process.exitCode = 0;
  },
  rejects: () => void waits().then(() => Promise.reject(new RangeError('nobody waits'))),
  throwsLater: () =>
    void setImmediate(() => {
      throw new RangeError('nobody waits');
    }),
  leavesTimer: () => void setInterval(() => {}, 1000),
  leavesServer: () => void createServer().listen(0, '127.0.0.1'),
  failsForEver: () =>
    void setInterval(() => {
      throw new RangeError('nobody waits');
    }),
};

const misdeed = process.env['MISDEED'] ?? 'nothing';
if (misdeed === 'exitsAtOnce') process.exit(0);
if (misdeed === 'neverLoads') await new Promise(() => {});

const action = actionOf<{ readonly n: number }, Setting<object, never>>();

const model = defineModel({
  id: 'guest',
  says: 'a model that does more than it should',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ n: 0 }),
  actions: {
    count: action({
      actor: 'guest',
      says: 'counts',
      when: ({ n }) => {
        MISDEEDS[misdeed]?.();
        return n < 3;
      },
      then: (draft) => {
        draft.n += 1;
      },
    }),
  },
  invariants: {
    low: { kind: 'always', says: 'It stays low.', source: 'hope', holds: ({ n }) => n < 2 },
  },
});

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'guest',
      says: 'a model that does more than it should',
      model,
      // It is violated: a run that ends with 0 was ended from within.
      claims: { LOW: { invariant: 'low', expect: 'holds', says: 'It stays low.', source: 'hope' } },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

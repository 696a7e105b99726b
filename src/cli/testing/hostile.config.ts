import { defineConfig, suite, type Config } from 'underwatch';
import { actionOf, defineModel, oneOf, type Setting } from 'underwatch/model';

/** Text on which a terminal would act, and a line that would pass for one of ours. */
export const HOSTILE =
  'x\u001b[2J\u001b]0;owned\u0007\r\nFORGED ✓ all as expected\u0000\u009b1m\u202egnp\u2028y\ud800';

interface Said {
  readonly text: string;
  readonly [key: `key${string}`]: number;
}

// Looked at once: a model that does so as it runs is not pure.
const throws = process.env['HOSTILE_THROWS'] === '1';
const action = actionOf<Said, Setting<object, never>>();

const model = defineModel({
  id: 'hostile',
  says: HOSTILE,
  defences: { [HOSTILE]: HOSTILE },
  capabilities: { [HOSTILE]: HOSTILE },
  parameters: { [HOSTILE]: HOSTILE },
  initial: (): Said => ({ text: '', [`key${HOSTILE}`]: 0 }),
  actions: {
    [`say${HOSTILE}`]: action({
      actor: `actor${HOSTILE}`,
      says: HOSTILE,
      choose: { [HOSTILE]: oneOf([HOSTILE, 'plain']) },
      then: (draft, choice) => {
        draft.text = String(Object.values(choice)[0]);
      },
    }),
    throws: action({
      actor: 'someone',
      says: HOSTILE,
      when: ({ text }) => text === 'plain' && throws,
      then: () => {
        throw new Error(HOSTILE);
      },
    }),
  },
  invariants: {
    silent: { kind: 'always', says: HOSTILE, source: HOSTILE, holds: ({ text }) => text !== HOSTILE },
  },
  present: { value: (_path, value) => `${HOSTILE}${JSON.stringify(value)}` },
});

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'hostile',
      says: HOSTILE,
      model,
      claims: { SAID: { invariant: 'silent', expect: 'holds', says: HOSTILE, source: HOSTILE } },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

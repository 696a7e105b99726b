import { writeSync } from 'node:fs';
import { defineConfig, suite, type Config } from 'underwatch';
import { actionOf, defineModel } from 'underwatch/model';

interface Wheel {
  readonly at: number;
}

/** A wheel whose third place its guard never comes away from. */
const wheel = defineModel({
  id: 'wheel',
  says: 'a wheel that sticks',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Wheel => ({ at: 0 }),
  actions: {
    turn: actionOf<Wheel, unknown>()({
      actor: 'wheel',
      says: 'turns',
      when: ({ at }) => {
        if (at === 3) writeSync(2, 'stuck\n');
        while (at === 3);
        return true;
      },
      then: (draft) => {
        draft.at += 1;
      },
    }),
  },
  invariants: {
    low: { kind: 'always', says: 'It stays below 9.', source: 'this file', holds: ({ at }) => at < 9 },
  },
});

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'wheel',
      says: 'a wheel',
      model: wheel,
      claims: {
        'W-LOW': { invariant: 'low', expect: 'violated', says: 'It does not.', source: 'this file' },
      },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

import { defineConfig, suite, type Config } from 'underwatch';
import { actionOf, defineModel, integers, type Setting } from 'underwatch/model';

const isWorker = process.argv.includes('work');
const misdeed = process.env['MISDEED'] ?? 'nothing';
const life = Number(process.env['LIFE_MS'] ?? 0);

// Another one there than here, as a clock or dice would make it.
const positions = misdeed === 'differs' && isWorker ? 9 : 10;

/** Kills the process of a search, or makes it fail, by the name that a test gives. */
const whenAsked = (): void => {
  if (misdeed === 'dies') setTimeout(() => process.kill(process.pid, 'SIGKILL'), life);
  if (misdeed === 'fails') void Promise.reject(new RangeError('nobody waits'));
};
if (isWorker) {
  if (misdeed === 'never ready') process.kill(process.pid, 'SIGKILL');
  process.on('message', ({ kind }: { readonly kind: string }) => {
    if (kind === 'search') whenAsked();
  });
}

interface Dials {
  readonly dials: readonly number[];
}

const model = defineModel({
  id: 'dials',
  says: 'dials of ten',
  defences: {},
  capabilities: {},
  parameters: { count: 1 },
  initial: ({ parameters }): Dials => ({ dials: Array.from({ length: parameters.count }, () => 0) }),
  actions: {
    turn: actionOf<Dials, Setting<{ readonly count: number }, never>>()({
      actor: 'hand',
      says: 'turns a dial',
      choose: { dial: integers(0, 5) },
      when: ({ dials }, { dial }) => {
        while (misdeed === 'sticks' && isWorker);
        return dial < dials.length;
      },
      then: (draft, { dial }) => {
        draft.dials[dial] = ((draft.dials[dial] ?? 0) + 1) % positions;
      },
    }),
  },
  invariants: {
    low: {
      kind: 'always',
      says: 'No dial shows ten.',
      source: 'this file',
      holds: ({ dials }) => dials.every((one) => one < 10),
    },
    still: {
      kind: 'always',
      says: 'The last dial stays below 7.',
      source: 'this file',
      holds: ({ dials }) => (dials.at(-1) ?? 0) < 7,
    },
  },
});

const claim = (invariant: 'low' | 'still', count: number) =>
  ({
    invariant,
    parameters: { count },
    expect: invariant === 'low' ? 'holds' : 'violated',
    says: `so it is with ${count}`,
    source: 'this file',
  }) as const;

const config: Config = defineConfig({
  suites: [
    suite({
      id: 'dials',
      says: 'dials',
      model,
      claims: {
        LOW5: claim('low', 5),
        LOW1: claim('low', 1),
        STILL5: claim('still', 5),
        LOW2: claim('low', 2),
        STILL2: claim('still', 2),
        LOW4: claim('low', 4),
        STILL1: claim('still', 1),
        LOW3: claim('low', 3),
        STILL3: claim('still', 3),
      },
    }),
  ],
});

// oxlint-disable-next-line import/no-default-export -- a configuration is its file's default export
export default config;

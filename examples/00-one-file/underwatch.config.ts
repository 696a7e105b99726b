import { actionOf, defineConfig, defineModel, suite } from 'underwatch';

const base = {
  defences: { lock: 'the firmware locks the flash before it starts the system' },
  parameters: {},
  initial: () => ({ running: false, locked: false, image: 'genuine' }),
};
const action = actionOf(base);

const start = action({
  actor: 'firmware',
  says: 'starts the system',
  when: ({ running }) => !running,
  then: (draft, _, { defends }) => {
    draft.locked = defends('lock');
    draft.running = true;
  },
});
const write = action({
  actor: 'attacker',
  says: 'writes to the flash',
  needs: 'root',
  when: ({ running }) => running,
  then: (draft) => {
    if (!draft.locked) draft.image = 'altered';
  },
});
const source = 'the requirement of this example';
const genuine = { says: 'The flash holds what the vendor wrote.', source };

const model = defineModel({
  ...base,
  id: 'flash',
  says: 'a flash chip that holds the firmware',
  capabilities: { root: 'the attacker owns the operating system' },
  actions: { start, write },
  invariants: { genuine: { ...genuine, kind: 'always', holds: ({ image }) => image === 'genuine' } },
});

const flash = suite({
  id: 'flash',
  says: 'the lock keeps the firmware genuine',
  model,
  claims: {
    LOCKED: { ...genuine, invariant: 'genuine', capabilities: ['root'], expect: 'holds' },
    UNLOCKED: {
      ...genuine,
      invariant: 'genuine',
      capabilities: ['root'],
      without: ['lock'],
      expect: 'violated',
      length: 2,
    },
  },
});

export default defineConfig({ suites: [flash] });

import { actionOf, defineModel } from 'underwatch/model';

// What actions work on: the state before anything has happened, the defences that a claim may switch off,
// and the numbers that it may change. A state holds plain values: booleans, numbers, texts, lists, objects.
const base = {
  defences: { lock: 'the firmware locks the flash before it starts the operating system' },
  parameters: {},
  initial: () => ({ running: false, locked: false, image: 'genuine' }),
};
const action = actionOf(base);

/** A flash chip that holds the firmware. Its lock is a latch: only a reset opens it. */
export const bootFlash = defineModel({
  ...base,
  id: 'boot-flash',
  says: 'a flash chip that the firmware locks, or forgets to lock',
  // What an adversary may be able to do. A claim names what it gives them.
  capabilities: { write: 'the operating system is the attacker’s, and writes to the flash' },
  // An action is possible when `when` says so, and then changes the draft as `then` says. Put braces around
  // the body of `then`: it returns nothing. There is no action "attack": attacks are found, from what
  // everybody can do.
  actions: {
    start: action({
      actor: 'firmware',
      says: 'locks the flash, and starts the operating system',
      when: ({ running }) => !running,
      then: (draft, _, { defends }) => {
        draft.locked = defends('lock');
        draft.running = true;
      },
    }),
    write: action({
      actor: 'attacker',
      needs: 'write',
      says: 'writes to the flash',
      when: ({ running }) => running,
      then: (draft) => {
        if (!draft.locked) draft.image = 'altered';
      },
    }),
    reset: action({
      actor: 'hardware',
      says: 'resets the machine, which opens the lock',
      when: ({ running }) => running,
      then: (draft) => {
        draft.locked = false;
        draft.running = false;
      },
    }),
  },
  // What should be true. `source` says where a reader can look it up.
  invariants: {
    genuine: {
      kind: 'always',
      says: 'The flash holds what the vendor put there.',
      source: 'the requirement of this example',
      holds: ({ image }) => image === 'genuine',
    },
    starts: {
      kind: 'sometimes',
      says: 'The operating system can run at all.',
      source: 'the requirement of this example',
      witness: ({ running }) => running,
    },
  },
});

import { suite } from 'underwatch';
import { actionOf, defineModel, systemOf, type Setting } from 'underwatch/model';
import { testSuites } from 'underwatch/vitest';
import { expect, test } from 'vitest';
import { mixed } from './counters.ts';

testSuites([mixed], { timeoutMs: 1500 });

interface Light {
  readonly on: boolean;
}
const action = actionOf<Light, Setting<object, never>>();
const light = defineModel({
  id: 'light',
  says: 'a light',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Light => ({ on: false }),
  actions: {
    // JavaScript does not refuse it, as TypeScript would.
    turn: action({
      actor: 'someone',
      says: 'turns it',
      then: ((draft: { on: boolean }) => (draft.on = true)) as () => void,
    }),
  },
  invariants: { off: { kind: 'always', says: 'It is off.', source: 'hope', holds: ({ on }) => !on } },
});

testSuites([
  suite({
    id: 'light',
    says: 'a light',
    model: light,
    claims: {
      RETURNS: { invariant: 'off', expect: 'holds', says: 'A recipe that returns.', source: 'hope' },
    },
  }),
]);

test('a matcher that meets a fault', () => {
  const system = systemOf(light, { without: [], capabilities: [], parameters: {} });
  expect(system).toUphold('off');
});

import { expect, it } from 'vitest';
import { suite } from '../../claim/claim.ts';
import type { ClaimRun } from '../../claim/result.ts';
import { runClaims } from '../../claim/run/run.ts';
import { defineModel } from '../../model/index.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { threadsNote } from './threads-note.ts';

const lamp = defineModel({
  id: 'lamp',
  says: 'a lamp',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ on: false }),
  actions: {
    turn: {
      actor: 'user',
      says: 'turns it',
      then: (draft: { on: boolean }) => {
        draft.on = !draft.on;
      },
    },
  },
  invariants: {
    dark: {
      kind: 'within',
      says: 'is soon dark',
      source: 'test',
      steps: 2,
      given: ({ on }: { readonly on: boolean }) => on,
      responds: ({ on }) => !on,
    },
  },
});
const lampSuite = suite({
  id: 'lamp',
  says: 'of a lamp',
  model: lamp,
  claims: { DARK: { invariant: 'dark', expect: 'holds', says: 'is soon dark', source: 'test' } },
});

it('names large searches that had one thread, and no others', async () => {
  const run = await runClaims([...doorSuite.claims, ...lampSuite.claims]);
  expect(threadsNote(run, 2)).toBe(undefined);
  const large: ClaimRun = { ...run, searches: run.searches.map((search) => ({ ...search, states: 1e6 })) };
  expect(threadsNote(large, 1)).toBe(undefined);
  expect(threadsNote(large, 2)).toBe(
    '--threads 2: one thread alone asks about steps and waiting times, of 1 claim: DARK',
  );
});

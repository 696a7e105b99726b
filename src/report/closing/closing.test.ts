import { expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { suite, type Claim } from '../../claim/claim.ts';
import { defineModel } from '../../model/index.ts';
import { claimsReport } from '../document.ts';
import type { StopEntry } from '../report.ts';

interface Safe {
  readonly open: boolean;
  readonly alarm: boolean;
  readonly empty: boolean;
}

type Defence = 'lock' | 'alarm' | 'paint';

const safe = defineModel({
  id: 'safe',
  says: 'a safe that somebody empties',
  defences: { lock: 'it is locked', alarm: 'opening it rings', paint: 'it is red' },
  capabilities: {},
  parameters: {},
  initial: (): Safe => ({ open: false, alarm: false, empty: false }),
  actions: {
    open: {
      actor: 'thief',
      says: 'opens it',
      when: (state: Safe, _: object, { defends }: { defends: (name: Defence) => boolean }) =>
        !state.open && !defends('lock'),
      then: (
        draft: { open: boolean; alarm: boolean },
        _: object,
        { defends }: { defends: (name: Defence) => boolean },
      ) => {
        draft.open = true;
        draft.alarm = defends('alarm');
      },
    },
    empty: {
      actor: 'thief',
      says: 'empties it',
      when: (state: Safe) => state.open && !state.alarm,
      then: (draft: { empty: boolean }) => {
        draft.empty = true;
      },
    },
  },
  invariants: {
    full: { kind: 'always', says: 'it is full', source: 'here', holds: (state: Safe) => !state.empty },
  },
});

const { claims } = suite({
  id: 'safes',
  says: 'what empties a safe',
  model: safe,
  claims: {
    EMPTIED: {
      invariant: 'full',
      without: ['lock', 'alarm', 'paint'],
      expect: 'violated',
      says: 'a',
      source: 'here',
    },
    LOCKED: { invariant: 'full', without: ['paint', 'alarm'], expect: 'holds', says: 'b', source: 'here' },
    GUARDED: { invariant: 'full', expect: 'holds', says: 'c', source: 'here' },
  },
});

const stopsIn = async (those: readonly Claim[]): Promise<readonly StopEntry[] | undefined> => {
  const run = await runClaims(those);
  const report = claimsReport(run, {
    run: { engine: 'exhaustive', seed: 1, limits: {} },
    clocked: { startedAt: new Date(0), durationMs: 1 },
    reproduce: () => '',
    among: claims,
  });
  return report.claims[0]?.stops;
};

it('says which defences stop an attack, where, and which claims prove that nothing else gets through', async () => {
  expect(await stopsIn(claims)).toEqual([
    { defence: 'alarm', says: 'opening it rings', partsAt: 1, text: 'opens it', refusedAt: 2 },
    { defence: 'lock', says: 'it is locked', partsAt: 1, refusedAt: 1, claims: ['LOCKED'] },
  ]);
});

it('says the same whichever of the claims are run', async () => {
  expect(await stopsIn(claims.slice(0, 1))).toEqual(await stopsIn(claims));
});

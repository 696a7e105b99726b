import type { Draft } from 'immer';
import { explore } from 'underwatch';
import { systemOf } from 'underwatch/model';
import 'underwatch/vitest';
import { describe, expect, test } from 'vitest';
import { smram } from '../../models/platform/smram/model.ts';
import type { Smram } from '../../models/platform/smram/state.ts';
import { ignoring, mutantOf, type AnyThen } from '../testing/mutants.ts';
import { client, everyPower } from './adversary.ts';

interface Defect {
  readonly says: string;
  readonly kills: readonly (keyof typeof smram.invariants)[];
  readonly action: keyof typeof smram.actions;
  readonly spoil: (original: AnyThen) => AnyThen;
}

const afterwards =
  (change: (draft: Draft<Smram>) => void) =>
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    original(draft, choice, setting);
    change(draft);
  };

/** Mistakes that firmware, hardware or a handler could make, each in one action, with everything locked. */
const DEFECTS: readonly Defect[] = [
  {
    says: 'the handler forgets to look at pointers',
    kills: ['I-SMRAM', 'I-HANDLER', 'I-KEY'],
    action: 'serve',
    spoil: ignoring('checksPointers'),
  },
  {
    says: 'a store outside SMM leaves a line in the cache in spite of SMRR',
    kills: ['I-SMRR', 'I-HANDLER'],
    action: 'store',
    spoil: afterwards((draft) => {
      draft.cores[0]!.line = 'adversary';
    }),
  },
  {
    says: 'resume forgets the locks',
    kills: ['I-LOCKED', 'I-SMRAM', 'I-KEY'],
    action: 'resume',
    spoil: (original) => (draft, choice, setting) => {
      const state: Draft<Smram> = draft;
      const { bootScript } = state;
      state.bootScript = 'adversary';
      original(draft, choice, setting);
      state.bootScript = bootScript;
    },
  },
  {
    says: 'a core starts at 38000h after all',
    kills: ['I-AVAILABLE'],
    action: 'raise',
    spoil: afterwards((draft) => {
      draft.cores[1]!.smbase = '30000h';
    }),
  },
  {
    says: 'SMRR is forgotten when the machine resumes',
    kills: ['I-SMRR', 'I-SMRAM', 'I-HANDLER', 'I-KEY'],
    action: 'resume',
    spoil: afterwards((draft) => {
      for (const core of draft.cores) core.smrrValid = false;
    }),
  },
  {
    says: 'no core comes back from the handler',
    kills: ['I-SERVES'],
    action: 'serve',
    spoil: () => () => {},
  },
];

const scenario = { without: [], capabilities: everyPower, parameters: client as never };

describe('every invariant about SMRAM is killed by a seeded defect, and holds without it', () => {
  test.each(DEFECTS.flatMap((defect) => defect.kills.map((id) => [defect.says, id, defect] as const)))(
    '%s: %s',
    (_says, id, { action, spoil }) => {
      const { verdicts } = explore(systemOf(mutantOf(smram, action, spoil), scenario), { invariants: [id] });
      expect(verdicts[id]?.kind).toBe('violated');
    },
  );

  test('without a defect all of them hold', () => {
    const { verdicts } = explore(systemOf(smram, scenario), { invariants: Object.keys(smram.invariants) });
    expect(Object.values(verdicts).map(({ kind }) => kind)).toEqual(
      Object.keys(smram.invariants).map(() => 'holds'),
    );
  });

  test('none is left out', () => {
    const killed = new Set<string>(DEFECTS.flatMap(({ kills }) => kills));
    expect(Object.keys(smram.invariants).filter((id) => !killed.has(id))).toEqual([]);
  });
});

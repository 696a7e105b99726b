import type { Draft } from 'immer';
import { explore } from 'underwatch';
import { systemOf } from 'underwatch/model';
import { expect, test } from 'vitest';
import { biosFlash } from '../../models/platform/flash/model.ts';
import type { BiosFlash } from '../../models/platform/flash/state.ts';
import { mutantOf, type AnyThen } from '../testing/mutants.ts';

const forgetsBioswe =
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    const state: Draft<BiosFlash> = draft;
    const { BIOS_CNTL } = state.chipset;
    original(draft, choice, setting);
    state.chipset.BIOS_CNTL = BIOS_CNTL;
  };

const staysPending =
  (original: AnyThen): AnyThen =>
  (draft, choice, setting) => {
    const state: Draft<BiosFlash> = draft;
    original(draft, choice, setting);
    state.cores[0] = 'in flight';
  };

const scenario = {
  without: ['smmBwp', 'protectedRanges'],
  capabilities: ['registers', 'flash'],
  parameters: { cores: 1 },
};

test.each([
  ['the handler forgets to clear BIOSWE', 'I-FLASH', 'handle', forgetsBioswe],
  ['the handler forgets to clear BIOSWE', 'I-TAKEN-BACK', 'handle', forgetsBioswe],
  ['another SMI comes as soon as one is handled', 'I-TAKEN-BACK', 'handle', staysPending],
  ['no core ever comes to an instruction boundary', 'I-HANDLED', 'enter', (): AnyThen => () => {}],
] as const)('%s: %s', (_says, id, action, spoil) => {
  const verdict = (model: Parameters<typeof systemOf>[0]): string | undefined =>
    explore(systemOf(model, scenario), { invariants: [id] }).verdicts[id]?.kind;
  expect(verdict(biosFlash)).toBe('holds');
  expect(verdict(mutantOf(biosFlash, action, spoil))).toBe('violated');
});

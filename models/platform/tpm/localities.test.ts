import { expect, test } from 'vitest';
import {
  ALL_ONES,
  beganAtOnes,
  chain,
  extendPcr,
  hashSequence,
  mayExtend,
  resetTpm,
  ZERO,
} from './localities.ts';

const wants = [chain(ZERO, 'SL'), chain(ZERO, 'SL', 'SK')];

test('a chain is the fold of its extends, and shows where it began', () => {
  expect(chain(ZERO, 'SL', 'SK')).toBe('H(H(0 | SL) | SK)');
  expect(beganAtOnes(chain(ALL_ONES, 'SL'))).toBe(true);
  expect(beganAtOnes(chain(ZERO, 'SL'))).toBe(false);
});

test('a chain that nobody wants to see never becomes one that somebody does', () => {
  expect(extendPcr(ZERO, 'SL', wants)).toBe('H(0 | SL)');
  expect(extendPcr('H(0 | SL)', 'SK', wants)).toBe('H(H(0 | SL) | SK)');
  expect(extendPcr(extendPcr(ZERO, 'SK', wants), 'SL', wants)).toBe('0…');
  expect(extendPcr(ALL_ONES, 'SL', wants)).toBe('-1…');
  expect(extendPcr('-1…', 'SL', wants)).toBe('-1…');
});

test('locality 4 alone begins PCR 17 at 0, if the TPM is free', () => {
  const tpm = { pcr0: ZERO, pcr17: ALL_ONES, busy: true };
  hashSequence(tpm, 'SL', wants);
  expect(tpm.pcr17).toBe(ALL_ONES);
  tpm.busy = false;
  hashSequence(tpm, 'SL', wants);
  expect(tpm.pcr17).toBe('H(0 | SL)');
  resetTpm(tpm);
  expect(tpm).toEqual({ pcr0: ZERO, pcr17: ALL_ONES, busy: false });
});

test('localities 2 to 4 extend PCR 17, everyone a static PCR', () => {
  const all = [0, 1, 2, 3, 4] as const;
  expect(all.filter((locality) => mayExtend('pcr17', locality))).toEqual([2, 3, 4]);
  expect(all.filter((locality) => mayExtend('pcr0', locality))).toEqual([...all]);
});

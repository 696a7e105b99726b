import { expect, test } from 'vitest';
import { atom, textOf } from '../crypto/index.ts';
import { extend, extended, PCR_RESET, quote, wentThrough } from './index.ts';

const handler = atom('Handler');
const key = atom('K_smm');

test('a measured boot leaves the fold of its extends, in their order', () => {
  expect(textOf(extended(handler, key))).toBe('H(H(0 | Handler) | K_smm)');
  expect(textOf(extended(key, handler))).toBe('H(H(0 | K_smm) | Handler)');
});

test('an extend goes through every value before it, and back to none', () => {
  const pcr = extended(handler, key);
  const longer = extend(pcr, handler);
  expect(wentThrough(longer, pcr)).toBe(true);
  expect(wentThrough(longer, PCR_RESET)).toBe(true);
  expect(wentThrough(pcr, longer)).toBe(false);
  expect(wentThrough(pcr, pcr)).toBe(false);
});

test('a quote is the PCR with a nonce under the AIK', () => {
  expect(textOf(quote('K_AIK', extended(handler, key), atom('q'), 'here'))).toBe(
    '{H(H(0 | Handler) | K_smm) | q}K_AIK⁻¹',
  );
});

/** A configuration with proofs and an attack, of some seconds. */
export const CONFIG = `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, defineModel, integers, suite } from 'underwatch';

const wheelsOf = (id, digits) => defineModel({
  id, says: 'wheels that turn', defences: { catch: 'a wheel that stays' }, capabilities: {}, parameters: {},
  initial: () => ({ at: Array.from({ length: 5 }, () => 0) }),
  actions: {
    turn: {
      actor: 'user', says: 'turns a wheel', choose: { wheel: integers(0, 4) },
      when: (s, { wheel }, x) => wheel !== 4 || !x.defends('catch'),
      then: (d, { wheel }) => { d.at[wheel] = (d.at[wheel] + 1) % digits; },
    },
  },
  invariants: {
    shut: { kind: 'always', says: 'is never open', source: 'test', holds: (s) => s.at[3] < 2 || s.at[4] < 2 },
  },
});
const small = wheelsOf('small', 5);
const large = wheelsOf('large', 14);
const claim = { invariant: 'shut', expect: 'holds', says: 'is never open', source: 'test' };
export default defineConfig({
  suites: [
    suite({ id: 'first', says: 'a small one', model: small, claims: {
      SHUT: claim,
      OPEN: { ...claim, without: ['catch'], expect: 'violated', length: 4 },
    } }),
    suite({ id: 'second', says: 'a large one', model: large, claims: { LONG: claim } }),
    suite({ id: 'third', says: 'another small one', model: small, claims: { AGAIN: { ...claim, limits: { maxStates: 500 }, expect: 'unresolved' } } }),
  ],
});
`;

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastestNextState, nextState, orAdds, runCandidate } from './index.ts';

const SKYLAKE = { multiply: 3, add: 1, logic: 1 };
const word = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('is there a faster way from one state to the next?', () => {
  it('not for all states: 5 cycles is the least of all sequences of up to four operations', () => {
    const found = fastestNextState({ residue: null, latencies: SKYLAKE, operations: 4 });
    expect(found).toEqual({
      steps: [
        { kind: 'multiply', a: 0, b: 0 },
        { kind: 'or-constant', a: 1, constant: 5n },
        { kind: 'add', a: 0, b: 2 },
      ],
      latency: 5,
    });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('4 cycles, and no less, when the state is %i modulo 8', (residue) => {
    const found = fastestNextState({ residue, latencies: SKYLAKE, operations: 3 })!;
    expect(found.latency).toBe(4);
    expect(found.steps).toContainEqual({ kind: 'add-constant', a: 0, constant: BigInt(orAdds(residue)) });
    fc.assert(
      fc.property(word, (any) => {
        const state = any - (any % 8n) + BigInt(residue);
        expect(runCandidate(found, state, 64)).toBe(nextState(state, 64));
      }),
    );
  });

  it('nothing is found where there is nothing: two operations do not suffice', () => {
    expect(fastestNextState({ residue: null, latencies: SKYLAKE, operations: 2 })).toBeUndefined();
  });
});

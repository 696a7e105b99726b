import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assemble,
  compareRates,
  machines,
  rate,
  steadyState,
  threadsBound,
  threadsSteadyState,
} from './index.ts';
import { kernels } from './testing/kernels.ts';

const { northwood, prescott } = machines;
const chain = assemble('imul rax, rbx');
/** Six additions that need nothing of each other: two cycles of a front end of three. */
const wide = assemble(
  'lea rax, [rbx + 1]\nlea rcx, [rbx + 1]\nlea rdx, [rbx + 1]\nlea rsi, [rbx + 1]\nlea rdi, [rbx + 1]\nlea r9, [rbx + 1]',
);
/** The same by the one unit that takes logic, two each cycle. */
const logic = assemble('and rax, 1\nand rcx, 1\nand rdx, 1\nand rsi, 1');

describe('two threads of a core', () => {
  it('that wait for results of their own take no longer than one', () => {
    expect(steadyState(prescott, chain)).toEqual(rate(10, 1));
    expect(threadsSteadyState(prescott, chain, chain)).toEqual(rate(10, 1));
  });

  it('that fill the front end take as long as both, one after the other', () => {
    expect(steadyState(prescott, wide)).toEqual(rate(2, 1));
    expect(threadsSteadyState(prescott, wide, wide)).toEqual(rate(4, 1));
  });

  it('that need the same unit share it', () => {
    expect(steadyState(prescott, logic)).toEqual(rate(2, 1));
    expect(threadsSteadyState(prescott, logic, logic)).toEqual(rate(4, 1));
  });

  it('that suit each other take as long as the slower: one computes while the other waits', () => {
    expect(threadsSteadyState(prescott, chain, wide)).toEqual(rate(10, 1));
    expect(threadsSteadyState(prescott, wide, chain)).toEqual(rate(10, 1));
  });

  it('are never faster than the bound', () => {
    const machine = fc.constantFrom(prescott);
    fc.assert(
      fc.property(machine, kernels, kernels, (on, first, second) => {
        const [found, bound] = [threadsSteadyState(on, first, second), threadsBound(on, first, second)];
        expect(compareRates(found, bound)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it('refuse what the machine has no timing of', () => {
    expect(() => threadsSteadyState(northwood, assemble('call rbx'), chain)).toThrow('UW802');
  });
});

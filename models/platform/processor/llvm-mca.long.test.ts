import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cyclesOf,
  haswellInLlvm,
  ratePerIteration,
  skylakeInLlvm,
  steadyState,
  type Machine,
} from './index.ts';
import { kernels } from './testing/kernels.ts';
import { lacksLlvmMca, llvmMcaCycles, llvmMcaVersion } from './testing/llvm-mca.ts';

const BODIES = fc.sample(kernels, { numRuns: 240, seed: 20_260_101 });
const [FEW, MANY] = [100, 300];

const version = llvmMcaVersion();

/**
 * The tables here are those of LLVM 14. Of what is compared, LLVM 19 has one number otherwise: RCR takes 2,
 * not 3.
 */
const asOf = (machine: Machine): Machine => {
  const rotate = machine.timings['rotate-carry'];
  if (version?.startsWith('14.') === true || rotate === undefined) return machine;
  return { ...machine, timings: { ...machine.timings, 'rotate-carry': { ...rotate, latency: 2 } } };
};

const haswell = asOf(haswellInLlvm);
const skylake = asOf(skylakeInLlvm);
const CASES: readonly (readonly [string, Machine, string, number | undefined])[] = [
  ['Haswell', haswell, 'haswell', undefined],
  ['Skylake', skylake, 'skylake', undefined],
  ['Skylake, 4 micro-operations a cycle', { ...skylake, dispatchWidth: 4 }, 'skylake', 4],
];

describe.skipIf(lacksLlvmMca())(`the simulator beside llvm-mca ${version ?? 'of no version'}`, () => {
  it.each(CASES)(
    '%s: 240 kernels, cycle by cycle, and their steady state within 1 %',
    (_, machine, cpu, width) => {
      const [few, many] = [FEW, MANY].map((iterations) => llvmMcaCycles(cpu, BODIES, iterations, width));
      expect(BODIES.map((body) => cyclesOf(machine, body, FEW))).toEqual(few);
      const errors = BODIES.map((body, index) => {
        const theirs = many![index]! - few![index]!;
        const ours = ratePerIteration(steadyState(machine, body)) * (MANY - FEW);
        // Between two whole numbers of cycles lies up to one more, however long the run.
        return Math.max(0, Math.abs(ours - theirs) - 1) / theirs;
      });
      expect(Math.max(...errors)).toBeLessThanOrEqual(0.01);
    },
  );
});

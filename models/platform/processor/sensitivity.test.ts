import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclesOf, formOf, haswellInLlvm, type Form, type Machine, type Timing } from './index.ts';
import { kernels } from './testing/kernels.ts';

const BODIES = fc.sample(kernels, { numRuns: 240, seed: 20_260_101 });
const ITERATIONS = 30;
const FORMS = [...new Set(BODIES.flat().map(formOf))].toSorted();

const withTiming = (form: Form, change: (timing: Timing) => Timing): Machine => ({
  ...haswellInLlvm,
  timings: { ...haswellInLlvm.timings, [form]: change(haswellInLlvm.timings[form]!) },
});

/**
 * Whether some kernel takes another number of cycles on a machine than on the one that is held against
 * llvm-mca.
 */
const isNoticed = (machine: Machine): boolean =>
  BODIES.some((body) => cyclesOf(machine, body, ITERATIONS) !== cyclesOf(haswellInLlvm, body, ITERATIONS));

describe('the kernels would notice a wrong number', () => {
  it('all forms of the table but jumps are in them', () => {
    const tabled = Object.keys(haswellInLlvm.timings).filter((form) => !form.startsWith('jump'));
    expect(FORMS).toEqual(tabled.toSorted());
  });

  it.each(FORMS.filter((form) => form !== 'branch' && form !== 'store'))('a latency of %s', (form) => {
    expect(isNoticed(withTiming(form, (timing) => ({ ...timing, latency: timing.latency + 1 })))).toBe(true);
  });

  it.each(FORMS)('the micro-operations of %s', (form) => {
    const change = (timing: Timing): Timing => ({
      ...timing,
      uops: timing.uops + 1,
      entries: timing.entries + 1,
    });
    expect(isNoticed(withTiming(form, change))).toBe(true);
  });

  it.each(FORMS)('a unit of %s that is held a cycle longer', (form) => {
    const change = (timing: Timing): Timing => ({
      ...timing,
      uses: timing.uses.map((use) => ({ ...use, ticks: use.ticks + 1 })),
    });
    expect(isNoticed(withTiming(form, change))).toBe(true);
  });

  it.each<readonly [string, Partial<Machine>]>([
    ['a dispatch width', { dispatchWidth: 5 }],
    ['a scheduler', { schedulerEntries: 40 }],
    ['a reorder buffer', { reorderEntries: 100 }],
    ['stores out of order', { storesInOrder: false }],
    ['a stack engine', { stackPointerLatency: 0 }],
    ['fused loads', { foldedLoadUops: 0 }],
    ['fused stores', { foldedStoreUops: 0 }],
  ])('%s that is another', (_, change) => {
    expect(isNoticed({ ...haswellInLlvm, ...change })).toBe(true);
  });
});

import { VMM_CYCLES, type CycleCost } from '../processor/index.ts';

/**
 * The benchmark of 2005 as it was reported: iterations between two ticks of the guest, and the processor's
 * clock.
 */
export const BENCHMARK = {
  iterations: 200_000,
  /** The range of "about": values that would still be written so, with two digits and with one. */
  twoDigits: { least: 195_000, most: 205_000 },
  oneDigit: { least: 150_000, most: 250_000 },
  tickCycles: 1_800_000,
  source: 'the blog post of 2005: 1.8 GHz, about 200000 iterations in a millisecond',
} as const;

/** Other work in a millisecond: something that a hosted VMM does, how often, and its cost. */
interface TickWork {
  readonly says: string;
  readonly times: number;
  readonly cycles: CycleCost;
}

const ASPLOS = 'Adams and Agesen, ASPLOS 2006 (Pentium 4 672, 3.8 GHz)';
const WORKSTATION = 'Sugerman, Venkitachalam, Lim, USENIX 2001 (Pentium III, 733 MHz)';

/**
 * The other work between two ticks of a guest with a thousand of them a second: the timer interrupt and its
 * handler, accesses to timer and interrupt controller, and a switch to the host's world and back for each of
 * the host's own interrupts. The figures are of other processors; cycles, not microseconds, are carried over.
 * Each is taken at the most that is known.
 */
const TICK_WORK: readonly TickWork[] = [
  {
    says: 'the timer interrupt through the translated kernel, as a page fault takes it, and back',
    times: 1,
    cycles: { least: 889, most: 3927, basis: 'recalled', source: `${ASPLOS}: #DE native, #PF under the VMM` },
  },
  {
    says: 'an access of its handler to a port: three of the timer, four of the interrupt controller',
    times: 7,
    cycles: {
      least: VMM_CYCLES.inTranslationCache,
      most: VMM_CYCLES.trapAndEmulate,
      basis: 'recalled',
      source: `${ASPLOS}: IN, and an instruction that traps; 0.78 us are 572 cycles of ${WORKSTATION}`,
    },
  },
  {
    says: 'to the host and back: its own timer, and the one that it runs for the guest',
    times: 2,
    cycles: {
      least: 0,
      most: 16_639,
      basis: 'derived',
      source: `22.7 us for a packet's whole way through the host, ${WORKSTATION}`,
    },
  },
];

/** Cycles of a tick that do not belong to the loop, at the most that is known. */
export const mostTickWorkCycles = (): number =>
  TICK_WORK.reduce((sum, { times, cycles }) => sum + times * cycles.most, 0);

/**
 * Cycles of a tick that would have to be spent elsewhere for a loop of so many cycles to be counted so often.
 */
export const elsewhereCycles = (loopCycles: number, iterations: number = BENCHMARK.iterations): number =>
  BENCHMARK.tickCycles - loopCycles * iterations;

/**
 * Whether a loop of so many cycles can have been counted so often: no more than fits, and the rest of it is
 * accounted for.
 */
export const canBeCounted = (
  loopCycles: number,
  { least, most }: { readonly least: number; readonly most: number },
): boolean =>
  elsewhereCycles(loopCycles, least) >= 0 && elsewhereCycles(loopCycles, most) <= mostTickWorkCycles();

import { rate, type Rate } from '../../platform/processor/index.ts';
import { BLOCK } from './sides.ts';

/** The link over which values go from one side to the other. */
export interface Link {
  readonly id: 'processors' | 'threads';
  /** Cycles between two lines, when many are requested ahead. */
  readonly lineCycles: number;
  /**
   * Cycles from the request for a line that the other side has written until it arrives, when nothing was
   * requested ahead.
   */
  readonly hopCycles: { readonly least: number; readonly most: number };
  readonly source: string;
}

/**
 * Two Prescotts on a bus of 200 MHz: 64 bytes at 6.4 GB/s are 28 cycles of 2.8 GHz. Nobody at hand measured a
 * line that another processor has altered; 12 cycles to the bus and back, and 6 to 12 bus cycles of 14, are
 * what memory takes there.
 */
export const BUS: Link = {
  id: 'processors',
  lineCycles: 28,
  hopCycles: { least: 96, most: 180 },
  source:
    'Intel, IA-32 optimization manual, 2-52 (6.4 GB/s at 200 MHz), 1-20 (12 processor cycles; 6 to 12 bus cycles)',
};

/**
 * Two threads of a Prescott: one loads what the other has stored from the first-level cache, or from the
 * second.
 */
export const SHARED_CACHE: Link = {
  id: 'threads',
  lineCycles: 0,
  hopCycles: { least: 4, most: 20 },
  source: 'Intel, IA-32 optimization manual, table 1-1 (models 3 to 6: 4 cycles, and 18 to 20), 1-36 to 1-38',
};

/**
 * The number of iterations after which a side checks how far the other has come, and restarts the ring: three
 * values are 192 KiB.
 */
const RING_ITERATIONS = 8192;

/** The cycles of an iteration that the lines of so many values take. */
export const linkRate = ({ lineCycles }: Link, values: number): Rate => rate(values * lineCycles, BLOCK);

/**
 * The largest cost of a line with which so many values still come as fast as an iteration of `cycles` cycles
 * takes them: 8 iterations a line, divided among the values.
 */
export const mostLineCycles = (cycles: Rate, values: number): number =>
  Math.floor((BLOCK * cycles.cycles) / (cycles.iterations * values));

/**
 * Thousandths of a cycle an iteration for restarting the ring: a look at the other's count, and the first
 * lines again.
 */
export const refillMilliCycles = ({ hopCycles }: Link): number =>
  Math.ceil((1000 * 2 * hopCycles.most) / RING_ITERATIONS);

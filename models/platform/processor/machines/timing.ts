import type { Timing, Use } from '../machine.ts';

const useOf = (text: string): Use => {
  const [units = '', ticks = '1'] = text.split(':');
  return { units, ticks: Number(ticks) };
};

/**
 * A row of a machine's table: latency in ticks, micro-operations, and one entry for each use of a unit:
 * `0156` is one of four for a tick, `06:2` one of two for two ticks.
 */
export const timing = (latency: number, uops: number, ...uses: readonly string[]): Timing => ({
  latency,
  uops,
  entries: uops,
  uses: uses.map(useOf),
});

/**
 * An instruction from the microcode, known only by its cycles: the front end gives nothing else meanwhile.
 * Which units it uses is not published, so it holds none, which favours the code around it.
 */
export const microcoded = (cycles: number, dispatchWidth: number, ticksPerCycle: number): Timing => ({
  latency: cycles * ticksPerCycle,
  uops: cycles * dispatchWidth,
  entries: 1,
  uses: [],
});

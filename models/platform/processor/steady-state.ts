import { Fault } from 'underwatch/model';
import { programText, type Instruction } from './instruction.ts';
import type { Machine } from './machine.ts';
import { advance, describe, startPipeline } from './pipeline.ts';
import { rate, type Rate } from './rational.ts';

/** The number of iterations by which a loop must have settled; one that has not is not modelled here. */
const MOST_ITERATIONS = 20_000;

/** Cycles from the first dispatch until the last instruction of so many iterations has retired. */
export const cyclesOf = (machine: Machine, body: readonly Instruction[], iterations: number): number => {
  const core = startPipeline(machine, body);
  const limit = iterations * body.length;
  do advance(core, limit);
  while (core.dispatched < limit || core.inFlight.length > 0);
  return Math.ceil(core.tick / machine.ticksPerCycle);
};

/**
 * The cycles of a loop body once it has settled, exactly: the core is in the same state again after so many
 * iterations. The body is what one iteration executes, its branches predicted. Fails with UW802 when the
 * machine lacks a timing, with UW803 when the loop does not settle.
 */
export const steadyState = (machine: Machine, body: readonly Instruction[]): Rate => {
  const core = startPipeline(machine, body);
  const seen = new Map<string, { readonly tick: number; readonly dispatched: number }>();
  let iteration = 0;
  // A core that does nothing for so long never will.
  const patience = 100_000;
  let since = 0;
  while (body.length > 0 && iteration < MOST_ITERATIONS && core.tick - since < patience) {
    advance(core, Infinity);
    const next = Math.floor(core.dispatched / body.length);
    if (next > iteration) {
      iteration = next;
      since = core.tick;
      const state = describe(core);
      const before = seen.get(state);
      if (before !== undefined) {
        const cycles = (core.tick - before.tick) / machine.ticksPerCycle;
        return rate(cycles, (core.dispatched - before.dispatched) / body.length);
      }
      seen.set(state, { tick: core.tick, dispatched: core.dispatched });
    }
  }
  throw new Fault('UW803', {
    where: `a loop of ${body.length} instructions on ${machine.name}`,
    expected: `the same state of the core twice in ${MOST_ITERATIONS} iterations`,
    got: 'a different one in each',
    likely: 'an empty body, or one that settles very slowly',
    next: `look at it: ${programText(body).replaceAll('\n', '; ')}`,
  });
};

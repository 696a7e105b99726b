import {
  assemble,
  compareRates,
  rate,
  steadyState,
  uopsOf,
  type Machine,
  type Program,
  type Rate,
} from '../../platform/processor/index.ts';

/**
 * Dispatch slots per iteration that a loop leaves empty on a machine: the most that an attacker could fill.
 */
export const freeSlots = (machine: Machine, body: Program): Rate => {
  const { cycles, iterations } = steadyState(machine, body);
  return rate(machine.dispatchWidth * cycles - uopsOf(machine, body) * iterations, iterations);
};

/** An attacker's instruction beside the checksum: it needs the data pointer, and nothing needs it. */
const SIDE = assemble('lea r11, [rdx + 64]');

/** The loop with so many more instructions after the address is known. */
const withSideWork = (body: Program, count: number): Program => {
  const at = body.findIndex(({ mnemonic }) => mnemonic === 'lea') + 1;
  return [...body.slice(0, at), ...Array.from({ length: count }, () => SIDE).flat(), ...body.slice(at)];
};

/**
 * The number of instructions beside the checksum, up to a limit, that cost nothing on a machine: with that
 * many the loop takes no longer than without, and with one more it does. A simulated time may drop again
 * where more instructions happen to be scheduled better; the first number that costs ends the search.
 */
export const freeInstructions = (machine: Machine, body: Program, most = 40): number => {
  const honest = steadyState(machine, body);
  for (let count = 1; count <= most; count++) {
    if (compareRates(steadyState(machine, withSideWork(body, count)), honest) > 0) return count - 1;
  }
  return most;
};

/**
 * A loop with all free slots of the honest one filled by work beside the checksum: what "leave no free slot"
 * asks of a designer. `body` is the loop to fill, the honest one or an attacker's version of it, which has to
 * do that work too.
 */
export const filledBody = (machine: Machine, honest: Program, body: Program = honest): Program =>
  withSideWork(body, freeInstructions(machine, honest));

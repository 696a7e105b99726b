import {
  chainAcross,
  compareRates,
  largestRate,
  lowerBound,
  rate,
  steadyState,
  threadsBound,
  threadsSteadyState,
  type Machine,
  type Program,
  type Rate,
} from '../../platform/processor/index.ts';
import { flowOf, iterationOf, type Component, type Flow } from './components.ts';
import { linkRate, type Link } from './link.ts';
import {
  BLOCK,
  divisionOf,
  helperIterations,
  helperProgram,
  sumIterations,
  sumProgram,
  type Division,
} from './sides.ts';

/**
 * The fastest division of a loop, the time of each side and of the lines between them, and the number of
 * divisions.
 */
export interface Sharing {
  readonly division: Division;
  readonly sumProgram: Program;
  readonly helperProgram: Program;
  /** Cycles of an iteration: of the slower side, or of the lines. */
  readonly cycles: Rate;
  readonly sumCycles: Rate;
  readonly helperCycles: Rate;
  readonly linkCycles: Rate;
  readonly divisions: number;
  /** The number that had to be simulated: the bound of the others was not below the best found. */
  readonly simulated: number;
}

interface Candidate {
  readonly division: Division;
  readonly link: Rate;
  readonly bound: Rate;
}

const perIteration = ({ cycles, iterations }: Rate): Rate => rate(cycles, iterations * BLOCK);

const subsets = (parts: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** parts.length }, (_, mask) => parts.filter((__, bit) => (mask >> bit) % 2 === 1));

/** Every division that hands something over, each once: the set of parts that the sum's side does itself. */
export const divisionsOf = (flow: Flow): readonly Division[] => {
  const movable = [...flow.components.keys()].filter((part) => part !== flow.sum);
  const all = subsets(movable).map((kept) => divisionOf(flow, [...kept, flow.sum]));
  return all.filter(({ handed }) => handed.length > 0);
};

/** A division with its lower bound: one iteration of each side, without the work done once in a block. */
const candidate = (machine: Machine, flow: Flow, division: Division, by: Link): Candidate => {
  const [ours, theirs] = [sumIterations(flow, division, 1), helperIterations(flow, division, 1)];
  const sides =
    by.id === 'threads'
      ? threadsBound(machine, ours, theirs)
      : largestRate([lowerBound(machine, ours), lowerBound(machine, theirs)]);
  const link = linkRate(by, division.handed.length);
  return { division, link, bound: largestRate([sides, link]) };
};

type Found = Omit<Sharing, 'divisions' | 'simulated'>;

const simulated = (machine: Machine, flow: Flow, { division, link }: Candidate, by: Link): Found => {
  const [ours, theirs] = [sumProgram(flow, division), helperProgram(flow, division)];
  const together = by.id === 'threads' ? perIteration(threadsSteadyState(machine, ours, theirs)) : null;
  const sumCycles = together ?? perIteration(steadyState(machine, ours));
  const helperCycles = together ?? perIteration(steadyState(machine, theirs));
  return {
    division,
    sumProgram: ours,
    helperProgram: theirs,
    sumCycles,
    helperCycles,
    linkCycles: link,
    cycles: largestRate([sumCycles, helperCycles, link]),
  };
};

/**
 * The fastest of all divisions of a loop between a side that keeps the sum and a helper. Complete: candidates
 * are tried in the order of their lower bounds, until the bound is no less than the best found. `among`
 * restricts the candidates. Fails as `steadyState` does.
 */
export const fastestSharing = (
  machine: Machine,
  body: Program,
  link: Link,
  among?: readonly Division[],
): Sharing => {
  const flow = flowOf(machine, iterationOf(body));
  const divisions = among ?? divisionsOf(flow);
  const candidates = divisions
    .map((division) => candidate(machine, flow, division, link))
    .toSorted(
      (a, b) => compareRates(a.bound, b.bound) || a.division.handed.length - b.division.handed.length,
    );
  let best: Found | undefined;
  let count = 0;
  for (const next of candidates) {
    if (best !== undefined && compareRates(next.bound, best.cycles) >= 0) break;
    const found = simulated(machine, flow, next, link);
    count += 1;
    if (best === undefined || compareRates(found.cycles, best.cycles) < 0) best = found;
  }
  return { ...best!, divisions: divisions.length, simulated: count };
};

/**
 * The least time of a loop when one of its chains is cut in two, over all ways to cut it: results then go to
 * the other side and back in each round. `null` if the part cannot be cut.
 */
export const cheapestCut = (
  machine: Machine,
  flow: Flow,
  part: Component,
  hopCycles: number,
): Rate | null => {
  const ways = subsets(part.instructions.slice(1)).filter((elsewhere) => elsewhere.length > 0);
  const rates = ways.map((elsewhere) =>
    chainAcross(
      machine,
      flow.iteration,
      (index) => elsewhere.includes(index),
      hopCycles * machine.ticksPerCycle,
    ),
  );
  return rates.reduce<Rate | null>(
    (least, next) => (least === null || compareRates(next, least) < 0 ? next : least),
    null,
  );
};

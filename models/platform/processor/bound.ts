import type { Resource } from './effects.ts';
import { stepsOf, type Step } from './flow.ts';
import type { Instruction } from './instruction.ts';
import type { Machine } from './machine.ts';
import { compareRates, largestRate, rate, type Rate } from './rational.ts';

/** A dependence: `to` issues at least `ticks` after `from`, which is so many iterations earlier. */
export interface Dependence {
  readonly from: number;
  readonly to: number;
  /** The carrier of the result: a register, the flags, or a place in memory. */
  readonly through: Resource | 'memory';
  readonly ticks: number;
  readonly iterations: number;
}

/** The last step that `writes` before position `to`, in this iteration or else in the one before. */
const lastWriter = (
  steps: readonly Step[],
  to: number,
  through: Dependence['through'],
  writes: (step: Step) => number | undefined,
): Dependence | undefined => {
  for (let back = 1; back <= steps.length; back++) {
    const from = (to - back + steps.length) % steps.length;
    const ticks = writes(steps[from]!);
    if (ticks !== undefined) return { from, to, through, ticks, iterations: from < to ? 0 : 1 };
  }
  return undefined;
};

const dependences = (steps: readonly Step[]): readonly Dependence[] =>
  steps.flatMap(({ reads, cell, loads }, to) => {
    const values = reads.map(({ resource, advance }) => {
      const found = lastWriter(
        steps,
        to,
        resource,
        (step) => step.writes.find((result) => result.resource === resource)?.latency,
      );
      return found === undefined ? undefined : { ...found, ticks: Math.max(0, found.ticks - advance) };
    });
    const stored =
      cell === null || !loads
        ? undefined
        : lastWriter(steps, to, 'memory', (step) =>
            step.stores && step.cell === cell ? step.forward : undefined,
          );
    return [...values, stored].filter((dependence) => dependence !== undefined);
  });

/**
 * A cycle that is slower than `than`, found by relaxing longest paths, as ticks and iterations; undefined if
 * none.
 */
const slowerCycle = (count: number, edges: readonly Dependence[], than: Rate): Rate | undefined => {
  const distance = Array.from({ length: count }, () => 0);
  const via = Array.from<Dependence | undefined>({ length: count });
  let changed: number | undefined;
  for (let round = 0; round <= count; round++) {
    changed = undefined;
    for (const edge of edges) {
      const gain = edge.ticks * than.iterations - edge.iterations * than.cycles;
      if (distance[edge.from]! + gain > distance[edge.to]!) {
        distance[edge.to] = distance[edge.from]! + gain;
        via[edge.to] = edge;
        changed = edge.to;
      }
    }
    if (changed === undefined) return undefined;
  }
  // After as many rounds as there are nodes, walking back leads into the cycle.
  let node = changed!;
  for (let back = 0; back < count; back++) node = via[node]!.from;
  const start = node;
  let [ticks, iterations] = [0, 0];
  do {
    const edge = via[node]!;
    ticks += edge.ticks;
    iterations += edge.iterations;
    node = edge.from;
  } while (node !== start);
  return rate(ticks, iterations);
};

/** The slowest dependency chain round the loop: no scheduler is faster. */
const recurrence = (count: number, edges: readonly Dependence[], ticksPerCycle: number): Rate => {
  let slowest = rate(0, 1);
  for (;;) {
    const slower = slowerCycle(count, edges, slowest);
    if (slower === undefined) return rate(slowest.cycles, slowest.iterations * ticksPerCycle);
    slowest = slower;
  }
};

/** The dependences among the instructions of a loop, with their ticks. Fails with UW802. */
export const dependencesOf = (machine: Machine, body: readonly Instruction[]): readonly Dependence[] =>
  dependences(stepsOf(machine, body));

/**
 * The slowest chain round a loop whose instructions are divided between two processors, if each result that
 * goes from one to the other takes so many ticks more. Fails with UW802.
 */
export const chainAcross = (
  machine: Machine,
  body: readonly Instruction[],
  isElsewhere: (index: number) => boolean,
  hopTicks: number,
): Rate => {
  const edges = dependencesOf(machine, body).map((edge) =>
    isElsewhere(edge.from) === isElsewhere(edge.to) ? edge : { ...edge, ticks: edge.ticks + hopTicks },
  );
  return recurrence(body.length, edges, machine.ticksPerCycle);
};

/**
 * The pressure on execution units: for every set of units that uses are confined to, the ticks of those uses,
 * shared among the units.
 */
const pressure = (steps: readonly Step[], ticksPerCycle: number): Rate => {
  /** By the units that some use may take: the ticks of all such uses. */
  const ticksOn = new Map<string, number>();
  for (const { units, ticks } of steps.flatMap(({ cost }) => cost.uses)) {
    ticksOn.set(units, (ticksOn.get(units) ?? 0) + ticks);
  }
  const unions = new Set<string>();
  for (const units of ticksOn.keys()) {
    for (const union of [...unions, '']) unions.add([...new Set(union + units)].toSorted().join(''));
  }
  return largestRate(
    [...unions].map((union) => {
      const inside = [...ticksOn].filter(([units]) =>
        Array.from(units).every((unit) => union.includes(unit)),
      );
      const ticks = inside.reduce((sum, [, some]) => sum + some, 0);
      return rate(ticks, union.length * ticksPerCycle);
    }),
  );
};

/** The three lower bounds that no scheduler can beat, each in cycles per iteration. */
export interface Bounds {
  readonly dispatch: Rate;
  readonly units: Rate;
  readonly recurrence: Rate;
}

/** The three bounds of a loop body on a machine. Fails with UW802 when the machine lacks a timing. */
export const boundsOf = (machine: Machine, body: readonly Instruction[]): Bounds => {
  const steps = stepsOf(machine, body);
  return {
    dispatch: rate(
      steps.reduce((sum, { cost }) => sum + cost.uops, 0),
      machine.dispatchWidth,
    ),
    units: pressure(steps, machine.ticksPerCycle),
    recurrence: recurrence(steps.length, dependences(steps), machine.ticksPerCycle),
  };
};

/** The lower bound that no scheduler of this machine can beat: the largest of the three. */
export const lowerBound = (machine: Machine, body: readonly Instruction[]): Rate => {
  const { dispatch, units, recurrence: chain } = boundsOf(machine, body);
  return largestRate([dispatch, units, chain]);
};

/** The bottleneck of a loop: which of the three bounds is the largest. */
export const bottleneck = (machine: Machine, body: readonly Instruction[]): keyof Bounds => {
  const bounds = boundsOf(machine, body);
  const names = ['recurrence', 'units', 'dispatch'] as const;
  return names.reduce((worst, name) => (compareRates(bounds[name], bounds[worst]) > 0 ? name : worst));
};

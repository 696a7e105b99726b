import {
  dependencesOf,
  instructionText,
  type Dependence,
  type Machine,
  type Program,
} from '../../platform/processor/index.ts';

/**
 * Instructions of an iteration, by position, that two processors cannot divide among them, and the results
 * they pass on.
 */
export interface Component {
  readonly instructions: readonly number[];
  /** Whether the component is a chain round the loop: one of its results is needed for its own next one. */
  readonly isChain: boolean;
}

/** An iteration as a graph: its inseparable parts, and which part needs which. */
export interface Flow {
  readonly iteration: Program;
  readonly dependences: readonly Dependence[];
  readonly components: readonly Component[];
  /** The component that keeps the sum. */
  readonly sum: number;
}

/** The register in which the sum is kept. */
const SUM = 'r8';
/** Flags and the top of the stack are not values that a store hands to another processor. */
const BY_VALUE = (through: Dependence['through']): boolean =>
  through !== 'flags' && through !== 'memory' && through !== 'rsp';

/** The instructions that each one reaches, along results. */
const reachable = (count: number, edges: readonly (readonly [number, number])[]): readonly Set<number>[] => {
  const reach = Array.from({ length: count }, () => new Set<number>());
  for (const [from, to] of edges) reach[from]!.add(to);
  for (let through = 0; through < count; through++) {
    for (const set of reach) {
      if (set.has(through)) for (const next of reach[through]!) set.add(next);
    }
  }
  return reach;
};

/**
 * The parts of an iteration that stay together: chains round the loop, and instructions that pass on flags or
 * the stack. The iteration is the loop's body without counting down, which both sides do for themselves.
 * Fails with UW802.
 */
export const flowOf = (machine: Machine, iteration: Program): Flow => {
  const dependences = dependencesOf(machine, iteration);
  const edges = dependences.flatMap(({ from, to, through }): (readonly [number, number])[] =>
    // An inseparable pair is modelled as an edge both ways.
    BY_VALUE(through)
      ? [[from, to]]
      : [
          [from, to],
          [to, from],
        ],
  );
  const reach = reachable(iteration.length, edges);
  const together = (a: number, b: number): boolean => a === b || (reach[a]!.has(b) && reach[b]!.has(a));
  const own = reachable(
    iteration.length,
    dependences.map(({ from, to }) => [from, to] as const),
  );
  const components: Component[] = [];
  for (const index of iteration.keys()) {
    if (components.some(({ instructions }) => instructions.includes(index))) continue;
    const instructions = [...iteration.keys()].filter((other) => together(index, other));
    components.push({ instructions, isChain: instructions.some((each) => own[each]!.has(each)) });
  }
  const keeper = iteration.findIndex(({ operands: [to] }) => to?.kind === 'register' && to.name === SUM);
  return {
    iteration,
    dependences,
    components,
    sum: components.findIndex(({ instructions }) => instructions.includes(keeper)),
  };
};

/**
 * A loop's body without the two instructions that count its iterations; the label moves to its first
 * instruction.
 */
export const iterationOf = (body: Program): Program => {
  const counting = ['sub rdi, 1', 'jne begin'];
  const isLoop = body
    .slice(-2)
    .every((instruction, index) => instructionText(instruction) === counting[index]);
  return isLoop ? body.slice(0, -2) : body;
};

import fc from 'fast-check';
import type { System } from '../../../model/index.ts';
import type { Space } from '../../learned-relation/space.ts';
import { createArchive, type Archive } from './archive.ts';
import { createGraph, type Graph, type Way } from './graph.ts';
import { drawFrom, weigher, type Weights } from './weights.ts';

/** A walk: one run over states of a graph, with the way to where it began, and its steps from there on. */
export interface Walk extends Way {
  /** The number of its steps up to where it began; the others were drawn. */
  readonly from: number;
  /** Whether it began in an initial state and was drawn without looking at any other run. */
  readonly fresh: boolean;
}

/** The runs of a system, and the states that they have come by so far. */
export interface Walks {
  readonly arbitrary: fc.Arbitrary<Walk>;
  readonly graph: Graph;
  /** Returns the number of different states on the runs; undefined once some were forgotten. */
  readonly different: () => number | undefined;
}

/** The share of runs that begin anew: one in so many, independent of all others. */
const FRESH = 4;
/** The most steps that a run goes on from a state that was kept. */
const FURTHER = 20;
/** The memory, in bytes, that the states of a graph may take before they are forgotten. */
const MOST_BYTES = 2 ** 28;
// The bytes of a state: its row and its key, what is possible there and where it leads to, and the objects
// around them.
const bytesOf = (space: Space): number => 500 + 6 * space.fields.length + 6 * space.tries.length;

/**
 * Draws the next step of a run: its place among what is possible in its last state; undefined if nothing is.
 */
type Advance = (node: number, weights: Weights, random: fc.Random) => number | undefined;

const placesIn = (graph: Graph, node: number): number[] => graph.enabledIn(node).map((_, place) => place);

/** Draws any step, by weight. */
const anyStep =
  (graph: Graph): Advance =>
  (node, weights, random) => {
    const left = placesIn(graph, node);
    return left.length === 0 ? undefined : drawFrom(left, graph.enabledIn(node), weights, random);
  };

/**
 * Makes steps of a run that return to a state of the run only if every step does: a shortest attack never
 * returns.
 */
const notAgain = (graph: Graph): Advance => {
  const passed = new Set<number>();
  return (node, weights, random) => {
    passed.add(node);
    const left = placesIn(graph, node);
    let first: number | undefined;
    while (left.length > 0) {
      const place = drawFrom(left, graph.enabledIn(node), weights, random);
      if (!passed.has(graph.after(node, place))) return place;
      first ??= place;
    }
    return first;
  };
};

/** Draws a step to a state that is new to the graph, if there is one. */
const newFirst = (graph: Graph): Advance => {
  const any = anyStep(graph);
  return (node, weights, random) => {
    const left = placesIn(graph, node).filter((place) => !graph.isKnown(node, place));
    while (left.length > 0) {
      const place = drawFrom(left, graph.enabledIn(node), weights, random);
      const before = graph.size();
      if (graph.after(node, place) >= before) return place;
    }
    return any(node, weights, random);
  };
};

/** Extends `way` from its end up to `depth` steps, as far as something is possible. */
const goOn = (
  graph: Graph,
  way: Way,
  depth: number,
  advance: Advance,
  weights: Weights,
  random: fc.Random,
): Way => {
  const nodes = [...way.nodes];
  const instances = [...way.instances];
  while (instances.length < depth) {
    const node = nodes.at(-1)!;
    const place = advance(node, weights, random);
    if (place === undefined) break;
    instances.push(graph.enabledIn(node)[place]!);
    nodes.push(graph.after(node, place));
  }
  return { initial: way.initial, instances, nodes };
};

/**
 * Makes a run from an initial state, up to `maxDepth` steps. Half of these go all the way if they can, the
 * others to a depth drawn evenly. Three in four avoid states they have been in; the others do not, for a
 * response may be starved in a circle.
 */
const freshWalk = (graph: Graph, weights: Weights, maxDepth: number, random: fc.Random): Walk => {
  const depth = random.nextInt(0, 1) === 1 ? maxDepth : random.nextInt(1, maxDepth);
  const avoids = random.nextInt(0, 3) > 0;
  const starts = graph.initial();
  const initial = random.nextInt(0, starts.length - 1);
  const way = { initial, instances: [], nodes: [starts[initial]!] };
  const advance = avoids ? notAgain(graph) : anyStep(graph);
  return { ...goOn(graph, way, depth, advance, weights, random), from: 0, fresh: true };
};

/**
 * Makes a run that goes on where something rare is so, by states that no run came by before wherever there
 * are some.
 */
const furtherWalk = (
  graph: Graph,
  archive: Archive,
  weights: Weights,
  maxDepth: number,
  random: fc.Random,
): Walk => {
  const isOpen = (node: number): boolean => graph.depthOf(node) < maxDepth && graph.isOpen(node);
  const any = random.nextInt(0, graph.size() - 1);
  const start = archive.pick(random, isOpen) ?? (isOpen(any) ? any : graph.initial()[0]!);
  const way = graph.wayTo(start);
  const from = way.instances.length;
  const depth = from + random.nextInt(1, Math.min(FURTHER, maxDepth - from));
  return { ...goOn(graph, way, depth, newFirst(graph), weights, random), from, fresh: false };
};

// fast-check knows arbitraries as subclasses only.
class WalkArbitrary extends fc.Arbitrary<Walk> {
  readonly #next: (random: fc.Random) => Walk;

  constructor(next: (random: fc.Random) => Walk) {
    super();
    this.#next = next;
  }

  override generate(random: fc.Random): fc.Value<Walk> {
    return new fc.Value(this.#next(random), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Walk {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<Walk>> {
    return fc.Stream.nil();
  }
}

/**
 * Makes the runs of `system`, of at most `maxDepth` steps, one after the other. One in four is drawn from its
 * random numbers and the system alone. The others go on from states that runs before them came by, so they
 * are the same only if these are: run number n of a seed depends on the n runs before it, and not on what
 * anyone looks for along them.
 */
export const walksOf = (system: System, space: Space, maxDepth: number): Walks => {
  const weightsFor = weigher(system);
  const mostStates = Math.max(1024, Math.floor(MOST_BYTES / bytesOf(space)));
  let isForgetful = false;
  let runs = 0;
  const archive = createArchive(space);
  const graph = createGraph(system, space, archive.add);
  const next = (random: fc.Random): Walk => {
    if (graph.size() >= mostStates) {
      archive.clear();
      graph.clear();
      isForgetful = true;
    }
    const weights = weightsFor(random);
    const fresh = runs % FRESH === 0;
    runs += 1;
    return fresh
      ? freshWalk(graph, weights, maxDepth, random)
      : furtherWalk(graph, archive, weights, maxDepth, random);
  };
  return {
    arbitrary: new WalkArbitrary(next),
    graph,
    different: () => (isForgetful ? undefined : graph.size()),
  };
};

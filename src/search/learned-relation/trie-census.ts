import type { Decision } from './tries/decision.ts';
import type { Space } from './space.ts';

/** The census of some tries: the fields they look at, and their outcomes. */
export interface TrieCensus {
  /**
   * The fields, in their order; those of a second state are numbered on from the first's, and questions about
   * arrays from these.
   */
  readonly reads: readonly number[];
  readonly nodes: number;
  /**
   * The number of ways through the tries. The model's function ran once for each, unless questions about
   * arrays were learned anew.
   */
  readonly leaves: number;
  /** Different outcomes, in the order of first sight. */
  readonly outcomes: readonly number[];
}

const ascending = (numbers: Iterable<number>): readonly number[] => [...numbers].toSorted((a, b) => a - b);

/** Takes the census of all that is known of `tries`. */
export const censusOfTries = ({ forest }: Space, tries: readonly number[]): TrieCensus => {
  const reads = new Set<number>();
  const outcomes = new Set<number>();
  let nodes = 0;
  let leaves = 0;
  const visit = (decision: Decision | undefined): void => {
    if (decision === undefined) return;
    if (decision.kind === 'leaf') {
      leaves += 1;
      outcomes.add(decision.outcome);
      return;
    }
    nodes += 1;
    reads.add(decision.field);
    decision.cases.forEach(visit);
  };
  for (const trie of tries) visit(forest.treeOf(trie));
  return { reads: ascending(reads), nodes, leaves, outcomes: [...outcomes] };
};

/** Returns the fields that a change of an array writes. */
const changedBy = ({ arrayQueries }: Space, number: number): readonly number[] => {
  const read = arrayQueries!.at(number);
  if (read.kind !== 'each') return [];
  return read.elements.flatMap((ways) => ways.flatMap(({ answer }) => answer.map(([field]) => field)));
};

/** Returns the fields that some of `outcomes` write, in their order. */
export const writtenBy = (space: Space, outcomes: readonly number[]): readonly number[] =>
  ascending(
    new Set(
      outcomes.flatMap((outcome) => [
        ...space.effectAt(outcome).filter((_, at) => at % 2 === 0),
        ...space.changesAt(outcome).flatMap((number) => changedBy(space, number)),
      ]),
    ),
  );

/** Whether `field` is a part of changing shape, which is stored and compared as one value. */
export const isOpaque = (space: Space, field: number): boolean =>
  space.valuesOf(field).some((value) => value !== null && typeof value === 'object');

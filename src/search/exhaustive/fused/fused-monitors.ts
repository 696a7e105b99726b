import { pack, type Layout } from '../packing/layout.ts';
import { epochOf, type Space } from '../../learned-relation/space.ts';
import type { Clusters } from './cluster.ts';
import { createFused } from './fused-tries.ts';
import { evaluateLoop, type EvaluateWork } from '../kernel/kernel.ts';
import type { Question } from './monitor-queries.ts';
import { ANSWER, type Monitor } from '../../monitor/monitor.ts';

/**
 * Monitors of states, or of steps, whose tries are fused, with the number of times that each answer was
 * given.
 */
export interface FusedMonitors {
  /**
   * Evaluates the rows of a segment and counts the answers. Stops, and returns where, at a row without an
   * answer and at one that decides a monitor which is open.
   */
  readonly evaluate: (rows: Pick<EvaluateWork, 'segment' | 'from' | 'to'>) => number;
  /**
   * Evaluates one row by walking the tries, and counts the answers; returns the monitors that it decides.
   * Returns undefined, counting nothing, if a trie was learned again: then the monitors have to be fused
   * again.
   */
  readonly evaluateInterpreted: (row: Uint32Array) => readonly Monitor[] | undefined;
  /** Returns the number of rows in which the property of `monitor` was applicable. */
  readonly antecedentsOf: (monitor: Monitor) => number;
  /** Updates which answers are decisive, after a monitor was decided. */
  readonly refresh: () => void;
}

const larger = <A extends Float64Array | Uint8Array>(from: A, into: A): A => {
  into.set(from);
  return into;
};

/** Fuses the questions of each cluster for rows of `layout`. Counts begin at none. */
export const createFusedMonitors = (
  space: Space,
  layout: Layout,
  questions: readonly Question[],
  clusters: Clusters,
): FusedMonitors => {
  // Answer 0 is none, and 1 is kept for nothing at all, as with actions.
  const meanings: (readonly (readonly [Question, number])[])[] = [[], []];
  /** Counts by meaning: how often it was met, and whether it decides a monitor that is open. */
  let answers = new Float64Array(64);
  let decisive = new Uint8Array(64);
  const isDecisive = (meaning: readonly (readonly [Question, number])[]): boolean =>
    meaning.some(([{ monitor }, answer]) => answer === ANSWER.decisive && monitor.verdict === undefined);
  const leafOf = (cluster: number, outcomes: readonly number[]): number => {
    const meaning = outcomes.map(
      (answer, member) => [questions[clusters[cluster]![member]!]!, answer] as const,
    );
    const leaf = meanings.push(meaning) - 1;
    if (leaf >= answers.length) {
      answers = larger(answers, new Float64Array(2 * leaf));
      decisive = larger(decisive, new Uint8Array(2 * leaf));
    }
    decisive[leaf] = isDecisive(meaning) ? 1 : 0;
    return -leaf;
  };
  const epoch = epochOf(space);
  const fused = createFused(
    space.forest,
    layout,
    clusters.map((members) => members.map((member) => questions[member]!.trie)),
    {
      leafOf,
      learn: (cluster, member, row) => {
        questions[clusters[cluster]![member]!]!.learn(row);
        return epochOf(space) === epoch;
      },
    },
  );
  const packed = new Int32Array(layout.words);
  const loop = evaluateLoop(layout.words);
  return {
    evaluate: (rows) => loop({ ...rows, nodes: fused.nodes(), answers, decisive }),
    evaluateInterpreted: (row) => {
      const decided: Monitor[] = [];
      pack(layout, row, packed, 0);
      const leaves = clusters.map((_, cluster) => fused.leafFor(cluster, row, packed));
      if (leaves.includes(0)) return undefined;
      leaves.forEach((leaf) => {
        answers[-leaf]! += 1;
        for (const [{ monitor }, answer] of meanings[-leaf]!) {
          if (answer === ANSWER.decisive && monitor.verdict === undefined) decided.push(monitor);
        }
      });
      return decided;
    },
    antecedentsOf: (wanted) =>
      meanings.reduce((count, meaning, leaf) => {
        const speaks = meaning.some(
          ([{ monitor }, answer]) => monitor === wanted && answer !== ANSWER.notApplicable,
        );
        return speaks ? count + answers[leaf]! : count;
      }, 0),
    refresh: () => {
      meanings.forEach((meaning, leaf) => {
        decisive[leaf] = isDecisive(meaning) ? 1 : 0;
      });
    },
  };
};

import { pack, type Layout } from '../packing/layout.ts';
import { epochOf, type Space } from '../../learned-relation/space.ts';
import type { Clusters } from './cluster.ts';
import { createFused, type Fused } from './fused-tries.ts';
import { lookLoop, type Look } from '../kernel/kernel.ts';
import type { Question } from './monitor-queries.ts';
import { ANSWER, type Monitor } from '../../monitor/monitor.ts';

/** Questions about states, or about steps, fused, with the number of times that each answer was given. */
export interface FusedMonitors {
  readonly evaluate: Look;
  readonly fused: Fused;
  /** How often each combination of answers was met, by number. */
  answers: Float64Array;
  /** Which combinations decide a monitor that is open. */
  decisive: Uint8Array;
  /**
   * Looks at a row of which the loop did not know what to say; returns the monitors it decides. Undefined, and nothing is
   * counted, where something was learned anew: what was fused of that has to be fused anew.
   */
  readonly evaluateInterpreted: (row: Uint32Array) => readonly Monitor[] | undefined;
  /** In how many rows `monitor` had something to say so far. */
  readonly antecedentsOf: (monitor: Monitor) => number;
  /** Marks anew which answers are decisive, after a monitor was decided. */
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
  const isEventful = (meaning: readonly (readonly [Question, number])[]): boolean =>
    meaning.some(([{ monitor }, answer]) => answer === ANSWER.decisive && monitor.verdict === undefined);
  const leafOf = (cluster: number, outcomes: readonly number[]): number => {
    const meaning = outcomes.map(
      (answer, member) => [questions[clusters[cluster]![member]!]!, answer] as const,
    );
    const leaf = meanings.push(meaning) - 1;
    if (leaf >= looks.answers.length) {
      looks.answers = larger(looks.answers, new Float64Array(2 * leaf));
      looks.decisive = larger(looks.decisive, new Uint8Array(2 * leaf));
    }
    looks.decisive[leaf] = isEventful(meaning) ? 1 : 0;
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
  const looks: FusedMonitors = {
    evaluate: lookLoop(layout.words),
    fused,
    answers: new Float64Array(64),
    decisive: new Uint8Array(64),
    evaluateInterpreted: (row) => {
      const decided: Monitor[] = [];
      pack(layout, row, packed, 0);
      const leaves = clusters.map((_, cluster) => fused.leafFor(cluster, row, packed));
      if (leaves.includes(0)) return undefined;
      leaves.forEach((leaf) => {
        looks.answers[-leaf]! += 1;
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
        return speaks ? count + looks.answers[leaf]! : count;
      }, 0),
    refresh: () => {
      meanings.forEach((meaning, leaf) => {
        looks.decisive[leaf] = isEventful(meaning) ? 1 : 0;
      });
    },
  };
  return looks;
};

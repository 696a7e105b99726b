import { pack, type Layout } from '../packing/layout.ts';
import { epochOf, type Space } from '../../learned-relation/space.ts';
import type { Clusters } from './cluster.ts';
import { createFused, type Fused } from './fused-tries.ts';
import { lookLoop, type Look } from '../kernel/kernel.ts';
import type { Question } from './monitor-queries.ts';
import { ANSWER, type Watch } from '../../monitor/monitor.ts';

/** Questions about states, or about steps, fused, with the number of times that each answer was given. */
export interface Looks {
  readonly look: Look;
  readonly fused: Fused;
  /** How often each combination of answers was met, by number. */
  answers: Float64Array;
  /** Which combinations decide a watch that is open. */
  eventful: Uint8Array;
  /**
   * Looks at a row of which the loop did not know what to say; returns the watches it decides. Undefined, and nothing is
   * counted, where something was learned anew: what was fused of that has to be fused anew.
   */
  readonly lookSlowly: (row: Uint32Array) => readonly Watch[] | undefined;
  /** In how many rows `watch` had something to say so far. */
  readonly antecedentsOf: (watch: Watch) => number;
  /** Marks anew which answers are eventful, after a watch was decided. */
  readonly refresh: () => void;
}

const larger = <A extends Float64Array | Uint8Array>(from: A, into: A): A => {
  into.set(from);
  return into;
};

/** Fuses the questions of each cluster for rows of `layout`. Counts begin at none. */
export const createLooks = (
  space: Space,
  layout: Layout,
  questions: readonly Question[],
  clusters: Clusters,
): Looks => {
  // Answer 0 is none, and 1 is kept for nothing at all, as with actions.
  const meanings: (readonly (readonly [Question, number])[])[] = [[], []];
  const isEventful = (meaning: readonly (readonly [Question, number])[]): boolean =>
    meaning.some(([{ watch }, answer]) => answer === ANSWER.event && watch.verdict === undefined);
  const leafOf = (cluster: number, outcomes: readonly number[]): number => {
    const meaning = outcomes.map(
      (answer, member) => [questions[clusters[cluster]![member]!]!, answer] as const,
    );
    const leaf = meanings.push(meaning) - 1;
    if (leaf >= looks.answers.length) {
      looks.answers = larger(looks.answers, new Float64Array(2 * leaf));
      looks.eventful = larger(looks.eventful, new Uint8Array(2 * leaf));
    }
    looks.eventful[leaf] = isEventful(meaning) ? 1 : 0;
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
  const looks: Looks = {
    look: lookLoop(layout.words),
    fused,
    answers: new Float64Array(64),
    eventful: new Uint8Array(64),
    lookSlowly: (row) => {
      const decided: Watch[] = [];
      pack(layout, row, packed, 0);
      const leaves = clusters.map((_, cluster) => fused.leafFor(cluster, row, packed));
      if (leaves.includes(0)) return undefined;
      leaves.forEach((leaf) => {
        looks.answers[-leaf]! += 1;
        for (const [{ watch }, answer] of meanings[-leaf]!) {
          if (answer === ANSWER.event && watch.verdict === undefined) decided.push(watch);
        }
      });
      return decided;
    },
    antecedentsOf: (wanted) =>
      meanings.reduce((count, meaning, leaf) => {
        const speaks = meaning.some(([{ watch }, answer]) => watch === wanted && answer !== ANSWER.silent);
        return speaks ? count + looks.answers[leaf]! : count;
      }, 0),
    refresh: () => {
      meanings.forEach((meaning, leaf) => {
        looks.eventful[leaf] = isEventful(meaning) ? 1 : 0;
      });
    },
  };
  return looks;
};

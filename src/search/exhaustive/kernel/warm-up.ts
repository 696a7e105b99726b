import { evaluateLoop, expandLoop, setLoops, type Evaluate, type ExactLoops, type Expand } from './kernel.ts';
import { CANDIDATE_EXTRA, EXPANDED, INSERTED, LEAF_HEADER, NOTHING, rootAt } from './offsets.ts';
import { tableOf } from '../memory/visited-table.ts';

// Code that is run this often is compiled in the background, by what it has met so far.
const TURNS = 12;
const STATES = 256;
const INSTANCES = 4;
const LOG_SLOTS = 10;
// 0 as it comes from memory where numbers are floating point: the loops make integers of what they get.
const FLOATING = 0.5;
// Two bits of a state choose what a cluster says of it.
const MASK = 3;

/**
 * Makes up a machine: clusters of one node each, that look at every word; the instances of two of them are
 * out of order.
 */
const machineOf = (words: number): { readonly nodes: Int32Array; readonly leaves: Int32Array } => {
  const keeping = Array.from({ length: words }, () => [-1, 0]).flat();
  const changing = keeping.with(0, -256).with(1, 128);
  const leaves = [0, 0];
  const leafOf = (instances: readonly number[], masks: readonly number[]): number => {
    const at = leaves.length;
    const entries = instances.flatMap((instance) => [instance, ...masks]);
    leaves.push(0, at + LEAF_HEADER + entries.length, instances[0]!, instances.at(-1)!, ...entries);
    return -at;
  };
  const first = [leafOf([1, 3], changing), NOTHING, leafOf([1], keeping), 0];
  const second = [leafOf([0, 2], changing), NOTHING, NOTHING, NOTHING];
  const clusters = Array.from({ length: Math.max(2, words) }, (_, cluster) =>
    cluster === 0 ? first : cluster === 1 ? second : [NOTHING, NOTHING, NOTHING, NOTHING],
  );
  const nodes: number[] = [clusters.length, ...clusters.map(() => 0)];
  clusters.forEach((slots, cluster) => {
    nodes[rootAt(cluster)] = nodes.length;
    nodes.push((Math.min(cluster, words - 1) << 5) | (MASK << 10), ...slots);
  });
  return { nodes: Int32Array.from(nodes), leaves: Int32Array.from(leaves) };
};

/** Makes up states, of which the machine does not know the last one. */
const madeUpStates = (words: number): Int32Array =>
  Int32Array.from({ length: STATES * words }, (_, at) => {
    const state = Math.floor(at / words);
    return state === STATES - 1 ? MASK : state % MASK;
  });

const rehearseEvaluate = (evaluate: Evaluate, words: number): void => {
  const { nodes, leaves } = machineOf(words);
  const segment = madeUpStates(words);
  const answers = new Float64Array(leaves.length);
  const decisive = new Uint8Array(leaves.length);
  const work = { segment, from: FLOATING, to: STATES + FLOATING, nodes, answers, decisive };
  for (let turn = 0; turn < TURNS; turn += 1) evaluate(work);
};

const rehearseExpand = (expand: Expand, words: number): void => {
  const { nodes, leaves } = machineOf(words);
  const segment = madeUpStates(words);
  const stride = words + CANDIDATE_EXTRA;
  const enough = new Int32Array((STATES + 1) * INSTANCES * stride);
  const few = new Int32Array(2 * INSTANCES * stride);
  const report = new Float64Array(EXPANDED.length);
  const stuck = new Int32Array(STATES);
  const selfLoops = new Float64Array(INSTANCES);
  const range = { segment, from: FLOATING, to: STATES + FLOATING, first: FLOATING };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const candidates of [enough, few]) {
      report.fill(FLOATING);
      expand({ ...range, nodes, leaves, selfLoops, candidates, room: INSTANCES, stuck, report });
    }
  }
};

const rehearseSet = ({ insert, place }: ExactLoops, words: number, narrow: boolean): void => {
  const stride = words + CANDIDATE_EXTRA;
  // Every state twice: it is new, and then it is known.
  const candidates = Int32Array.from({ length: 2 * STATES * stride }, (_, at) => {
    const state = Math.floor(at / (2 * stride));
    return at % stride < words ? Math.imul(state + 1, 0x9e3779b1) >>> 8 : state;
  });
  const { slots, logSize } = tableOf(LOG_SLOTS, narrow);
  const report = new Float64Array(INSERTED.length);
  const segments = [new Int32Array(STATES * words)];
  const enough = new Int32Array(STATES);
  const few = new Int32Array(STATES / 2);
  const none = new Int32Array(0);
  const range = { candidates, from: FLOATING, to: 2 * STATES + FLOATING, size: FLOATING };
  for (let turn = 0; turn < TURNS; turn += 1) {
    // Now and then the segment is full, or the set.
    const parents = turn % 4 === 1 ? few : enough;
    slots.fill(turn % 8 === 2 ? -1 : 0);
    insert({ ...range, slots, logSize, segments, parents, instances: none, table: none, report });
    slots.fill(turn % 8 === 2 ? -1 : 0);
    place({ segment: candidates, count: STATES + FLOATING, first: FLOATING, slots, logSize });
  }
};

const rehearsed = new Set<unknown>();

/**
 * Warms up the loops of a large search: runs them on made-up states, through all of their text. They are then
 * compiled while the fusing is planned, and not while they go over the first hundred thousand states; and not
 * again when they first meet rare cases. It does nothing to any search.
 */
export const rehearse = (words: number, narrow: boolean, keepsSelfLoops: boolean): void => {
  const expand = expandLoop(words, keepsSelfLoops);
  const loops = setLoops(words, narrow);
  const evaluate = evaluateLoop(words);
  if (!rehearsed.has(expand)) rehearseExpand(expand, words);
  if (!rehearsed.has(loops.insert)) rehearseSet(loops, words, narrow);
  if (!rehearsed.has(evaluate)) rehearseEvaluate(evaluate, words);
  rehearsed.add(expand).add(loops.insert).add(evaluate);
};

import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import type { ExhaustiveOptions } from '../../search/exhaustive/options.ts';
import type { System } from '../../model/index.ts';
import { searchRandomlyInSlices } from '../../search/random/campaign.ts';
import { canDecide } from '../../search/exhaustive/reduction/decides.ts';
import { lengthOf, type ReductionKind, type Verdict } from '../../search/result.ts';
import { exploreSymbolicallyInSlices } from '../../search/symbolic/explore.ts';
import type { SymbolicOptions, SymbolicResult } from '../../search/symbolic/options.ts';
import { drive } from '../engine/drive.ts';
import type { EngineAccount, EngineAnswer } from './account.ts';
import type { Engine, EngineTask } from './engine.ts';
import { searchPlainly } from './plain.ts';

const always = (): true => true;

const answerOf = (verdict: Verdict): EngineAnswer => {
  const trace =
    verdict.kind === 'violated' ? verdict.trace : verdict.kind === 'holds' ? verdict.witness : undefined;
  return { kind: verdict.kind, ...(trace === undefined ? {} : { length: lengthOf(trace), trace }) };
};

const answersOf = (verdicts: { readonly [invariant: string]: Verdict }): EngineAccount['answers'] =>
  Object.fromEntries(Object.entries(verdicts).map(([id, verdict]) => [id, answerOf(verdict)]));

const unordered = { counts: 'fewer', exact: false } as const;
// Tests of their own compare questions about states in which nothing can happen, and about what can still be
// reached, with plain stepping.
const ofPaths: Engine['decides'] = ({ kind }) => kind !== 'no-deadlock' && kind !== 'recovers';
const reducedBy =
  (reduction: ReductionKind): Engine['decides'] =>
  ({ kind }) =>
    canDecide(reduction, kind);

/**
 * Counts with one search that decides nothing and so looks at everything, and decides with another. Paths are
 * longer where orders of steps are left out: such a search is limited by states, not by depth.
 */
const explored =
  (options: ExhaustiveOptions = {}) =>
  async (
    system: System,
    { invariants, maxDepth, maxStates, listening }: EngineTask,
  ): Promise<EngineAccount> => {
    const { reduce = [] } = options;
    const byStates = maxDepth === undefined || reduce.includes('partial-order');
    const limits = byStates ? { maxStates: maxStates + 1 } : { maxDepth };
    const all = await drive(exploreInSlices(system, { ...options, invariants: [], limits }), listening);
    const { verdicts } =
      invariants.length === 0
        ? all
        : await drive(exploreInSlices(system, { ...options, invariants, limits }), listening);
    const { states, transitions, depth, complete } = all;
    return { states, transitions, depth, complete, answers: answersOf(verdicts) };
  };

/** Does the same with sets of states, which are not limited by their number. */
const symbolically = async (
  system: System,
  { invariants, maxDepth, listening }: EngineTask,
): Promise<EngineAccount> => {
  const limits = maxDepth === undefined ? {} : { maxDepth };
  const search = (options: SymbolicOptions): Promise<SymbolicResult> =>
    drive(exploreSymbolicallyInSlices(system, { ...options, limits }), listening);
  const all = await search({ invariants: [] });
  const { verdicts } = invariants.length === 0 ? all : await search({ invariants });
  const { states, transitions, depth, complete } = all;
  return { states, transitions, depth, complete, answers: answersOf(verdicts) };
};

const RANDOM_DEPTH = 50;

const atRandom = async (
  system: System,
  { invariants, maxDepth = RANDOM_DEPTH, seed, runs, listening }: EngineTask,
): Promise<EngineAccount> => {
  const options = { invariants, seed, runs, maxDepth: Math.min(maxDepth, RANDOM_DEPTH) };
  const result = await drive(searchRandomlyInSlices(system, options), listening);
  return { ...result, answers: answersOf(result.verdicts) };
};

/** The engine that the others are compared with. */
export const EXHAUSTIVE: Engine = {
  id: 'exhaustive',
  says: 'every state, by what was learned of the model',
  counts: 'all',
  exact: true,
  appliesTo: always,
  decides: always,
  run: explored(),
};

/** The engines that are compared with exhaustive search. Each is one entry: a new engine is added here. */
export const ENGINES: readonly Engine[] = [
  {
    id: 'plain',
    says: 'every state, with immer and a Set',
    counts: 'all',
    exact: true,
    mostStates: 20_000,
    appliesTo: always,
    decides: ofPaths,
    run: (system, task) => Promise.resolve(searchPlainly(system, task)),
  },
  {
    id: 'random',
    says: 'random runs',
    counts: 'none',
    exact: false,
    appliesTo: always,
    decides: ({ kind }) => kind !== 'recovers',
    run: atRandom,
  },
  {
    id: 'threads',
    says: 'every state, by two threads',
    counts: 'all',
    exact: true,
    appliesTo: always,
    decides: always,
    run: explored({ threads: 2, threadsFrom: 2048, fuseFrom: 1024 }),
  },
  {
    id: 'fused',
    says: 'every state, by loops that are generated for the first few already',
    counts: 'all',
    exact: true,
    appliesTo: always,
    decides: always,
    run: explored({ fuseFrom: 64 }),
  },
  {
    id: 'fingerprints',
    says: 'every state, told apart by fingerprints',
    counts: 'all',
    exact: true,
    appliesTo: always,
    decides: ({ kind }) => kind !== 'recovers',
    run: explored({ states: 'fingerprint' }),
  },
  {
    id: 'symbolic',
    says: 'every state, as sets kept in decision diagrams',
    counts: 'all',
    exact: true,
    appliesTo: always,
    decides: always,
    run: symbolically,
  },
  {
    id: 'symmetry',
    says: 'states that differ in the order of interchangeable parts once',
    counts: 'fewer, no deeper',
    exact: true,
    appliesTo: ({ model }) => model.interchangeable !== undefined,
    decides: reducedBy('symmetry'),
    run: explored({ reduce: ['symmetry'] }),
  },
  {
    id: 'partial-order',
    says: 'one of several orders of steps that lead to the same',
    ...unordered,
    appliesTo: always,
    decides: reducedBy('partial-order'),
    run: explored({ reduce: ['partial-order'] }),
  },
  {
    id: 'both reductions',
    says: 'symmetry and partial order together',
    ...unordered,
    appliesTo: ({ model }) => model.interchangeable !== undefined,
    decides: reducedBy('partial-order'),
    run: explored({ reduce: ['symmetry', 'partial-order'] }),
  },
];

import type { System } from '../../model/index.ts';
import { exploreInSlices } from '../../search/exhaustive/explore.ts';
import { exploreSymbolicallyInSlices } from '../../search/symbolic/explore.ts';
import type { ReductionKind } from '../../search/result.ts';
import { canDecide } from '../../search/exhaustive/reduction/decides.ts';
import { automatically, type Engines } from './auto.ts';
import { drive } from './drive.ts';
import { certified, randomly, repeated } from './random.ts';
import type { EngineResult, SearchOptions } from './searching.ts';

/**
 * Returns the requested reductions that can decide all that is searched for, and a warning of each that
 * cannot.
 */
const reductionsFor = (
  { model }: System,
  { invariants, reduce = [] }: SearchOptions,
): { readonly reduce: readonly ReductionKind[]; readonly warnings: readonly string[] } => {
  const refusal = (reduction: ReductionKind): string | undefined => {
    if (reduction === 'symmetry' && model.interchangeable === undefined)
      return `not reduced by symmetry: model ${model.id} declares nothing interchangeable`;
    const against = invariants.filter((id) => !canDecide(reduction, model.invariants[id]!.kind));
    return against.length === 0
      ? undefined
      : `not reduced by ${reduction}, which cannot decide ${against.join(', ')}`;
  };
  return {
    reduce: reduce.filter((reduction) => refusal(reduction) === undefined),
    warnings: reduce.flatMap((reduction) => refusal(reduction) ?? []),
  };
};

const exhaustively = async (system: System, asked: SearchOptions): Promise<EngineResult> => {
  const { invariants, limits, listening, checkpoint, memory, threads } = asked;
  const { reduce, warnings } = reductionsFor(system, asked);
  const options = {
    invariants,
    limits,
    threads,
    reduce,
    ...memory,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
  const found = await drive(exploreInSlices(system, options), listening);
  const result = { ...found, warnings: [...found.warnings, ...warnings] };
  // A search that ended early may have learned more than it needed: how much more depends on its threads.
  return { result, figures: result.complete ? { userRuns: result.userRuns } : {}, random: {} };
};

const symbolically = async (
  system: System,
  { invariants, limits, listening, strategy = 'levels' }: SearchOptions,
): Promise<EngineResult> => {
  const options = { invariants, limits, strategy };
  const found = await drive(exploreSymbolicallyInSlices(system, options), listening);
  const { exactStates, exactTransitions: _, nodes, userRuns, ...result } = found;
  const exact = Number.isSafeInteger(result.states) ? {} : { exactStates: String(exactStates) };
  return { result, figures: { ...exact, nodes, ...(result.complete ? { userRuns } : {}) }, random: {} };
};

const atRandom = async (system: System, options: SearchOptions): Promise<EngineResult> =>
  certified(system, await randomly(system, options), options.listening);

const ENGINES: Engines = { exhaustive: exhaustively, symbolic: symbolically, random: atRandom };

/** The ways of searching, by name; `auto` chooses from the others. */
export type EngineName = keyof Engines | 'auto';

/**
 * Runs a search with the engine named. A finding of random search is then compared with an exhaustive search
 * for something shorter; with a path, the search only repeats that finding.
 */
export const searchWith = async (
  engine: EngineName,
  system: System,
  options: SearchOptions,
): Promise<EngineResult> => {
  if (engine === 'auto') return automatically(system, options, ENGINES);
  if (engine === 'random' && options.random.path !== undefined)
    return repeated(system, options, options.random.path);
  return ENGINES[engine](system, options);
};

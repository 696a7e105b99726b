import { Fault, type System } from '../../model/index.ts';
import type { Space } from '../learned-relation/space.ts';
import type { Progress } from '../result.ts';
import { evaluateStates } from './batch/commit.ts';
import { boundHit } from './bounds.ts';
import type { Keeper } from './checkpoint/checkpoint.ts';
import { createSearch } from './create-search.ts';
import { runLoop } from './loop.ts';
import type { ExhaustiveOptions } from './options.ts';
import type { Recruiter } from './parallel/recruit.ts';
import { endBy } from './parts/ending.ts';
import { decideRecovery } from './recovery/recover.ts';
import { partialOrderOf } from './reduction/partial-order.ts';
import type { Search } from './search.ts';

/** The extensions of a plain search: a checkpoint, other threads, and time that was spent before. */
export interface Extensions {
  readonly keeper?: Keeper | undefined;
  readonly recruiter?: (search: Search) => Recruiter;
  /** The milliseconds of its time limit that were spent before. */
  readonly spentMs?: number;
}

/** The options of a search without checkpoint, in one thread. */
export type PlainOptions = Omit<ExhaustiveOptions, 'checkpoint' | 'threads' | 'threadsFrom'>;

const NO_WORKERS: Recruiter = { look: () => {}, end: () => {} };

/**
 * Checks that a search has its states. Throws UW202 where it has to find ways back among states that
 * fingerprints forget or symmetry leaves out.
 */
const needStates = ({ store, symmetry, system, monitors }: Search): void => {
  const back = monitors.find(({ kind }) => kind === 'recovers');
  if (back === undefined || (store.memory.states === 'exact' && symmetry === undefined)) return;
  throw new Fault('UW202', {
    where: `model ${system.model.id}, invariant ${back.id}`,
    expected: 'a search that holds every state',
    got: symmetry === undefined ? 'one that holds their fingerprints' : 'one that holds some for others',
    likely: 'it was asked for to save memory',
    next: 'leave the invariant out, or search with all states, exactly',
  });
};

// Initial states that are evaluated before the limits are looked at again.
const INITIAL_STATES = 4096;

/** Evaluates the monitors in the initial states. */
function* evaluateInitial(search: Search, startMs: number): Generator<Progress, void, 'stop' | undefined> {
  const { ending } = search;
  const states = search.store.size;
  for (let from = 0; from < states && ending.bound === undefined; from += INITIAL_STATES) {
    evaluateStates(search, from, Math.min(states, from + INITIAL_STATES));
    if (states <= INITIAL_STATES) return;
    endBy(ending, boundHit(search, startMs));
    if ((yield { states, transitions: 0, depth: 0 }) === 'stop') endBy(ending, 'interrupted');
  }
}

/** Begins a search, with the reduction that was asked for. */
const begin = (system: System, space: Space, options: PlainOptions, startMs: number): Search => {
  const search = createSearch(system, space, options);
  needStates(search);
  if (options.reduce?.includes('partial-order') !== true) return search;
  const isOver = (): boolean => boundHit(search, startMs) !== undefined;
  return { ...search, order: partialOrderOf(system, space, search.monitors, isOver) };
};

/**
 * Searches `space`, which is that of `system`, and returns the search as it ended, for callers that need its
 * states: a census, an export. All others call `explore`. The limits have to make sense.
 */
export function* searchIn(
  system: System,
  space: Space,
  options: PlainOptions,
  { keeper, recruiter, spentMs = 0 }: Extensions = {},
): Generator<Progress, Search, 'stop' | undefined> {
  const beginMs = performance.now() - spentMs;
  const search = begin(system, space, options, beginMs);
  const keptMs = keeper?.resume(search);
  const startMs = beginMs - (keptMs ?? 0);
  if (keptMs === undefined) yield* evaluateInitial(search, startMs);
  yield* runLoop(search, recruiter?.(search) ?? NO_WORKERS, keeper, startMs);
  yield* decideRecovery(search, () => boundHit(search, startMs));
  return search;
}

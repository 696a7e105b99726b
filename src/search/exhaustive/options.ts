import { Fault, type System } from '../../model/index.ts';
import { needInvariants, needOptions, type OptionKind } from '../check-options.ts';
import { checkLimits } from '../limits.ts';
import { checkThreads } from '../threads.ts';
import type { Limits, ReductionKind } from '../result.ts';
import type { Memory } from './store/store.ts';

/**
 * The checkpoint of a search while it goes on. A search whose file is there continues from it, and finds what
 * it would have found without a break. The file stays when the search is through. Without a file nothing is
 * kept meanwhile.
 */
export interface CheckpointOptions {
  readonly file?: string;
  /**
   * The file for the proof, once the search is through: the states at which it ran functions of the model.
   */
  readonly proof?: string;
  /** The duration below which a search leaves no proof; each leaves one if not given. */
  readonly proofFromMs?: number;
  /**
   * The least time between two checkpoints; 60 seconds if not given. A search that is told to stop always
   * keeps its position.
   */
  readonly everyMs?: number;
  /** A listener to UW313: a checkpoint could not be written. The search goes on without it. */
  readonly onTrouble?: (fault: Fault) => void;
}

/** The goals and limits of an exhaustive search. */
export interface ExhaustiveOptions {
  /** The invariants to decide; all of the model's if not given. */
  readonly invariants?: readonly string[];
  readonly limits?: Limits;
  /** Whether to look at every state even when all invariants are decided. */
  readonly toTheEnd?: boolean;
  /**
   * The number of threads to search with; the result is the same for any number. One if not given, four at
   * most.
   */
  readonly threads?: number;
  /**
   * The number of states from which on more threads are taken in: they take time to start. 65,536 if not
   * given.
   */
  readonly threadsFrom?: number;
  /**
   * The number of states from which on tries are fused and walked by generated loops, which fewer do not pay
   * for. 16,384 if not given.
   */
  readonly fuseFrom?: number;
  /**
   * The length of arrays from which on they are asked as a whole by `some`, `every`, `find`, `findIndex` and
   * counting what passes a `filter`; shorter ones are read element by element, which is less to look up. 5 if
   * not given.
   */
  readonly askFrom?: number;
  /**
   * The way states are told apart: by themselves, or by fingerprints of 64 bits, for which only those that
   * are not expanded yet are held. The result then says with what probability a state was missed.
   */
  readonly states?: Memory['states'];
  /**
   * Whether each state has a link to the one it was found from. Without links a state takes four bytes less,
   * and an attack is found again backwards, which takes about as long as the search. Fingerprints need links.
   */
  readonly parents?: boolean;
  /** The checkpoint: where to keep the search while it goes on, and where to continue from. */
  readonly checkpoint?: CheckpointOptions;
  /** @deprecated The name of `checkpoint` before version 0.3. */
  readonly keeping?: CheckpointOptions;
  /**
   * The reductions, which search less at the same verdicts; nothing is reduced if not given. `symmetry` makes
   * use of what the model declares `interchangeable`, and does nothing for a model that declares nothing.
   * `partial-order` leaves out orders of steps that lead to the same; it is for `always` and `sometimes`
   * only, and its attacks are not shortest.
   */
  readonly reduce?: readonly ReductionKind[];
}

/** Returns the memory to hold of the states. Throws UW202 for what cannot be. */
export const memoryOf = ({ states = 'exact', parents = true }: ExhaustiveOptions): Memory => {
  if (parents || states === 'exact') return { states, parents };
  throw new Fault('UW202', {
    where: 'how states are held',
    expected: 'links between states that are known by their fingerprints',
    got: 'none',
    likely: 'both were chosen to save memory',
    next: 'leave the links, or tell states apart exactly',
  });
};

/**
 * Checks a reduced search: it holds its states as they are, and is not kept; and not every invariant can be
 * decided by it.
 */
const needPlainly = ({ checkpoint, parents, reduce = [], states }: ExhaustiveOptions): void => {
  if (reduce.length === 0) return;
  if (checkpoint === undefined && parents !== false && states !== 'fingerprint') return;
  throw new Fault('UW202', {
    where: `a search reduced by ${reduce.join(' and ')}`,
    expected: 'exact states with links between them, and no checkpoint',
    got: 'a reduction together with one of these',
    likely: 'both were chosen to save memory or time',
    next: 'choose one of them',
  });
};

const OPTIONS: { readonly [name in keyof Required<ExhaustiveOptions>]: OptionKind } = {
  invariants: 'anything',
  limits: 'anything',
  toTheEnd: 'true or false',
  threads: 'a number',
  threadsFrom: 'a number',
  fuseFrom: 'a number',
  askFrom: 'a number',
  states: { words: ['exact', 'fingerprint'] },
  parents: 'true or false',
  checkpoint: 'anything',
  keeping: 'anything',
  reduce: { words: ['symmetry', 'partial-order'] },
};

/** Names, in words, the options that leave a search to one thread. */
const alone = ({ checkpoint, parents, reduce = [], states }: ExhaustiveOptions): readonly string[] => [
  ...(checkpoint === undefined ? [] : ['a checkpoint']),
  ...(states === 'fingerprint' ? ['fingerprints'] : []),
  ...(parents === false ? ['states without links'] : []),
  ...(reduce.length === 0 ? [] : ['a reduction']),
];

/**
 * Checks the threads. Throws UW202 for several where there can be but one: what is asked for is done, or
 * refused.
 */
export const needThreads = (options: ExhaustiveOptions): void => {
  const reasons = alone(options);
  if ((options.threads ?? 1) === 1 || reasons.length === 0) return;
  throw new Fault('UW202', {
    where: 'the threads of a search',
    expected: `one thread, beside ${reasons.join(' and ')}`,
    got: `${options.threads} threads`,
    likely: 'what saves time and what saves memory were both asked for',
    next: 'leave the threads out, or search with all states, exactly, and without a checkpoint',
  });
};

/**
 * Checks the options. Throws UW202 for those that do not exist and those that do not go together, UW201 and
 * UW345 for limits and threads that cannot be.
 */
export const needSense = (system: System, options: ExhaustiveOptions): void => {
  needOptions('an exhaustive search', OPTIONS, options);
  needInvariants(system, options.invariants);
  checkLimits(options.limits);
  if (options.threads !== undefined) checkThreads(options.threads);
  memoryOf(options);
  needPlainly(options);
  needThreads(options);
};

/** Options with `keeping`, the earlier name of `checkpoint`, as options of the present name. */
export const withPresentNames = <C, O extends { readonly checkpoint?: C; readonly keeping?: C }>(
  given: O,
): O => {
  if (typeof given !== 'object' || given === null || given.keeping === undefined) return given;
  const { keeping, ...options } = given;
  return { ...options, checkpoint: given.checkpoint ?? keeping } as O;
};

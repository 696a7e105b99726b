import { Fault, type System } from '../model/index.ts';
import type { Bound, Limits, Trace, Verdict } from '../search/result.ts';
import { attackFamily, type AttackFamily } from './replay-family.ts';
import { systemWith, type DefenceQuestion } from './question.ts';
import type { Family, Sets } from './sets/diagram.ts';
import { searchOnce, type SearchMemory } from './kept/memory.ts';
import type { Deciding } from './search-sets.ts';

/** A known attack, the defences that were on when it was found, and what becomes of it under all others. */
export interface KnownAttack extends AttackFamily {
  readonly trace: Trace;
  readonly shortest: boolean;
  readonly on: readonly string[];
}

/**
 * A proof: a search that ended without an attack, and the sets that it holds for: those that agree on what
 * was asked after.
 */
export interface Proof {
  readonly on: readonly string[];
  readonly sets: Family;
  /** Whether the invariant's antecedent never came true. */
  readonly vacuous: boolean;
}

/** A set that a limit left open. */
export interface Undecided {
  readonly on: readonly string[];
  readonly bound: Bound;
}

/** The knowledge about one question under all sets of defences: only what an attack or a search showed. */
export interface Knowledge {
  readonly attacks: readonly KnownAttack[];
  readonly proofs: readonly Proof[];
  readonly undecided: readonly Undecided[];
  /** The sets under which some known attack works, and those under which a search found none. */
  readonly open: Family;
  readonly holds: Family;
  readonly searches: number;
}

/** The verdict of one set. */
export type SetVerdict = 'open' | 'holds' | 'undecided';

/** A set of defences that are on, by their places. */
export type On = ReadonlySet<number>;

/** The growing knowledge about a question. */
export interface Learning {
  readonly question: DefenceQuestion;
  readonly known: () => Knowledge;
  /** Returns the verdict of a set, as far as it is known already. */
  readonly look: (on: On) => SetVerdict | 'unknown';
  /** Decides sets: each by what is known, or else by a search, which looks at several of them at once. */
  readonly decide: (all: readonly On[]) => Deciding<readonly SetVerdict[]>;
  /** Adds what a search said of a set, in which no other defences were asked after than those of `asked`. */
  readonly hear: (on: On, verdict: Verdict, asked: ReadonlySet<string>) => void;
  /** Adds an attack that is known from elsewhere, if it works under a set under which none was known to. */
  readonly take: (trace: Trace, shortest: boolean, on: readonly string[]) => void;
}

/** The budget that related searches share: once one was told to stop, none is begun. */
export interface SearchBudget {
  readonly limits: Limits;
  /** The memory: earlier results, and the place for new ones. */
  readonly memory?: SearchMemory | undefined;
  stopped: boolean;
}

/**
 * The number of states, about, that the sets of one search may have together, and the number of sets of a
 * search of which nothing is known.
 */
const TOGETHER_STATES = 1_500_000;
const FIRST_TOGETHER = 32;

const keyOf = (on: On): string => [...on].toSorted((a, b) => a - b).join(' ');
const namesOf = (names: readonly string[], on: On): readonly string[] =>
  names.filter((_, place) => on.has(place));

const NOTHING: ReadonlySet<string> = new Set();

const notAsItWas = ({ id, model }: DefenceQuestion, on: readonly string[]): Fault =>
  new Fault('UW120', {
    where: `${id}, model ${model.id} with ${on.join(', ') || 'no defence'}`,
    expected: 'an attack that works where it was found',
    got: 'one that does not when it is gone through under all defences',
    likely: 'a function that is not pure in a way that nothing else showed, or a bug of underwatch',
    next: 'report it with the model',
  });

/** The knowledge gathered about a question, before it is known how to ask. */
type Hearing = Omit<Learning, 'decide' | 'known'> & { readonly heard: () => Omit<Knowledge, 'searches'> };

const createHearing = (
  question: DefenceQuestion,
  names: readonly string[],
  sets: Sets,
  run: SearchBudget,
  among: Family,
): Hearing => {
  const places = new Map(names.map((name, place) => [name, place]));
  const attacks: KnownAttack[] = [];
  const proofs: Proof[] = [];
  const undecided = new Map<string, Undecided>();
  let open = sets.none;
  let holds = sets.none;
  const like = (on: On, asked: ReadonlySet<string>): Family =>
    names.reduce(
      (family, name, place) => (asked.has(name) ? sets.and(family, sets.with(place, on.has(place))) : family),
      sets.all,
    );

  // An attack is gone through under what the functions themselves ask after: which defences are on here is of
  // no account.
  const system: System = systemWith(question, new Set(names));
  const take: Learning['take'] = (trace, shortest, on) => {
    const family = attackFamily({ system, invariant: question.invariant, trace, sets, places, among });
    if (sets.minus(family.works, open) === sets.none) return;
    attacks.push({ ...family, trace, shortest, on });
    open = sets.or(open, family.works);
  };

  const hear: Learning['hear'] = (on, verdict, asked) => {
    const onNames = namesOf(names, on);
    switch (verdict.kind) {
      case 'violated':
        if (verdict.trace !== undefined && !sets.has(open, on))
          take(verdict.trace, verdict.shortest, onNames);
        if (!sets.has(open, on)) throw notAsItWas(question, onNames);
        break;
      case 'unresolved':
        if (verdict.bound === 'interrupted') run.stopped = true;
        undecided.set(keyOf(on), { on: onNames, bound: verdict.bound });
        break;
      case 'holds':
      case 'vacuous': {
        const family = like(on, asked);
        proofs.push({ on: onNames, sets: family, vacuous: verdict.kind === 'vacuous' });
        holds = sets.or(holds, family);
        break;
      }
    }
  };

  return {
    question,
    heard: () => ({ attacks, proofs, undecided: [...undecided.values()], open, holds }),
    look: (on) => {
      if (sets.has(open, on)) return 'open';
      if (sets.has(holds, on)) return 'holds';
      return undecided.has(keyOf(on)) ? 'undecided' : 'unknown';
    },
    hear,
    take,
  };
};

/**
 * Begins a question of which nothing is known. `names` are the defences of its model, in the order of `sets`.
 * Attacks are replayed under the sets of `among`, and only these are asked about.
 */
export const createLearning = (
  question: DefenceQuestion,
  names: readonly string[],
  sets: Sets,
  run: SearchBudget,
  among: Family = sets.all,
): Learning => {
  const { limits } = run;
  const { heard, ...hearing } = createHearing(question, names, sets, run, among);
  let searches = 0;
  let statesEach: number | undefined;
  const together = (): number => {
    // A limit on states is one on those of each set.
    if (limits.maxStates !== undefined) return 1;
    return statesEach === undefined ? FIRST_TOGETHER : Math.max(1, Math.floor(TOGETHER_STATES / statesEach));
  };
  return {
    ...hearing,
    known: () => ({ ...heard(), searches }),
    decide: function* (all) {
      for (;;) {
        const unknown = all.filter((on) => hearing.look(on) === 'unknown').slice(0, together());
        if (unknown.length === 0) break;
        if (run.stopped) {
          for (const on of unknown) hearing.hear(on, { kind: 'unresolved', bound: 'interrupted' }, NOTHING);
          continue;
        }
        searches += 1;
        const on = unknown.map((one) => namesOf(names, one));
        const found = yield* searchOnce({ questions: [question], sets: on }, limits, run.memory);
        statesEach = Math.max(statesEach ?? 1, found.states / unknown.length);
        for (const [at, one] of unknown.entries()) hearing.hear(one, found.verdicts[0]![at]!, found.asked);
      }
      return all.map((on) => hearing.look(on) as SetVerdict);
    },
  };
};

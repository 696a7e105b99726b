import { checkModel, Fault, type AnyModel } from '../model/index.ts';
import { checkLimits } from '../search/limits.ts';
import type { Limits } from '../search/result.ts';
import { endOf, toldOf } from './alone.ts';
import { enoughSets, type Looking } from './enough.ts';
import { groupsOf, lookFirst, type Looked } from './first-look.ts';
import type { SearchMemory } from './kept/memory.ts';
import { createLearning, type SearchBudget, type SetVerdict } from './knowledge.ts';
import { matrixOf } from './matrix.ts';
import { above } from './minimal.ts';
import { needQuestions, type DefenceQuestion } from './question.ts';
import type { AttackRow, DefenceReport } from './result.ts';
import type { Deciding } from './search-sets.ts';
import { createSets, type Sets } from './sets/diagram.ts';

/** The options of a search for defences that stop attacks. */
export interface DefenceOptions {
  /** The limits of every search. */
  readonly limits?: Limits;
  /** The costs of defences, by name; 1 where nothing is said. */
  readonly costs?: { readonly [defence: string]: number };
  /** The base to which sets are added: what the scenario of each attack has on (the default), or nothing. */
  readonly from?: 'scenario' | 'nothing';
  /** Whether to try each defence alone off, of all, and alone on. */
  readonly matrix?: boolean;
  /** The memory: results of earlier searches, and the place for new ones. */
  readonly memory?: SearchMemory;
  /** A listener to the stages. */
  readonly onStage?: (stage: Stage) => void;
}

/** The stage: each attack's own scenario, an attack, all attacks together, the matrix. */
export interface Stage {
  readonly kind: 'first look' | 'attack' | 'together' | 'matrix';
  /** The id of the attack, and its number among how many. */
  readonly id?: string;
  readonly number?: number;
  readonly of?: number;
}

/** One part of several: the `index`-th of `of`, from 1 on. */
interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * Checks the costs of defences. Throws UW413 for those of defences that the model does not have, and for
 * those that are no numbers from 0 on.
 */
const needCosts = (
  id: string,
  names: readonly string[],
  costs: { readonly [name: string]: number },
): void => {
  for (const [name, cost] of Object.entries(costs)) {
    const isKnown = names.includes(name);
    if (isKnown && Number.isFinite(cost) && cost >= 0) continue;
    throw new Fault('UW413', {
      where: `model ${id}, the cost of ${name}`,
      expected: isKnown ? 'a number from 0 on' : `a defence of the model: ${names.join(', ')}`,
      got: isKnown ? String(cost) : name,
      likely: 'a typing error, or a defence of another model',
      next: 'write --cost name=number',
    });
  }
};

/** Decides an attack in its own scenario, and with each defence that is off there switched on alone. */
function* rowOf(looking: Looking, { given, learning, off, own }: Looked): Deciding<AttackRow> {
  const { names, sets } = looking;
  const single = (place: number): ReadonlySet<number> => new Set([...own, place]);
  const [verdict] = yield* learning.decide([new Set(own), ...off.map(single)]);
  const { id, invariant, scenario } = learning.question;
  const known = learning.known();
  const alone = off.map((place) => ({
    defence: names[place]!,
    verdict: learning.look(single(place)) as SetVerdict,
    ...(verdict === 'open' ? endOf(known, sets, single(place)) : {}),
  }));
  const enough = yield* enoughSets(looking, [{ learning, given }]);
  const bound = known.undecided.find(({ on }) => on.length === own.length)?.bound;
  return {
    id,
    invariant,
    scenario,
    verdict: verdict!,
    ...(verdict === 'undecided' && bound !== undefined ? { bound } : {}),
    known: learning.known().attacks.map(toldOf),
    alone,
    enough,
  };
}

const NONE = {
  sets: [],
  complete: true,
  insufficient: [],
  insufficientOpen: [],
  harmful: [],
  essential: [],
  useless: [],
  alternatives: [],
  exchangeable: [],
} as const;

/** Returns the places of the defences that the scenario has on. */
const ownOf = ({ scenario }: DefenceQuestion, names: readonly string[]): readonly number[] =>
  names.flatMap((name, place) => (scenario.without.includes(name) ? [] : [place]));

/** Makes the targets: the questions, each with what is on, and its knowledge. */
const targetsOf = (
  questions: readonly DefenceQuestion[],
  names: readonly string[],
  sets: Sets,
  run: SearchBudget,
  wide: boolean,
): readonly Looked[] =>
  questions.map((question) => {
    const own = ownOf(question, names);
    const given = wide ? [] : own;
    const learning = createLearning(question, names, sets, run, above(sets, given));
    return { own, off: names.flatMap((_, place) => (own.includes(place) ? [] : [place])), given, learning };
  });

/** The common part of all questions about attacks on one model. */
interface Begun {
  readonly model: AnyModel;
  readonly names: readonly string[];
  readonly sets: Sets;
  readonly wide: boolean;
  readonly run: SearchBudget;
  readonly targets: readonly Looked[];
  readonly everything: readonly number[];
  readonly looking: (among: readonly number[]) => Looking;
}

const begun = (
  questions: readonly DefenceQuestion[],
  { costs = {}, from = 'scenario', limits = {}, memory }: DefenceOptions,
): Begun => {
  checkLimits(limits);
  const model = needQuestions(questions);
  checkModel(model);
  const names = Object.keys(model.defences);
  const sets = createSets(names.length);
  const wide = from === 'nothing';
  const run: SearchBudget = { limits, memory, stopped: false };
  return {
    model,
    names,
    sets,
    wide,
    run,
    targets: targetsOf(questions, names, sets, run, wide),
    everything: names.map((_, place) => place),
    looking: (among) => ({ sets, names, costOf: (name) => costs[name] ?? 1, among }),
  };
};

/**
 * Makes the searches of one part of what `defencesInSlices` asks, and keeps them in `options.memory`: those
 * about the attacks of every `of`-th scope, from the `index`-th on. Questions about all attacks together are
 * left to the process that has all parts. Says whether it was through.
 */
export function* defencePartInSlices(
  questions: readonly DefenceQuestion[],
  { index, of }: Shard,
  options: DefenceOptions,
): Deciding<boolean> {
  const { everything, looking, names, run, sets, targets, wide } = begun(questions, options);
  const own = groupsOf(targets)
    .filter((_, at) => at % of === index - 1)
    .flat();
  options.onStage?.({ kind: 'first look' });
  yield* lookFirst(own, names, run);
  for (const [at, target] of own.entries()) {
    options.onStage?.({ kind: 'attack', id: target.learning.question.id, number: at + 1, of: own.length });
    yield* rowOf(looking(wide ? everything : target.off), target);
  }
  if (options.matrix === true) {
    options.onStage?.({ kind: 'matrix' });
    const asked = own.map(({ learning }) => learning.question);
    yield* matrixOf(asked, names, sets, run);
  }
  return !run.stopped;
}

/**
 * Finds what stops known attacks on one model: which sets of defences, switched on in addition to what each
 * attack's scenario has (or from nothing), are enough, and which are not. A set is enough only if a search of
 * every state under it found no attack, or one that speaks for it as well, since it asked after no defence in
 * which the two differ. It is not enough only if an attack works under it step by step. Yields its progress
 * and stops at what it has when sent `stop`. Throws UW411 and UW412 for questions that do not go together,
 * UW413 for costs that are none, UW201 for limits that make no sense, and what a search throws.
 */
export function* defencesInSlices(
  questions: readonly DefenceQuestion[],
  options: DefenceOptions = {},
): Deciding<DefenceReport> {
  const { costs = {}, from = 'scenario', matrix = false, onStage } = options;
  const { everything, looking, model, names, run, sets, targets, wide } = begun(questions, options);
  needCosts(model.id, names, costs);
  onStage?.({ kind: 'first look' });
  const first = yield* lookFirst(targets, names, run);
  const attacks: AttackRow[] = [];
  for (const [at, target] of targets.entries()) {
    onStage?.({ kind: 'attack', id: questions[at]?.id ?? '', number: at + 1, of: targets.length });
    attacks.push(yield* rowOf(looking(wide ? everything : target.off), target));
  }
  onStage?.({ kind: 'together' });
  const stoppable = targets.filter((_, at) => attacks[at]!.enough.sets.length > 0);
  const union = everything.filter((place) => wide || stoppable.some(({ own }) => !own.includes(place)));
  const together = stoppable.length === 0 ? NONE : yield* enoughSets(looking(union), stoppable);
  if (matrix) onStage?.({ kind: 'matrix' });
  const table = matrix ? yield* matrixOf(questions, names, sets, run) : undefined;
  const isUndecided = ({ enough }: AttackRow): boolean => enough.sets.length === 0 && !enough.complete;
  return {
    model: model.id,
    defences: names,
    from,
    attacks: attacks.map((row, at) => ({
      ...row,
      known: targets[at]!.learning.known().attacks.map(toldOf),
    })),
    together,
    stopped: stoppable.map(({ learning }) => learning.question.id),
    unstoppable: attacks
      .filter((row) => row.enough.sets.length === 0 && !isUndecided(row))
      .map(({ id }) => id),
    ...(table === undefined ? {} : { matrix: table }),
    searches: targets.reduce((sum, { learning }) => sum + learning.known().searches, first),
    interrupted: run.stopped,
  };
}

/** Runs `defencesInSlices` in one go. */
export const findDefences = (
  questions: readonly DefenceQuestion[],
  options: DefenceOptions = {},
): DefenceReport => {
  const slices = defencesInSlices(questions, options);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

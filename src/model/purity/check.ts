import type { Value } from '../domain.ts';
import type { State } from '../model.ts';
import { canonical } from '../plain/plain.ts';
import { guarded, systemOf, type Instance, type System } from '../system.ts';
import { nowMs } from '../watchdog/limited.ts';
import { watchedOnce } from '../watchdog/slices.ts';
import { differs } from './faults.ts';
import {
  purityContextFor,
  copiesOf,
  meetGuard,
  meetQuestion,
  meetRecipe,
  type PurityContext,
  type Met,
} from './meet.ts';
import { questionsOf, type Question } from './questions.ts';
import { sampleOf } from './sample.ts';
import { watchingSlices } from './world.ts';

const MOST_STATES = 64;
const FEWEST_STATES = 16;
// Functions run in all states of a sample together, and on views: large models are sampled less.
const MOST_RUNS = 2048;
const MOST_LOOKS = 512;
const FEWEST_LOOKS = 8;
// Steps out of one state that questions about steps are asked of; the others have their turn in other states.
const MOST_STEPS = 8;

/** Returns how many states of a system to look at, where there may be so many runs of its functions. */
const statesFor = ({ instances, model }: System, runs: number, fewest: number): number => {
  const functions = instances.length + Object.keys(model.invariants).length;
  return Math.min(MOST_STATES, Math.max(fewest, Math.floor(runs / functions)));
};

/** The functions that meet the same arguments again later. */
type Again = Pick<Met<unknown>, 'again' | 'onceMore'>;

/**
 * Puts a list in an order with other neighbours: what a function keeps of its last call is of another state
 * then.
 */
const mixed = <T>(list: readonly T[]): readonly T[] => {
  const order = [...list];
  let word = list.length;
  for (let left = order.length; left > 1; left -= 1) {
    // A linear congruential step (Numerical Recipes), whose high bits are taken.
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    const at = Math.floor((word / 2 ** 32) * left);
    [order[at], order[left - 1]] = [order[left - 1]!, order[at]!];
  }
  return order;
};

/** A long computation that pauses now and then. */
type Paused<R> = Generator<undefined, R>;

const SLICE_MS = 200;

/** Makes a function that says whether it is time for a pause. */
const pacer = (): (() => boolean) => {
  let nextMs = nowMs() + SLICE_MS;
  return () => {
    const now = nowMs();
    if (now < nextMs) return false;
    nextMs = now + SLICE_MS;
    return true;
  };
};

/**
 * Meets all functions in the state of sample number `turn`, adds them to `met`, and returns where the state
 * leads. Functions that only look come first: what a recipe leaves outside the state shows when they look
 * again.
 */
function* meetAll(
  bench: PurityContext,
  questions: readonly Question[],
  state: State,
  turn: number,
  met: Again[],
  isTime: () => boolean,
): Paused<readonly State[]> {
  const { instances } = bench.system;
  const looks = turn < statesFor(bench.system, MOST_LOOKS, FEWEST_LOOKS);
  const copies = copiesOf(state);
  for (const question of questions) {
    if (question.of === 'state') met.push(meetQuestion(bench, question, copies, copies, looks));
  }
  const enabled: Instance[] = [];
  for (const instance of instances) {
    const guard = meetGuard(bench, instance, copies, looks);
    if (guard !== undefined) met.push(guard);
    if (guard === undefined || guard.first === 'true') enabled.push(instance);
    if (isTime()) yield;
  }
  const asked = questions.filter((question) => question.of === 'step');
  const after: State[] = [];
  for (const [number, instance] of enabled.entries()) {
    const recipe = meetRecipe(bench, instance, copies, looks);
    met.push(recipe);
    const isAsked = (number + turn) % enabled.length < MOST_STEPS;
    const next = isAsked && asked.length > 0 ? copiesOf(recipe.first) : undefined;
    if (next !== undefined)
      for (const question of asked) met.push(meetQuestion(bench, question, copies, next, looks));
    after.push(recipe.first);
    if (isTime()) yield;
  }
  return after;
}

// The initial states are not computed again where there are more.
const MOST_INITIAL = 1000;

/** Returns the parts of a system as text, from one more run of the model's functions of the setting. */
const madeOf = ({ initial, model, scenario }: System, where: string): string => {
  if (initial.length > MOST_INITIAL) return '';
  const again = guarded(where, () => systemOf(model, scenario));
  return canonical([again.initial, again.instances] as unknown as Value);
};

function* checkAll(system: System, maxStates: number): Paused<void> {
  const where = `model ${system.model.id}, initial state and choices`;
  const isTime = pacer();
  const made = madeOf(system, where);
  const bench = purityContextFor(system);
  const questions = questionsOf(system);
  const sample = sampleOf(system, maxStates);
  const met: Again[] = [];
  let turn = 0;
  for (let state = sample.next(); state !== undefined; state = sample.next()) {
    sample.add(yield* meetAll(bench, questions, state, turn, met, isTime));
    turn += 1;
  }
  for (const { again } of met.toReversed()) {
    again();
    if (isTime()) yield;
  }
  for (const { onceMore } of mixed(met)) {
    onceMore();
    if (isTime()) yield;
  }
  const later = madeOf(system, where);
  if (made !== later) throw differs(where, made, later);
}

const atOnce = (paused: Paused<void>): void => {
  while (paused.next().done !== true);
};

const checkInSlices = (
  system: System,
  maxStates: number = statesFor(system, MOST_RUNS, FEWEST_STATES),
): Paused<void> => watchingSlices(checkAll(system, maxStates), 'modules');

/**
 * Checks the purity of the guards, the recipes and the invariants' questions in a sample of states. They run
 * on views that note what is read, and plainly; then in all of the states once more, backwards and on other
 * objects; and plainly in an order that is mixed. Throws UW104 where a result differs, or what is read; where
 * something is kept and looked at later; and where the clock, the dice, the environment or the process are
 * asked. A sample, not a proof; searches continue as they run.
 */
export const checkPurity = (system: System, maxStates?: number): void =>
  atOnce(checkInSlices(system, maxStates));

const pure = new WeakSet<System>();

/**
 * Checks a system's purity the first time that something is to be found out about it, and pauses where that
 * takes longer than most checks do. Throws as `checkPurity` does.
 */
export function* needPureInSlices(system: System): Paused<void> {
  if (pure.has(system)) return;
  yield* checkInSlices(system);
  pure.add(system);
}

/** `needPureInSlices` in one go. Throws UW117, too. */
export const needPure = (system: System): void => watchedOnce(() => atOnce(needPureInSlices(system)));

/** Marks a system as made of the functions of another: it need not be checked where that one was. */
export const madeFrom = (other: System, system: System): System => {
  if (pure.has(other)) pure.add(system);
  return system;
};

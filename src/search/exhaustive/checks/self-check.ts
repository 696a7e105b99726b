import { canonical, Fault, isEnabled, stepOf, type State } from '../../../model/index.ts';
import { isSame } from '../../../model/plain/plain.ts';
import type { Search } from '../search.ts';
import { firstHeld, readRow } from '../store/store.ts';
import { stateQuestionsIn } from '../../monitor/monitor.ts';

// Which states are looked at: the first ones, and then the more rarely, the more there are.
const ALWAYS = 16;
const GROWTH = 1.25;
// The number of instances that are tried in each state after the first; the others have their turn in other
// states.
const INSTANCES_AT_ONCE = 8;

const impure = (where: string, expected: string, got: string, likely: string): Fault =>
  new Fault('UW104', {
    where,
    expected: expected.slice(0, 300),
    got: got.slice(0, 300),
    likely,
    next: 'move what it reads into the state, or into a choice of the actor',
  });

/**
 * The parts of a search that are checked against the model: what was learned of it, and what is asked of it.
 */
type Checked = Pick<Search, 'space' | 'system' | 'monitors'>;

/** Returns the row after instance `index` as it was learned, or undefined if it cannot happen. */
const learnedStep = ({ space }: Checked, index: number, row: Uint32Array): Uint32Array | undefined => {
  const effect = space.effect(index, row);
  if (effect === undefined) return undefined;
  const next = row.slice();
  for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
  return next;
};

const textOf = (state: State | undefined): string => (state === undefined ? 'not enabled' : canonical(state));

// Texts are made where there is something to tell only: they take longer than the step.
const isSameState = (a: State | undefined, b: State | undefined): boolean =>
  (a === undefined || b === undefined ? a === b : isSame(a, b)) || textOf(a) === textOf(b);

const ANSWERS = ['no', 'yes', 'yes, and that decides it'];

const checkAnswer = (where: string, learned: number, plain: number, likely: string): void => {
  if (learned !== plain) throw impure(where, ANSWERS[plain]!, ANSWERS[learned]!, likely);
};

/**
 * Compares the learned answers to all questions about states with those of the model in the state of `row`.
 */
export const checkQuestions = (
  { space, monitors }: Checked,
  row: Uint32Array,
  state: State = space.decode(row),
): void => {
  for (const { answer, plainly, where } of monitors.flatMap(stateQuestionsIn)) {
    checkAnswer(where, answer(row), plainly(state), 'it reads or keeps something that is not in the state');
  }
};

/**
 * Compares what was learned of instance `index` in the state of `row`, and of all questions about the step,
 * with the model as it stands. `state` is the state of `row`.
 */
export const checkStep = (
  search: Checked,
  index: number,
  row: Uint32Array,
  state: State = search.space.decode(row),
): void => {
  const { space, system, monitors } = search;
  const instance = system.instances[index]!;
  const after = isEnabled(system, state, instance) ? stepOf(system, state, instance) : undefined;
  const next = learnedStep(search, index, row);
  const decoded = next && space.decode(next);
  if (!isSameState(after, decoded)) {
    const where = `model ${system.model.id}, action ${instance.key}`;
    const likely = 'the action reads or keeps something that is not in the state';
    throw impure(where, textOf(after), textOf(decoded), likely);
  }
  if (after === undefined || next === undefined) return;
  for (const monitor of monitors) {
    if (monitor.kind !== 'never-step') continue;
    const { answer, plainly, where } = monitor.question;
    const likely = 'it compares objects of the two states by ===, or reads something that is not in them';
    checkAnswer(where, answer(row, next), plainly(state, after), likely);
  }
};

/**
 * Compares what was learned with the model as it stands, in one state: instances are run with plain immer and
 * compared with their look-up, and so are the questions. Throws UW104 on any difference, which means that the
 * model is not pure (or that learning is wrong, which the standing tests would have found).
 */
const selfCheck = (search: Search, index: number): void => {
  const { store, system } = search;
  const row = new Uint32Array(store.layout.slots.length);
  readRow(store, index, row);
  const state = search.space.decode(row);
  checkQuestions(search, row, state);
  const count = index === 0 ? system.instances.length : Math.min(INSTANCES_AT_ONCE, system.instances.length);
  for (let turn = 0; turn < count; turn += 1) {
    checkStep(search, (index * INSTANCES_AT_ONCE + turn) % system.instances.length, row, state);
  }
};

/** Checks those of the states from number `from` to `to` whose turn it is. */
export const selfCheckIn = (search: Search, from: number, to: number): void => {
  for (let index = from; index < to && index < ALWAYS; index += 1) selfCheck(search, index);
  for (let index = ALWAYS; index < to; index = Math.ceil(index * GROWTH)) {
    if (index >= from) selfCheck(search, index);
  }
};

/**
 * Returns numbers from `from` to `to`, at even distances, with the last one; all of them if there are no more
 * than `most`.
 */
export const evenly = (from: number, to: number, most: number): readonly number[] => {
  const count = Math.min(most, to - from);
  return Array.from(
    { length: count },
    (_, at) => to - 1 - Math.floor((at * (to - from)) / count),
  ).toReversed();
};

/** Returns the questions that are still asked of all expanded states: a decided one is asked of no more. */
const askedToTheEnd = ({ space, system, monitors }: Search): Checked => {
  const open = monitors.filter(({ verdict }) => verdict === undefined);
  return {
    space,
    system,
    monitors: open.filter(({ kind }) => kind !== 'no-deadlock' && kind !== 'recovers'),
  };
};

/**
 * Compares what was learned with the model in `most` of the states before number `to`, which were expanded,
 * as far as they are held. Nothing is asked there that was not asked before, so that nothing is learned.
 */
export const checkEvenly = (search: Search, to: number, most: number): void => {
  const { space, store, system } = search;
  const checked = askedToTheEnd(search);
  const row = new Uint32Array(store.layout.slots.length);
  for (const number of evenly(firstHeld(store), to, most)) {
    readRow(store, number, row);
    const state = space.decode(row);
    checkQuestions(checked, row, state);
    for (const index of system.instances.keys()) checkStep(checked, index, row, state);
  }
};

// States that are gone through once more at the end: fewer where the search itself was short.
const FEW_BACK = 32;
const MANY_BACK = 128;
const MANY_STATES = 2 ** 17;

/**
 * Compares what was learned with the model once more when a search is through, in states before number `to`,
 * which were expanded, from the last to the first: a function that became impure meanwhile says something
 * else by now. Nothing is learned, and nothing is looked at any more once `isOver`. Throws UW104.
 */
export const checkBackwards = (search: Search, to: number, isOver: () => boolean): void => {
  const { space, store, system } = search;
  const checked = askedToTheEnd(search);
  const row = new Uint32Array(store.layout.slots.length);
  const count = system.instances.length;
  const numbers = evenly(firstHeld(store), to, store.size < MANY_STATES ? FEW_BACK : MANY_BACK);
  let turn = 0;
  for (const number of numbers.toReversed()) {
    if (isOver()) return;
    readRow(store, number, row);
    const state = space.decode(row);
    checkQuestions(checked, row, state);
    for (let at = 0; at < Math.min(INSTANCES_AT_ONCE, count); at += 1, turn += 1) {
      checkStep(checked, turn % count, row, state);
    }
  }
};

import { Fault } from '../../../model/index.ts';
import type { Exchange } from '../../learned-relation/exchange.ts';
import type { Row } from '../../learned-relation/space.ts';
import type { Search } from '../search.ts';
import { readRow } from '../store/store.ts';
import { pathViolatesOrWitnesses, statesOf } from '../../trace.ts';
import { stateQuestionsIn, type Monitor } from '../../monitor/monitor.ts';
import { after, exchanged, type Symmetry } from '../reduction/symmetry.ts';

// Every one of the first states is looked at, and of the others one in so many.
const ALWAYS = 512;
const EVERY = 61;

/** One exchange of two neighbours in one state; exchanges of neighbours make up all the others. */
interface Trial {
  readonly search: Search;
  readonly exchange: Exchange;
  readonly first: number;
  readonly row: Row;
  readonly swapped: Row;
}

const swap = ({ exchange, first }: Trial, row: Row): Row => exchanged(exchange, row, first, first + 1);

const differs = (trial: Trial, what: string, expected: string, got: string): Fault => {
  const { exchange, first, row, search, swapped } = trial;
  const { model } = search.system;
  const text = (state: Row): string => JSON.stringify(search.space.decode(state)).slice(0, 400);
  return new Fault('UW108', {
    where: `model ${model.id}, interchangeable ${exchange.path}, ${what}`,
    expected: `${expected} in ${text(swapped)}, where elements ${first} and ${first + 1} are exchanged`,
    got: `${got}; without the exchange: ${text(row)}`,
    likely: 'a field elsewhere holds the place of an element, or a function treats one element differently',
    next: `take ${exchange.path} out of the model's \`interchangeable\`, or let everything treat its elements alike`,
  });
};

interface Successor {
  readonly instance: number;
  readonly row: Row;
}

/**
 * Returns the key that tells a successor from another. It is enough that exchanged states lead to the same
 * states but for the order of the elements: an action may pick the first of several that are alike. Only
 * where invariants look at steps does each element have to keep its place in the successor of the exchanged
 * state.
 */
const keyOf = ({ symmetry, monitors }: Search, row: Row): string => {
  if (monitors.some(({ kind }) => kind === 'never-step')) return row.join();
  const sorted = Uint32Array.from(row);
  symmetry!.sort(sorted);
  return sorted.join();
};

const successorsOf = (search: Search, row: Row): ReadonlyMap<string, Successor> => {
  const { space } = search;
  const found = new Map<string, Successor>();
  for (let instance = 0; instance < space.tries.length; instance += 1) {
    const effect = space.effect(instance, row);
    if (effect === undefined) continue;
    const next = after(row, effect);
    const key = keyOf(search, next);
    if (!found.has(key)) found.set(key, { instance, row: next });
  }
  return found;
};

/** Checks that the successors of an exchanged state are, exchanged, those of the other. */
const checkSuccessors = (trial: Trial, own: ReadonlyMap<string, Successor>): void => {
  const { search, swapped } = trial;
  const others = successorsOf(search, swapped);
  const check = (
    from: ReadonlyMap<string, Successor>,
    into: ReadonlyMap<string, Successor>,
    says: string,
  ): void => {
    for (const { instance, row } of from.values()) {
      const image = swap(trial, row);
      if (into.has(keyOf(search, image))) continue;
      const { key } = search.system.instances[instance]!;
      const state = JSON.stringify(search.space.decode(image)).slice(0, 400);
      throw differs(trial, `action ${key}`, 'the same steps, exchanged,', `${says} ${state}`);
    }
  };
  check(own, others, 'no step to');
  check(others, own, 'a step that nothing corresponds to: without the exchange none leads to');
};

const checkWatch = (trial: Trial, monitor: Monitor, own: ReadonlyMap<string, Successor>): void => {
  const { row, swapped } = trial;
  const check = (a: number, b: number): void => {
    if (a !== b) throw differs(trial, `invariant ${monitor.id}`, 'the same answer', 'another one');
  };
  for (const { answer } of stateQuestionsIn(monitor)) check(answer(row), answer(swapped));
  if (monitor.kind !== 'never-step') return;
  for (const next of own.values()) {
    const image = swap(trial, next.row);
    check(monitor.question.answer(row, next.row), monitor.question.answer(swapped, image));
  }
};

const checkTrial = (trial: Trial, own: ReadonlyMap<string, Successor>): void => {
  try {
    checkSuccessors(trial, own);
    for (const monitor of trial.search.monitors) checkWatch(trial, monitor, own);
  } catch (error) {
    // A function that runs in a state and throws where two elements are exchanged tells them apart.
    if (error instanceof Fault && error.code === 'UW106') {
      throw differs(trial, error.details.where, 'no error', error.details.got);
    }
    throw error;
  }
};

const checkState = (search: Search, { exchanges }: Symmetry, index: number): void => {
  const full = new Uint32Array(search.store.layout.slots.length);
  readRow(search.store, index, full);
  const row = full.slice(0, search.space.fields.length);
  const own = successorsOf(search, row);
  for (const exchange of exchanges) {
    for (let first = 0; first + 1 < exchange.elements.length; first += 1) {
      const swapped = exchanged(exchange, row, first, first + 1);
      checkTrial({ search, exchange, first, row, swapped }, own);
    }
  }
};

/**
 * Checks the declaration of interchangeable parts against the model in those of the states from number `from`
 * to `to` whose turn it is: exchanging two elements has to lead from steps to steps, and no monitored
 * invariant may notice it. Throws UW108 where that is not so.
 */
export const checkSymmetryIn = (search: Search, from: number, to: number): void => {
  const { symmetry } = search;
  if (symmetry === undefined) return;
  for (let index = from; index < to; index += 1) {
    if (index >= ALWAYS && index % EVERY !== 0) continue;
    checkState(search, symmetry, index);
    symmetry.checked += 1;
  }
};

/**
 * Replays every attack and every witness that a search with exchanged elements found with plain immer. Throws
 * UW108 for one that does not show what it should: then the declaration is wrong in a state that was not
 * looked at.
 */
export const checkTraces = (search: Search): void => {
  const { symmetry, system, monitors } = search;
  if (symmetry === undefined) return;
  for (const { id, verdict } of monitors) {
    const trace =
      verdict?.kind === 'violated' ? verdict.trace : verdict?.kind === 'holds' ? verdict.witness : undefined;
    if (trace === undefined || pathViolatesOrWitnesses(system, id, statesOf(system, trace))) continue;
    throw new Fault('UW108', {
      where: `model ${system.model.id}, invariant ${id}`,
      expected: 'the same answer however the elements are arranged',
      got: 'another one at the end of a trace, whose elements are arranged as they really are',
      likely: `the invariant tells the elements of ${symmetry.exchanges.map(({ path }) => path).join(', ')} apart`,
      next: 'take the declaration out of the model, or let the invariant treat the elements alike',
    });
  }
};

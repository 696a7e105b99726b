import type { Search } from '../search.ts';
import { readRow } from '../store/store.ts';
import { addAntecedents, ANSWER, type MonitorOf } from '../../monitor/monitor.ts';

/** A state in which nothing can happen although it should. */
export interface Deadlock {
  readonly monitor: MonitorOf<'no-deadlock'>;
  readonly state: number;
}

/**
 * Counts the states of the batch, up to number `last`, from which nothing can happen, and returns those that
 * break an invariant. An action is possible in all other states, whatever it does.
 */
export const deadlocksIn = (search: Search, last: number): readonly Deadlock[] => {
  const { batch, store, monitors } = search;
  const { stuck, stuckCount } = batch;
  const open = monitors.filter(
    (monitor): monitor is MonitorOf<'no-deadlock'> =>
      monitor.kind === 'no-deadlock' && monitor.verdict === undefined,
  );
  if (open.length === 0 || stuckCount === 0) return [];
  const row = new Uint32Array(store.layout.slots.length);
  return open.flatMap((monitor) => {
    for (const state of stuck.subarray(0, stuckCount)) {
      if (state > last) return [];
      readRow(store, state, row);
      addAntecedents(monitor, 1);
      if (monitor.ends.answer(row) === ANSWER.decisive) return [{ monitor, state }];
    }
    return [];
  });
};

import { fieldHash } from '../space/states.ts';
import { traceTo, type Search } from './search.ts';
import type { StepWatch } from './watch.ts';

/** Asks every undecided question about a state that is new, whose row is `row`. */
export const look = (search: Search, row: Uint32Array, index: number): void => {
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind === 'within') monitor += 1;
    if (watch.verdict !== undefined) continue;
    if (watch.kind === 'always') {
      if (!watch.given(row)) continue;
      watch.antecedents += 1;
      if (!watch.holds(row))
        watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
    } else if (watch.kind === 'sometimes') {
      if (!watch.witness(row)) continue;
      watch.antecedents += 1;
      watch.verdict = { kind: 'holds', witness: traceTo(search, index) };
    } else if (watch.kind === 'within') {
      if (row[monitor - 1] === 0) continue;
      watch.antecedents += 1;
      if (row[monitor - 1]! > watch.steps) {
        watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
      }
    }
  }
};

/**
 * Sets the waiting times of the `within` watches, which stand behind the fields of a row, for a step
 * from `row` to `next`; returns the hash with them.
 */
export const tickMonitors = (
  search: Search,
  row: Uint32Array,
  next: Uint32Array,
  hashSoFar: number,
): number => {
  let hash = hashSoFar;
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind !== 'within') continue;
    const waited = row[monitor]!;
    let waits = 0;
    if (!watch.responds(next)) {
      if (waited > 0) waits = Math.min(waited + 1, watch.steps + 1);
      else if (watch.given(next)) waits = 1;
    }
    hash = (hash + fieldHash(monitor, waits) - fieldHash(monitor, waited)) | 0;
    next[monitor] = waits;
    monitor += 1;
  }
  return hash;
};

/** Asks a question about the step from `row` to `next`, which `instance` makes out of state `index`. */
export const lookAtStep = (
  search: Search,
  watch: StepWatch,
  row: Uint32Array,
  next: Uint32Array,
  index: number,
  instance: number,
): void => {
  if (watch.verdict !== undefined || !watch.given(row, next)) return;
  watch.antecedents += 1;
  if (!watch.bad(row, next)) return;
  watch.verdict = { kind: 'violated', trace: traceTo(search, index, instance), shortest: true };
};

/** A state from which nothing can happen never responds. */
export const lookAtDeadlock = (search: Search, row: Uint32Array, index: number): void => {
  let monitor = search.space.fields.length;
  for (const watch of search.watches) {
    if (watch.kind !== 'within') continue;
    if (watch.verdict === undefined && row[monitor]! > 0) {
      watch.verdict = { kind: 'violated', trace: traceTo(search, index), shortest: true };
    }
    monitor += 1;
  }
};

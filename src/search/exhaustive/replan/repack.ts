import { censusOfTries } from '../../learned-relation/trie-census.ts';
import { valuesIn } from '../growth-warnings.ts';
import { isNarrow } from '../memory/visited-table.ts';
import { covers, layoutFor, roomyLayoutFor } from '../packing/layout-headroom.ts';
import type { Layout } from '../packing/layout.ts';
import { resizeBatch } from '../parts/batch.ts';
import type { Search } from '../search.ts';
import { firstHeld, relayout, remakeSet } from '../store/store.ts';
import { fusePlanned, keepCounts } from './fuse.ts';

// A field that has taken no new value while the states became so many times as many is not given room for
// more.
const QUIET_GROWTH = 16;

/** Packs all states for another layout. */
export const packFor = (search: Search, layout: Layout): void => {
  const { batch, store, system } = search;
  const { words } = store.layout;
  relayout(store, layout);
  remakeSet(store);
  if (layout.words !== words) resizeBatch(batch, system, layout.words);
};

const roomyLayout = (search: Search, mayGrow: (field: number) => boolean = () => true): Layout => {
  const { questions, space, store, timers } = search;
  const asked = new Set(
    censusOfTries(
      space,
      questions.map(({ trie }) => trie),
    ).reads,
  );
  return roomyLayoutFor(space, timers, store.size, { mayGrow, isAsked: (field) => asked.has(field) });
};

/** Whether `field` has taken new values since the states were a small part of what they are. */
const stillGrows = (search: Search, field: number): boolean =>
  firstHeld(search.store) > 0 ||
  valuesIn(search, field, Math.floor(search.store.size / QUIET_GROWTH)) < search.space.valuesOf(field).length;

/** Returns a layout for the states known now; undefined if the present one does as well. */
export const betterLayout = (search: Search): Layout | undefined => {
  const { machines, store } = search;
  const { layout } = store;
  // Before the first plan, the states so far say little of what grows.
  const mayGrow = machines.plan === undefined ? undefined : (field: number) => stillGrows(search, field);
  const better = roomyLayout(search, mayGrow);
  if (!covers(layout, better)) return mayGrow === undefined ? better : roomyLayout(search);
  return isNarrow(better, store.size) && !isNarrow(layout, store.size) ? better : undefined;
};

/**
 * Packs the states with room for all values met so far, and for some more where tries are fused; then fuses
 * again.
 */
export const repackStates = (search: Search): void => {
  keepCounts(search);
  const { machines, space, timers } = search;
  packFor(search, machines.plan === undefined ? layoutFor(space, timers) : roomyLayout(search));
  fusePlanned(search);
};

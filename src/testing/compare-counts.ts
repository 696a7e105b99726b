import { expect } from 'vitest';
import { FORMATS, type Format } from '../export/formats.ts';
import type { LearnedSystem } from '../search/learn-all.ts';
import { runRumur, runSpin, type SpinOptions } from './checkers.ts';

/** Writes a learned system as the text of a format. */
export const textOf = (format: Format, learned: LearnedSystem): string =>
  [...FORMATS[format].write(learned, { name: 'underwatch', version: '0.0.0' })].join('');

const identifier = (id: string): string => id.replaceAll(/[^A-Za-z0-9]+/g, '_');

/** Expects that Spin counts the same, and finds the same invariants broken in as many states. */
export const expectSpinAgrees = async (
  learned: LearnedSystem,
  options: SpinOptions = { search: 'breadth-first' },
): Promise<void> => {
  const { states, transitions, depth, initial } = learned;
  const found = await runSpin(textOf('promela', learned), { ...options, define: ['CHECK'] });
  const broken = learned.invariants.filter(({ kind, hits }) => kind === 'always' && hits > 0);
  const errors = broken.reduce((sum, { hits }) => sum + hits, 0);
  const before = initial.length > 1 ? 1 : 0;
  expect(found).toEqual({
    states: states + before,
    // One for Spin's own start, one for each broken invariant of a state, which leads back to it.
    transitions: transitions + 1 + errors + before * initial.length,
    errors,
    depth: options.search === 'breadth-first' ? depth + before : found.depth,
    failed: broken.map(({ id }) => `holds_${identifier(id)}`).toSorted(),
  });
};

/** Expects that Rumur counts the same, and that each invariant holds in as many states. */
export const expectRumurAgrees = async (learned: LearnedSystem): Promise<void> => {
  const { states, transitions, invariants } = learned;
  const covers = invariants
    .map(({ id, kind, hits }) => [id, kind === 'always' ? states - hits : hits] as const)
    .filter(([, count]) => count > 0);
  const found = await runRumur(textOf('murphi', learned).replaceAll(/^invariant /gm, 'cover '));
  expect(found).toEqual({ states, rules: transitions, covers: Object.fromEntries(covers), broken: [] });
};

import { describe, expect, test } from 'vitest';
import { systemOf, type AnyModel, type System } from '../../../model/index.ts';
import { explore } from '../../../search/exhaustive/explore.ts';
import { exploreSymbolically } from '../../../search/symbolic/explore.ts';
import { cube } from './cube.ts';
import { hanoi } from './hanoi.ts';
import { kanban } from './kanban.ts';
import { odometer } from './odometer.ts';
import { pancakes } from './pancakes.ts';

const put = (model: AnyModel, parameters: { readonly [name: string]: number }): System =>
  systemOf(model, { parameters });

/**
 * The known counts of a model: its states are as its comment says. And how often its functions run to learn
 * it.
 */
interface Known {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly userRuns: number;
}

/** Systems that others have counted. */
const KNOWN: readonly (readonly [name: string, System, Known])[] = [
  [
    'kanban, one card a cell',
    put(kanban, { cards: 1 }),
    { states: 160, transitions: 616, depth: 14, userRuns: 197 },
  ],
  // One claim reads every field: that many runs are its.
  [
    'kanban, two cards a cell',
    put(kanban, { cards: 2 }),
    { states: 4_600, transitions: 28_120, depth: 28, userRuns: 4_600 + 99 },
  ],
  [
    'eight disks',
    put(hanoi, { disks: 8 }),
    { states: 3 ** 8, transitions: 3 ** 9 - 3, depth: 2 ** 8 - 1, userRuns: 7_566 },
  ],
  // To turn k of seven takes a run for each order of the topmost k; the claim reads the first.
  [
    'seven pancakes',
    put(pancakes, { pancakes: 7 }),
    {
      states: 5_040,
      transitions: 5_040 * 6,
      depth: 8,
      userRuns: 42 + 210 + 840 + 2_520 + 5_040 + 5_040 + 7,
    },
  ],
  [
    'three digits',
    put(odometer, { digits: 3 }),
    { states: 1_000, transitions: 1_000, depth: 999, userRuns: 38 },
  ],
  [
    'two faces of the cube',
    put(cube, { faces: 2 }),
    { states: 29_160, transitions: 29_160 * 2, depth: 27, userRuns: 19_446 },
  ],
];

describe('a model that others have counted has the states that they found', () => {
  test.each(KNOWN)('%s', (_name, system, known) => {
    const result = explore(system);
    expect(result).toMatchObject({ ...known, complete: true });
    for (const { kind } of Object.values(result.verdicts)) expect(kind).toBe('holds');
  });

  test.each([
    ['kanban, two cards a cell', put(kanban, { cards: 2 }), 4_600],
    ['five disks', put(hanoi, { disks: 5 }), 243],
  ])('as sets of states: %s', (_name, system, states) => {
    expect(exploreSymbolically(system)).toMatchObject({ complete: true, states });
  });
});

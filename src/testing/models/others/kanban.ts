import type { Draft } from 'immer';
import { actionOf, defineModel, type Model } from '../../../model/index.ts';

/** A cell: its free cards, and the parts that are worked on, to be done again, and done. */
interface Cell {
  readonly cards: number;
  readonly work: number;
  readonly again: number;
  readonly done: number;
}

interface Kanban {
  readonly cells: readonly Cell[];
}

const act = actionOf<Kanban, { readonly parameters: { readonly cards: number } }>();

const takeIn = (cell: Draft<Cell>): void => {
  cell.cards -= 1;
  cell.work += 1;
};

const giveOut = (cell: Draft<Cell>): void => {
  cell.done -= 1;
  cell.cards += 1;
};

/**
 * Four cells with so many cards each; the second and third work side by side. Reachable states for 1
 * to 5 cards: 160, 4,600, 58,400, 454,475, 2,546,432 (G. Ciardo and M. Tilgner, ICASE Report 96-35,
 * 1996).
 */
export const kanban: Model<Kanban, { cards: number }, never, never, 'conserved' | 'first'> = defineModel({
  id: 'kanban',
  says: 'a factory of four cells, each with its own cards',
  defences: {},
  capabilities: {},
  parameters: { cards: 3 },
  initial: ({ parameters }): Kanban => ({
    cells: Array.from({ length: 4 }, () => ({ cards: parameters.cards, work: 0, again: 0, done: 0 })),
  }),
  actions: {
    begin: act({
      actor: 'factory',
      says: 'the first cell takes a part in',
      when: ({ cells }) => cells[0]!.cards > 0,
      then: ({ cells }) => takeIn(cells[0]!),
    }),
    fail: act({
      actor: 'factory',
      says: 'a part is to be done again',
      choose: { cell: { values: [0, 1, 2, 3] as const } },
      when: ({ cells }, { cell }) => cells[cell]!.work > 0,
      then: ({ cells }, { cell }) => {
        cells[cell]!.work -= 1;
        cells[cell]!.again += 1;
      },
    }),
    retry: act({
      actor: 'factory',
      says: 'a part is worked on again',
      choose: { cell: { values: [0, 1, 2, 3] as const } },
      when: ({ cells }, { cell }) => cells[cell]!.again > 0,
      then: ({ cells }, { cell }) => {
        cells[cell]!.again -= 1;
        cells[cell]!.work += 1;
      },
    }),
    finish: act({
      actor: 'factory',
      says: 'a part is done',
      choose: { cell: { values: [0, 1, 2, 3] as const } },
      when: ({ cells }, { cell }) => cells[cell]!.work > 0,
      then: ({ cells }, { cell }) => {
        cells[cell]!.work -= 1;
        cells[cell]!.done += 1;
      },
    }),
    split: act({
      actor: 'factory',
      says: 'a part goes from the first cell to both that work side by side',
      when: ({ cells: [first, second, third] }) => first!.done > 0 && second!.cards > 0 && third!.cards > 0,
      then: ({ cells: [first, second, third] }) => {
        giveOut(first!);
        takeIn(second!);
        takeIn(third!);
      },
    }),
    join: act({
      actor: 'factory',
      says: 'the last cell takes a part from both',
      when: ({ cells: [, second, third, last] }) => second!.done > 0 && third!.done > 0 && last!.cards > 0,
      then: ({ cells: [, second, third, last] }) => {
        giveOut(second!);
        giveOut(third!);
        takeIn(last!);
      },
    }),
    deliver: act({
      actor: 'factory',
      says: 'a part leaves the last cell',
      when: ({ cells }) => cells[3]!.done > 0,
      then: ({ cells }) => giveOut(cells[3]!),
    }),
  },
  invariants: {
    conserved: {
      kind: 'always',
      says: 'no card is lost: each is free or at a part',
      source: 'the rules of the factory',
      holds: ({ cells }, { parameters }) =>
        cells.every(({ cards, work, again, done }) => cards + work + again + done === parameters.cards),
    },
    first: {
      kind: 'always',
      says: 'the first cell has no more free cards than there are',
      source: 'the rules of the factory',
      holds: ({ cells }, { parameters }) => cells[0]!.cards <= parameters.cards,
    },
  },
});

import { actionOf, defineModel, type Model } from '../../../model/index.ts';

interface Puzzle {
  /** The tiles by place, row by row: the number of the tile there; 0 where there is none. */
  readonly tiles: readonly number[];
}

const act = actionOf<Puzzle, unknown>();

/**
 * Eight tiles in a square of three by three. 9! / 2 = 181,440 states can be reached, the farthest in
 * 31 moves (W. Johnson and W. Story, Notes on the "15" Puzzle, 1879; A. Reinefeld, IJCAI 1993).
 */
export const puzzle: Model<Puzzle, object, never, never, 'permutation'> = defineModel({
  id: 'puzzle',
  says: 'eight tiles that slide in a square of three by three',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Puzzle => ({ tiles: [1, 2, 3, 4, 5, 6, 7, 8, 0] }),
  actions: {
    slide: act({
      actor: 'player',
      says: 'moves the gap by one place',
      choose: { by: { values: [-3, -1, 1, 3] as const } },
      when: ({ tiles }, { by }) => {
        const gap = tiles.indexOf(0);
        if (by === 1) return gap % 3 < 2;
        if (by === -1) return gap % 3 > 0;
        return gap + by >= 0 && gap + by < 9;
      },
      then: (draft, { by }) => {
        const gap = draft.tiles.indexOf(0);
        draft.tiles[gap] = draft.tiles[gap + by]!;
        draft.tiles[gap + by] = 0;
      },
    }),
  },
  invariants: {
    permutation: {
      kind: 'always',
      says: 'every tile is there once',
      source: 'the rules of the puzzle',
      holds: ({ tiles }) => new Set(tiles).size === 9,
    },
  },
});

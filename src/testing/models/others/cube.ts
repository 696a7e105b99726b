import { actionOf, defineModel, type Model } from '../../../model/index.ts';

type Face = 'right' | 'up' | 'front';

interface Cube {
  /** The corner at each place. The eighth corner never moves. */
  readonly corners: readonly number[];
  /** The twist of the corner at each place. */
  readonly twists: readonly number[];
}

/**
 * The turn of each face: the ring of places that a quarter turn moves corners along, and how far it twists
 * the corner from each.
 */
const TURNS: {
  readonly [face in Face]: { readonly ring: readonly number[]; readonly twists: readonly number[] };
} = {
  up: { ring: [0, 1, 2, 3], twists: [0, 0, 0, 0] },
  right: { ring: [0, 3, 6, 4], twists: [1, 2, 1, 2] },
  front: { ring: [0, 4, 5, 1], twists: [2, 1, 2, 1] },
};

const SOLVED = [0, 1, 2, 3, 4, 5, 6];

const FACES = ['up', 'right', 'front'] as const;

const act = actionOf<Cube, { readonly parameters: { readonly faces: number } }>();

/**
 * The cube of two by two by two, whose three faces turn that do not move one corner: 7! * 3^6 =
 * 3,674,160 states (D. Singmaster, Notes on Rubik's Magic Cube, 1981). Each turn leads from every
 * state to another one. By quarter turns that go one way the farthest state is 19 turns away. With the
 * first two faces alone there are 5! * 3^5 = 29,160 states, the farthest 27 turns away. A breadth-
 * first search over ranks of permutations counts the same.
 */
export const cube: Model<Cube, { faces: number }, never, never, 'corners'> = defineModel({
  id: 'cube',
  says: 'the cube of two by two by two, one corner of which stays where it is',
  defences: {},
  capabilities: {},
  parameters: { faces: 3 },
  initial: (): Cube => ({ corners: SOLVED, twists: SOLVED.map(() => 0) }),
  actions: {
    turn: act({
      actor: 'player',
      says: 'turns a face by a quarter',
      choose: ({ parameters }) => ({ face: { values: FACES.slice(0, parameters.faces) } }),
      then: (draft, { face }) => {
        const { ring, twists } = TURNS[face];
        const corners = ring.map((place) => draft.corners[place]!);
        const twisted = ring.map((place) => draft.twists[place]!);
        ring.forEach((_, at) => {
          const to = ring[(at + 1) % ring.length]!;
          draft.corners[to] = corners[at]!;
          draft.twists[to] = (twisted[at]! + twists[at]!) % 3;
        });
      },
    }),
  },
  invariants: {
    corners: {
      kind: 'always',
      says: 'the corner at the first place is one of the seven',
      source: 'the rules of the puzzle',
      holds: ({ corners }) => corners[0]! < 7,
    },
  },
});

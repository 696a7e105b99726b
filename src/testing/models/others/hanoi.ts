import { actionOf, defineModel, integers, type Model } from '../../../model/index.ts';

interface Hanoi {
  /** The peg of each disk, the smallest first. */
  readonly pegs: readonly number[];
}

const act = actionOf<Hanoi, unknown>();

/**
 * Disks on three pegs, which n disks can be on in 3^n ways. Three moves are possible in each state but
 * in the three in which all disks are on one peg, where two are. The farthest state takes 2^n - 1
 * moves (E. Lucas, 1883; A. Hinz and others, The Tower of Hanoi - Myths and Maths, 2013).
 */
export const hanoi: Model<Hanoi, { disks: number }, never, never, 'on-a-peg'> = defineModel({
  id: 'hanoi',
  says: 'the Towers of Hanoi',
  defences: {},
  capabilities: {},
  parameters: { disks: 8 },
  initial: ({ parameters }): Hanoi => ({ pegs: Array.from({ length: parameters.disks }, () => 0) }),
  actions: {
    move: act({
      actor: 'player',
      says: 'moves the topmost disk of a peg to another one',
      choose: { from: integers(0, 2), to: integers(0, 2) },
      when: ({ pegs }, { from, to }) => {
        const disk = pegs.indexOf(from);
        const below = pegs.indexOf(to);
        return from !== to && disk >= 0 && (below < 0 || disk < below);
      },
      then: (draft, { from, to }) => {
        draft.pegs[draft.pegs.indexOf(from)] = to;
      },
    }),
  },
  invariants: {
    'on-a-peg': {
      kind: 'always',
      says: 'the smallest disk is on one of three pegs',
      source: 'the rules of the game',
      holds: ({ pegs }) => pegs[0]! < 3,
    },
  },
});

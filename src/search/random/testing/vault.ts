import { actionOf, defineModel, integers, type AnyModel } from '../../../model/index.ts';

interface Vault {
  readonly dials: readonly number[];
  readonly tries: number;
  readonly open: boolean;
}

const dials = actionOf<Vault, unknown>();

/** The positions of the dials that open the vault. */
const OPENING: readonly number[] = [4, 1, 3, 5, 2];

/**
 * Opens with its dials at five right values of six each, turned one notch at a time, forwards only; each turn
 * starts the dials after it anew. Runs that know nothing of each other seldom come so far, and many of its
 * states look alike.
 */
export const vault: AnyModel = defineModel({
  id: 'vault',
  says: 'a vault with five dials',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Vault => ({ dials: [0, 0, 0, 0, 0], tries: 0, open: false }),
  actions: {
    turn: dials({
      actor: 'adversary',
      says: 'turns a dial by a notch',
      choose: { dial: integers(0, 4) },
      when: (state, { dial }) =>
        !state.open && state.dials[dial]! < 5 && (dial === 0 || state.dials[dial - 1] === OPENING[dial - 1]),
      then: (draft, { dial }) => {
        draft.dials[dial]! += 1;
        for (let after = dial + 1; after < 5; after += 1) draft.dials[after] = 0;
      },
    }),
    reset: dials({
      actor: 'hardware',
      says: 'turns all dials back',
      when: ({ open }) => !open,
      then: (draft) => {
        draft.dials = [0, 0, 0, 0, 0];
        draft.tries = (draft.tries + 1) % 4;
      },
    }),
    pull: dials({
      actor: 'adversary',
      says: 'pulls the handle',
      when: (state) => state.dials.every((at, dial) => at === OPENING[dial]),
      then: (draft) => {
        draft.open = true;
      },
    }),
  },
  invariants: { shut: { kind: 'always', says: 'a toy', source: 'a toy', holds: ({ open }: Vault) => !open } },
});

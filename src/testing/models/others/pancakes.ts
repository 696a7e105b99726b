import { actionOf, defineModel, integers, type Model } from '../../../model/index.ts';

interface Pancakes {
  /** The sizes of the pancakes, from the top. */
  readonly stack: readonly number[];
}

const act = actionOf<Pancakes, { readonly parameters: { readonly pancakes: number } }>();

/**
 * Pancakes of different sizes, of which the topmost ones are turned over together. All n! orders can
 * be reached; with seven, eight and nine pancakes the farthest one takes 8, 9 and 10 turns (OEIS
 * A058986).
 */
export const pancakes: Model<Pancakes, { pancakes: number }, never, never, 'sizes'> = defineModel({
  id: 'pancakes',
  says: 'a stack of pancakes that is sorted by turning over what is on top',
  defences: {},
  capabilities: {},
  parameters: { pancakes: 7 },
  initial: ({ parameters }): Pancakes => ({
    stack: Array.from({ length: parameters.pancakes }, (_, size) => size),
  }),
  actions: {
    turn: act({
      actor: 'cook',
      says: 'turns over the topmost pancakes',
      choose: ({ parameters }) => ({ count: integers(2, parameters.pancakes) }),
      then: (draft, { count }) => {
        const top = draft.stack.slice(0, count);
        top.forEach((size, at) => {
          draft.stack[count - 1 - at] = size;
        });
      },
    }),
  },
  invariants: {
    sizes: {
      kind: 'always',
      says: 'the topmost pancake is one of them',
      source: 'the rules of the kitchen',
      holds: ({ stack }, { parameters }) => stack[0]! < parameters.pancakes,
    },
  },
});

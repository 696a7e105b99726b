import { actionOf, defineModel, type Model } from '../../../model/index.ts';

interface Odometer {
  /** The last digit first. */
  readonly digits: readonly number[];
}

const act = actionOf<Odometer, unknown>();

/** A counter of decimal digits that carries: 10^n states, one after the other. */
export const odometer: Model<Odometer, { digits: number }, never, never, 'goes-on'> = defineModel({
  id: 'odometer',
  says: 'a counter of decimal digits',
  defences: {},
  capabilities: {},
  parameters: { digits: 4 },
  initial: ({ parameters }): Odometer => ({ digits: Array.from({ length: parameters.digits }, () => 0) }),
  actions: {
    count: act({
      actor: 'wheel',
      says: 'counts one more, and begins anew after the last',
      then: (draft) => {
        for (let digit = 0; digit < draft.digits.length; digit += 1) {
          draft.digits[digit] = (draft.digits[digit]! + 1) % 10;
          if (draft.digits[digit] !== 0) return;
        }
      },
    }),
  },
  invariants: {
    'goes-on': {
      kind: 'always',
      says: 'the first digit is one of ten',
      source: 'arithmetic',
      holds: ({ digits }) => digits[0]! < 10,
    },
  },
});

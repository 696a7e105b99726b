import { suite, type Suite } from 'underwatch';
import { actionOf, defineModel, integers, type Model, type Setting } from 'underwatch/model';

interface Counters {
  readonly digits: readonly number[];
}
interface Parameters {
  readonly count: number;
}
type Invariant = 'small' | 'apart' | 'throws';

const action = actionOf<Counters, Setting<Parameters, never>>();

const actions = {
  turn: action({
    actor: 'someone',
    says: 'turns a digit',
    choose: ({ parameters }) => ({ digit: integers(0, parameters.count - 1) }),
    then: (draft, { digit }) => {
      draft.digits[digit] = (draft.digits[digit]! + 1) % 7;
    },
  }),
};

const counters: Model<Counters, Parameters, never, 'turn', Invariant> = defineModel({
  id: 'counters',
  says: 'digits that turn',
  defences: {},
  capabilities: {},
  parameters: { count: 2 } as Parameters,
  initial: ({ parameters }): Counters => ({ digits: Array.from({ length: parameters.count }, () => 0) }),
  actions,
  invariants: {
    small: {
      kind: 'always',
      says: 'No digit is nine.',
      source: 'arithmetic',
      holds: ({ digits }) => digits[0]! < 9,
    },
    apart: {
      kind: 'always',
      says: 'Never three and two.',
      source: 'hope',
      holds: ({ digits }) => !(digits[0] === 3 && digits[1] === 2),
    },
    throws: {
      kind: 'always',
      says: 'It is looked up.',
      source: 'hope',
      holds: ({ digits }) => {
        const names: readonly { readonly odd: boolean }[] = [{ odd: false }, { odd: true }];
        return digits.filter((digit) => digit === 6).length < 3 || names[digits.length]!.odd;
      },
    },
  },
});

/** Claims that fail, each in its own way, among others that do not. */
export const mixed: Suite = suite({
  id: 'mixed',
  says: 'claims of all kinds, 100 %s \u001b[31m of them\nnamed',
  model: counters,
  claims: {
    HUGE: {
      invariant: 'small',
      parameters: { count: 9 },
      expect: 'holds',
      says: 'Forty million states.',
      source: 'arithmetic',
    },
    'HUGE-ATTACK': {
      invariant: 'apart',
      parameters: { count: 9 },
      expect: 'violated',
      length: 5,
      says: 'Decided long before the rest of its search.',
      source: 'arithmetic',
    },
    FINE: { invariant: 'small', expect: 'holds', says: 'A claim that holds.', source: 'arithmetic' },
    WRONG: { invariant: 'apart', expect: 'holds', says: 'A claim that does not.', source: 'hope' },
    THROWS: {
      invariant: 'throws',
      parameters: { count: 3 },
      expect: 'holds',
      says: 'A claim that throws.',
      source: 'hope',
    },
    BESIDE: {
      invariant: 'small',
      parameters: { count: 3 },
      expect: 'holds',
      says: 'A claim about the same states as one that throws.',
      source: 'arithmetic',
    },
  },
});

import {
  actionOf,
  booleans,
  defineModel,
  oneOf,
  type AnyAction,
  type Invariant,
  type Model,
  type Setting,
} from 'underwatch/model';

/**
 * A hypervisor between measurements. It goes through the slots of an interval as long as no measurement comes; which of the
 * equally likely lengths would have found it modified is counted, not drawn.
 */
export interface Rounds {
  /** Measurements so far, and slots since the last one. */
  readonly round: number;
  readonly slot: number;
  readonly kernel: 'modified' | 'hidden';
  /** Slots of this interval in which it was modified, up to what it needs. */
  readonly used: number;
  /** Lengths of this interval that find it modified. */
  readonly found: number;
  /** How many intervals had so many such lengths: `tally[0]` those in which nothing can find it. */
  readonly tally: readonly number[];
}

export type RoundsParameters = {
  /** The verifier draws each interval evenly from these lengths, in slots; one length is a fixed period. */
  readonly leastSlots: number;
  readonly mostSlots: number;
  readonly rounds: number;
  /** In how many slots of an interval a modification has to be in place to be of use. */
  readonly neededSlots: number;
  /** What it learns of a measurement: when it was, by a gap of the TSC or the count of SMIs; or before, by traffic to the BMC. */
  readonly sees: 'after' | 'before';
  /** With which probability it has to be found within these rounds, in parts of a million. */
  readonly perMillion: number;
};

type RoundsSetting = Setting<RoundsParameters, never>;
type RoundsAction = AnyAction<Rounds, RoundsSetting>;
type RoundsInvariant = Invariant<Rounds, RoundsSetting>;
const action = actionOf<Rounds, RoundsSetting>();

const MILLION = 1_000_000n;
const lengthsOf = ({ leastSlots, mostSlots }: RoundsParameters): number => mostSlots - leastSlots + 1;

/** Whether it is found often enough: the exact share of all sequences of intervals that miss it, against what may miss it. */
const isFoundEnough = ({ tally }: Rounds, parameters: RoundsParameters): boolean => {
  const lengths = BigInt(lengthsOf(parameters));
  const missed = tally.reduce((ways, count, found) => ways * (lengths - BigInt(found)) ** BigInt(count), 1n);
  const all = lengths ** BigInt(parameters.rounds);
  return missed * MILLION <= (MILLION - BigInt(parameters.perMillion)) * all;
};

const actions: { readonly spend: RoundsAction; readonly measured: RoundsAction } = {
  spend: action({
    actor: 'hypervisor',
    says: 'is modified for a slot, or hidden',
    choose: { modified: booleans() },
    when: ({ round, slot, used }, { modified }, { parameters }) =>
      round < parameters.rounds &&
      slot < parameters.mostSlots &&
      // It wants no more than it needs, and has to get that before the interval ends.
      (modified
        ? used < parameters.neededSlots
        : parameters.mostSlots - slot > parameters.neededSlots - used),
    then: (draft, { modified }, { parameters }) => {
      draft.slot += 1;
      draft.kernel = modified ? 'modified' : 'hidden';
      if (modified) draft.used += 1;
      // Who is told before it comes has hidden by then.
      if (modified && draft.slot >= parameters.leastSlots && parameters.sees === 'after') draft.found += 1;
    },
  }),
  measured: action({
    actor: 'verifier',
    says: 'measures at the latest; the interval has come to its end',
    when: ({ round, slot }, _, { parameters }) => round < parameters.rounds && slot === parameters.mostSlots,
    then: (draft) => {
      draft.tally[draft.found] = draft.tally[draft.found]! + 1;
      draft.round += 1;
      draft.slot = 0;
      draft.used = 0;
      draft.found = 0;
      draft.kernel = 'hidden';
    },
  }),
};

const invariants: { readonly 'I-FOUND': RoundsInvariant } = {
  'I-FOUND': {
    kind: 'always',
    says: 'Whatever the hypervisor does in each interval, it is found within the rounds with the probability asked for.',
    source: 'HyperSentry slide 18: periodical measurement; catalogue, H-SMICOUNT and H-TRANSIENT',
    given: ({ round }, { parameters }) => round === parameters.rounds,
    holds: (state, { parameters }) => isFoundEnough(state, parameters),
  },
};

const defaults: RoundsParameters = {
  leastSlots: 1,
  mostSlots: 8,
  rounds: 1,
  neededSlots: 1,
  sees: 'after',
  perMillion: 990_000,
};

/** A hypervisor that hides before each measurement and comes back, against the verifier's schedule. See ../README.md. */
export const rounds: Model<Rounds, RoundsParameters, never, keyof typeof actions, 'I-FOUND'> = defineModel({
  id: 'hypersentry-rounds',
  says: 'a hypervisor that comes and goes between measurements, against periods that are fixed or drawn: exact probabilities',
  defences: {},
  capabilities: {},
  parameters: defaults,
  accepts: { sees: oneOf(['after', 'before']) },
  initial: ({ parameters }): Rounds => ({
    round: 0,
    slot: 0,
    kernel: 'hidden',
    used: 0,
    found: 0,
    tally: Array.from({ length: lengthsOf(parameters) + 1 }, () => 0),
  }),
  actions,
  invariants,
});

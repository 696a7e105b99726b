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
 * A hypervisor between measurements. It goes through the slots of an interval as long as no measurement
 * comes; which of the equally likely lengths would have found it modified is counted, not drawn.
 */
export interface Rounds {
  /** Measurements so far, and slots since the last one. */
  readonly round: number;
  readonly slot: number;
  readonly kernel: 'modified' | 'hidden';
  /** Slots spent on coming back, since the hypervisor was last hidden. */
  readonly back: number;
  /** Slots of this interval in which the modification was of use, up to what the hypervisor needs. */
  readonly used: number;
  /** Lengths of this interval that find it modified. */
  readonly found: number;
  /**
   * The number of intervals with so many such lengths: `tally[0]` counts those in which nothing can find it.
   */
  readonly tally: readonly number[];
  /** The number of such lengths in the first interval, if its lengths differ from the rest. */
  readonly firstFound: number;
}

export type RoundsParameters = {
  /** The verifier draws each interval evenly from these lengths, in slots; one length is a fixed period. */
  readonly leastSlots: number;
  readonly mostSlots: number;
  /**
   * The first interval's shortest length, for a hypervisor that has not yet seen a measurement end: 1 if it
   * knows the period and not the phase. Null: as all others.
   */
  readonly firstLeastSlots: number | null;
  readonly rounds: number;
  /** In how many slots of an interval a modification has to be in place to be of use. */
  readonly neededSlots: number;
  /** Slots that putting the modification back takes: it can be found then, and is of no use yet. */
  readonly backSlots: number;
  /**
   * Whether the hypervisor needs as much in the first interval, too, rather than wait for the end of a
   * measurement.
   */
  readonly waitsFirst: boolean;
  /**
   * The hypervisor's knowledge of measurements: afterwards, by a gap of the TSC or the count of SMIs; or
   * before, by traffic to the BMC.
   */
  readonly sees: 'after' | 'before';
  /** The probability with which it has to be found within these rounds, in parts of a million. */
  readonly perMillion: number;
};

type RoundsSetting = Setting<RoundsParameters, never>;
type RoundsAction = AnyAction<Rounds, RoundsSetting>;
type RoundsInvariant = Invariant<Rounds, RoundsSetting>;
const action = actionOf<Rounds, RoundsSetting>();

const MILLION = 1_000_000n;
const lengthsOf = ({ leastSlots, mostSlots }: RoundsParameters): number => mostSlots - leastSlots + 1;

/** Whether this interval's length differs from the rest, since the phase is not known. */
const isFirst = ({ round }: Rounds, { firstLeastSlots }: RoundsParameters): boolean =>
  round === 0 && firstLeastSlots !== null;

const leastOf = (state: Rounds, parameters: RoundsParameters): number =>
  isFirst(state, parameters) ? parameters.firstLeastSlots! : parameters.leastSlots;

/** The slots of use that the hypervisor wants in this interval. */
const neededIn = ({ round }: Rounds, { neededSlots, waitsFirst }: RoundsParameters): number =>
  round === 0 && waitsFirst ? 0 : neededSlots;

/**
 * Whether the hypervisor is found often enough: the exact share of all sequences of intervals that miss it,
 * against the share that may miss it.
 */
const isFoundEnough = ({ tally, firstFound }: Rounds, parameters: RoundsParameters): boolean => {
  const lengths = BigInt(lengthsOf(parameters));
  const { firstLeastSlots, mostSlots, rounds: count } = parameters;
  const first = firstLeastSlots === null ? 1n : BigInt(mostSlots - firstLeastSlots + 1);
  const later = BigInt(firstLeastSlots === null ? count : count - 1);
  const missed = tally.reduce(
    (ways, intervals, found) => ways * (lengths - BigInt(found)) ** BigInt(intervals),
    first - BigInt(firstFound),
  );
  const all = first * lengths ** later;
  return missed * MILLION <= (MILLION - BigInt(parameters.perMillion)) * all;
};

/** The slots in which it still has to be modified in this interval, if it is hidden now. */
const owedSlots = (state: Rounds, parameters: RoundsParameters): number => {
  const owed = neededIn(state, parameters) - state.used;
  return owed === 0 ? 0 : owed + parameters.backSlots;
};

const actions: { readonly spend: RoundsAction; readonly measured: RoundsAction } = {
  spend: action({
    actor: 'hypervisor',
    says: 'is modified for a slot, or hidden',
    choose: { modified: booleans() },
    when: (state, { modified }, { parameters }) =>
      state.round < parameters.rounds &&
      state.slot < parameters.mostSlots &&
      // The hypervisor wants no more slots than it needs, and has to get them before the interval ends.
      (modified
        ? state.used < neededIn(state, parameters)
        : parameters.mostSlots - state.slot > owedSlots(state, parameters)),
    then: (draft, { modified }, { parameters }) => {
      const least = leastOf(draft, parameters);
      draft.slot += 1;
      draft.kernel = modified ? 'modified' : 'hidden';
      if (!modified) draft.back = 0;
      else if (draft.back < parameters.backSlots) draft.back += 1;
      else draft.used += 1;
      // A hypervisor that is told of a measurement before it comes has hidden by then.
      if (modified && draft.slot >= least && parameters.sees === 'after') draft.found += 1;
    },
  }),
  measured: action({
    actor: 'verifier',
    says: 'measures at the latest; the interval has come to its end',
    when: ({ round, slot }, _, { parameters }) => round < parameters.rounds && slot === parameters.mostSlots,
    then: (draft, _, { parameters }) => {
      if (isFirst(draft, parameters)) draft.firstFound = draft.found;
      else draft.tally[draft.found] = draft.tally[draft.found]! + 1;
      draft.round += 1;
      draft.slot = 0;
      draft.back = 0;
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
  firstLeastSlots: null,
  rounds: 1,
  neededSlots: 1,
  backSlots: 0,
  waitsFirst: false,
  sees: 'after',
  perMillion: 990_000,
};

/**
 * The model of a hypervisor that hides before each measurement and comes back, against the verifier's
 * schedule. See ../README.md.
 */
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
    back: 0,
    used: 0,
    found: 0,
    tally: Array.from({ length: lengthsOf(parameters) + 1 }, () => 0),
    firstFound: 0,
  }),
  actions,
  invariants,
});

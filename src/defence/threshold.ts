import { attackOf, type Attack } from '../attack/attack.ts';
import { Fault, guarded, runnable, systemOf, type AnyModel, type Scenario } from '../model/index.ts';
import { needOptions, type OptionKind } from '../search/check-options.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import { checkLimits } from '../search/limits.ts';
import type { Bound, Limits, Progress, Verdict } from '../search/result.ts';

/** A question where a verdict may flip: about a model, and a whole-number parameter with its range. */
export interface ThresholdQuestion {
  readonly model: AnyModel;
  readonly scenario: Scenario;
  readonly invariant: string;
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
}

/** The options of a search for a threshold. */
export interface ThresholdOptions {
  /** The largest range that is searched value by value; 64 if not given. */
  readonly scanUpTo?: number;
  /**
   * The number of values of a larger range that are searched first, at even distances and with both ends; 9
   * if not given.
   */
  readonly samples?: number;
  /** The limits of every search. */
  readonly limits?: Limits;
}

/** The result of an exhaustive search at one value of the parameter. */
export interface Probe {
  readonly value: number;
  readonly verdict: Verdict['kind'];
  readonly bound?: Bound;
  readonly attack?: Attack;
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
}

/** Two neighbouring values with different verdicts, both searched. */
export interface Flip {
  readonly below: Probe;
  readonly above: Probe;
}

/** The point where the verdict flips in a range, and what that rests on. */
export interface Threshold {
  readonly question: ThresholdQuestion;
  /** The probes: every value that was searched, in order. */
  readonly probes: readonly Probe[];
  readonly flips: readonly Flip[];
  /** The number of values in the range. */
  readonly values: number;
  /**
   * Whether every value was searched; otherwise nothing is known between two neighbouring probes that agree.
   */
  readonly everyValue: boolean;
  /** The first value that a limit left undecided, if one did; what is beyond it was not bisected. */
  readonly undecided?: Probe;
}

const OPTIONS: { readonly [name in keyof Required<ThresholdOptions>]: OptionKind } = {
  scanUpTo: 'a number',
  samples: 'a number',
  limits: 'anything',
};

const SCAN_UP_TO = 64;
const SAMPLES = 9;

const refuse = (where: string, expected: string, got: string, next: string): Fault =>
  new Fault('UW901', {
    where,
    expected,
    got,
    likely: 'a typing error, or a parameter that is no number',
    next,
  });

/**
 * Checks the question. Throws UW105 for names that the model lacks, UW901 for a parameter or a range in which
 * nothing can flip.
 */
const check = ({ from, invariant, model, parameter, scenario, to }: ThresholdQuestion): void => {
  const { invariants, parameters } = runnable(model);
  const named = (what: string, name: string, known: object): void => {
    if (Object.hasOwn(known, name)) return;
    throw new Fault('UW105', {
      where: `model ${model.id}, ${what} of the threshold`,
      expected: `one of ${Object.keys(known).join(', ')}`,
      got: name,
      likely: 'a typing error, or a name of another version of the model',
      next: 'run `underwatch list --models` for the names',
    });
  };
  named('the invariant', invariant, invariants);
  named('the parameter', parameter, parameters);
  const value: unknown = { ...parameters, ...scenario.parameters }[parameter as keyof object];
  const where = `parameter ${parameter} of model ${model.id}`;
  if (typeof value !== 'number')
    throw refuse(where, 'a whole number', JSON.stringify(value), 'choose a parameter that is a number');
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to)
    throw refuse(
      where,
      'a range of whole numbers whose start is below its end',
      `${from} to ${to}`,
      'give two whole numbers, the smaller one first',
    );
};

/** Searches at one value. */
function* probe(
  { invariant, model, parameter, scenario }: ThresholdQuestion,
  value: number,
  limits: Limits,
): Generator<Progress, Probe, 'stop' | undefined> {
  const here: Scenario = { ...scenario, parameters: { ...scenario.parameters, [parameter]: value } };
  const system = guarded(`model ${model.id} with ${parameter} = ${value}, initial state and choices`, () =>
    systemOf(model, here),
  );
  const result = yield* exploreInSlices(system, { invariants: [invariant], limits });
  const verdict = result.verdicts[invariant]!;
  const { complete, states, transitions } = result;
  const attack =
    verdict.kind === 'violated' && verdict.trace !== undefined
      ? guarded(`model ${model.id}, present`, () => attackOf(system, verdict.trace!, verdict.shortest))
      : undefined;
  return {
    value,
    verdict: verdict.kind,
    ...(verdict.kind === 'unresolved' ? { bound: verdict.bound } : {}),
    ...(attack === undefined ? {} : { attack }),
    states,
    transitions,
    complete,
  };
}

/**
 * Returns whole numbers from `from` to `to`, both among them, at distances as even as whole numbers allow.
 */
export const spread = (from: number, to: number, count: number): readonly number[] => {
  const steps = Math.max(1, count - 1);
  const at = (step: number): number => from + Math.floor(((to - from) / steps) * step);
  const values = Array.from({ length: steps }, (_, step) => at(step));
  return [...new Set([...values, to])];
};

const flipsIn = (probes: readonly Probe[]): readonly Flip[] =>
  probes.flatMap((below, index) => {
    const above = probes[index + 1];
    return above !== undefined && above.value === below.value + 1 && above.verdict !== below.verdict
      ? [{ below, above }]
      : [];
  });

const inOrder = (known: ReadonlyMap<number, Probe>): readonly Probe[] =>
  [...known.values()].toSorted((a, b) => a.value - b.value);

/** Returns the first two neighbours that differ, with values between them that were not searched. */
const differing = (known: ReadonlyMap<number, Probe>): Flip | undefined => {
  const probes = inOrder(known);
  for (const [index, below] of probes.entries()) {
    const above = probes[index + 1];
    if (above !== undefined && above.value > below.value + 1 && above.verdict !== below.verdict)
      return { below, above };
  }
  return undefined;
};

const isDecided = ({ verdict }: Probe): boolean => verdict !== 'unresolved';

/**
 * Finds where the verdict on an invariant flips as one parameter grows, with both sides of every flip
 * searched exhaustively. Small ranges are searched value by value. Samples of larger ones are searched, and
 * the flip between two neighbouring samples that differ is found by halving. It does not claim that there is
 * no other one between samples that agree. Yields its progress and stops at what it has when sent `stop`.
 * Throws UW105 and UW901 for a question that cannot be asked, UW201 for limits that make no sense, and what a
 * search throws.
 */
export function* thresholdInSlices(
  question: ThresholdQuestion,
  options: ThresholdOptions = {},
): Generator<Progress, Threshold, 'stop' | undefined> {
  needOptions('a threshold', OPTIONS, options);
  checkLimits(options.limits);
  check(question);
  const { limits = {}, samples = SAMPLES, scanUpTo = SCAN_UP_TO } = options;
  const { from, to } = question;
  const values = to - from + 1;
  const known = new Map<number, Probe>();
  const at = function* (value: number): Generator<Progress, Probe, 'stop' | undefined> {
    const found = known.get(value) ?? (yield* probe(question, value, limits));
    known.set(value, found);
    return found;
  };
  const first = spread(from, to, values <= scanUpTo ? values : Math.max(2, samples));
  let undecided: Probe | undefined;
  for (const value of first) {
    const found = yield* at(value);
    if (!isDecided(found)) undecided ??= found;
    if (found.bound === 'interrupted') break;
  }
  for (let gap = differing(known); undecided === undefined && gap !== undefined; gap = differing(known)) {
    const middle = yield* at(gap.below.value + Math.floor((gap.above.value - gap.below.value) / 2));
    if (!isDecided(middle)) undecided = middle;
  }
  const probes = inOrder(known);
  return {
    question,
    probes,
    flips: flipsIn(probes),
    values,
    everyValue: probes.length === values,
    ...(undecided === undefined ? {} : { undecided }),
  };
}

/** Runs `thresholdInSlices` in one go. */
export const findThreshold = (question: ThresholdQuestion, options: ThresholdOptions = {}): Threshold => {
  const slices = thresholdInSlices(question, options);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

import { Fault, type System } from '../model/index.ts';
import { needPure } from '../model/purity/check.ts';
import { needInvariants } from '../search/check-options.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import {
  lengthOf,
  type Bound,
  type Limits,
  type Progress,
  type SearchResult,
  type Trace,
} from '../search/result.ts';
import { pathViolatesOrWitnesses, statesOf } from '../search/trace.ts';

/** The result of a bounded exhaustive search for an attack that was found by other means. */
export interface Certificate {
  /** The attack itself, or a shorter one that the search found. */
  readonly trace: Trace;
  /**
   * Whether every shorter path was looked at: then `trace` is a shortest attack; of one that goes on, its
   * stem.
   */
  readonly shortest: boolean;
  /** The number of states that were looked at, and their depth. */
  readonly states: number;
  readonly depth: number;
  /** The bound that ended the search too early to certify anything. */
  readonly bound?: Exclude<Bound, 'maxDepth'>;
}

/**
 * Returns the depth of a search that looks at every path below `length`. A search sees that nothing can
 * happen in a state when it expands it, one step further on than what the state itself breaks.
 */
const depthBelow = (system: System, invariant: string, length: number): number => {
  const kind = system.model.invariants[invariant]?.kind;
  return kind === 'no-deadlock' || kind === 'within' ? length : Math.max(1, length - 1);
};

/** Takes the result for `invariant` from a search, as a certificate. */
const foundBy = ({ verdicts, states }: SearchResult, invariant: string): Certificate | undefined => {
  const verdict = verdicts[invariant];
  const trace =
    verdict?.kind === 'violated' ? verdict.trace : verdict?.kind === 'holds' ? verdict.witness : undefined;
  return trace === undefined ? undefined : { trace, shortest: true, states, depth: lengthOf(trace) };
};

/**
 * Certifies by a search of all states: only these show that some state cannot be left for good, and a search
 * below the stem's length shows nothing.
 */
function* certifyWhole(
  system: System,
  invariant: string,
  trace: Trace,
  limits: Limits,
): Generator<Progress, Certificate, 'stop' | undefined> {
  const result = yield* exploreInSlices(system, { invariants: [invariant], limits });
  const found = foundBy(result, invariant);
  if (found !== undefined) return found;
  const { states, depth } = result;
  const verdict = result.verdicts[invariant];
  const bound = verdict?.kind === 'unresolved' && verdict.bound !== 'maxDepth' ? verdict.bound : undefined;
  return { trace, shortest: false, states, depth, ...(bound === undefined ? {} : { bound }) };
}

/**
 * Checks that a path shows something of an invariant. Throws UW202 for an invariant that the model does not
 * have, and UW503 for a path that does not run, or shows nothing.
 */
const needShown = (system: System, invariant: string, trace: Trace): void => {
  needInvariants(system, [invariant]);
  const states = statesOf(system, trace);
  // A path cannot show that nothing good can be reached from its end.
  if (system.model.invariants[invariant]?.kind === 'recovers') return;
  if (pathViolatesOrWitnesses(system, invariant, states)) return;
  throw new Fault('UW503', {
    where: `model ${system.model.id}, invariant ${invariant}`,
    expected: 'a path that breaks the invariant, or reaches its witness',
    got: `${trace.steps.length} steps that run, and do not`,
    likely: 'the path is one of another invariant, or of another version',
    next: 'run `underwatch verify` to find the attack again',
  });
};

/**
 * Looks for an attack on `invariant` that is shorter than `trace`, by exhaustive search below its
 * length. Finding none certifies that there is none: "no shorter attack: N states to depth L-1". For
 * `recovers` the search is of all states, and the length is that of the stem.
 */
export function* certify(
  system: System,
  invariant: string,
  trace: Trace,
  limits: Limits = {},
): Generator<Progress, Certificate, 'stop' | undefined> {
  needPure(system);
  needShown(system, invariant, trace);
  if (system.model.invariants[invariant]?.kind === 'recovers') {
    return yield* certifyWhole(system, invariant, trace, limits);
  }
  const length = trace.steps.length;
  if (length === 0) return { trace, shortest: true, states: system.initial.length, depth: 0 };
  const enough = depthBelow(system, invariant, length);
  const maxDepth = Math.min(enough, limits.maxDepth ?? enough);
  const result = yield* exploreInSlices(system, {
    invariants: [invariant],
    limits: { ...limits, maxDepth },
  });
  const found = foundBy(result, invariant);
  if (found !== undefined) return found;
  const { states, bound } = result;
  // The search below may have run out of states before it ran out of depth: then nothing is bounded.
  const shortest = bound === undefined || (bound === 'maxDepth' && maxDepth === enough);
  const depth = Math.min(maxDepth, length - 1);
  return { trace, shortest, states, depth, ...(shortest || bound === 'maxDepth' ? {} : { bound }) };
}

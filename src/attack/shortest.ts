import type { System } from '../model/index.ts';
import { exploreInSlices } from '../search/exhaustive/explore.ts';
import type { Bound, Limits, Progress, Trace } from '../search/result.ts';

/** What a bounded exhaustive search says of an attack that was found by other means. */
export interface Certificate {
  /** The attack itself, or a shorter one that the search found. */
  readonly trace: Trace;
  /** Whether every shorter path was looked at: then `trace` is a shortest attack. */
  readonly shortest: boolean;
  /** How many states were looked at, and to which depth. */
  readonly states: number;
  readonly depth: number;
  /** What ended the search too early to certify anything. */
  readonly bound?: Exclude<Bound, 'maxDepth'>;
}

/**
 * Looks for an attack on `invariant` that is shorter than `trace`, by exhaustive search below its
 * length. Finding none certifies that there is none: "no shorter attack: N states to depth L-1".
 */
export function* certify(
  system: System,
  invariant: string,
  trace: Trace,
  limits: Limits = {},
): Generator<Progress, Certificate, 'stop' | undefined> {
  const depth = trace.steps.length - 1;
  if (depth < 1) return { trace, shortest: true, states: system.initial.length, depth: 0 };
  const { verdicts, states, bound } = yield* exploreInSlices(system, {
    invariants: [invariant],
    limits: { ...limits, maxDepth: Math.min(depth, limits.maxDepth ?? depth) },
  });
  const verdict = verdicts[invariant];
  if (verdict?.kind === 'violated' && verdict.trace !== undefined) {
    return { trace: verdict.trace, shortest: true, states, depth: verdict.trace.steps.length };
  }
  if (verdict?.kind === 'holds' && verdict.witness !== undefined) {
    return { trace: verdict.witness, shortest: true, states, depth: verdict.witness.steps.length };
  }
  // The search below may have run out of states before it ran out of depth: then nothing is bounded.
  if (bound === undefined || (bound === 'maxDepth' && (limits.maxDepth ?? depth) >= depth)) {
    return { trace, shortest: true, states, depth };
  }
  return { trace, shortest: false, states, depth, ...(bound === 'maxDepth' ? {} : { bound }) };
}

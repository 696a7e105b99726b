import type { System } from '../../model/index.ts';
import { isUncounted } from '../../search/symbolic/to-result.ts';
import type { Limits, Reduction, SearchResult, Verdict } from '../../search/result.ts';
import type { Claim } from '../claim.ts';
import { powersOf, type Power } from './powers.ts';
import { whyInert } from './why.ts';

/** A capability that a claim names and that nobody can ever use in its scenario. */
export interface InertPower {
  readonly capability: string;
  readonly because: string;
}

/** The reason why a claim never had a chance to fail. */
export type Vacuity =
  /** The invariant's antecedent never comes true. */
  | { readonly kind: 'antecedent' }
  /** Some of its capabilities never act: the same claim without them has the same states. */
  | { readonly kind: 'powers'; readonly inert: readonly InertPower[] }
  /** The claim names no capability of a model that has some, and does not say that this is meant. */
  | { readonly kind: 'nobody' };

/** Writes a vacuity in words, without a full stop. */
export const vacuityWords = (vacuity: Vacuity): string => {
  switch (vacuity.kind) {
    case 'antecedent':
      return 'what it speaks of never happens';
    case 'nobody':
      return 'it names no capability of its model; `capabilities: []` says that no adversary is meant';
    case 'powers':
      return vacuity.inert
        .map(({ capability, because }) => `capability \`${capability}\` never acts, for ${because}`)
        .join('; ');
  }
};

/** The findings of a search about the capabilities of a claim. */
export interface PowerFindings {
  /** The reason why it cannot fail. */
  readonly vacuity?: Vacuity;
  /** A capability that the claim calls idle and that still acts. */
  readonly busy?: { readonly capability: string; readonly enabled: number };
  /** Capabilities that were not seen to act, without that being proved. */
  readonly open: readonly string[];
}

const isAtWork = (reduced: readonly Reduction[] = []): boolean =>
  reduced.some((one) => one.kind === 'symmetry' || one.reduced > 0);

/**
 * Finds the capabilities that never act and may not: a claim may call some of them idle, but not all it has.
 */
const inertIn = (powers: readonly Power[], idle: readonly string[]): readonly Power[] => {
  const inert = powers.filter(({ enabled }) => enabled === 0);
  return inert.length === powers.length
    ? inert
    : inert.filter(({ capability }) => !idle.includes(capability));
};

/**
 * Whether a verdict says that there is nothing to be found: a claim without capabilities would say so, too.
 */
const saysNothingWasFound = (verdict: Verdict): boolean =>
  (verdict.kind === 'holds' && verdict.witness === undefined) ||
  (verdict.kind === 'violated' && verdict.trace === undefined) ||
  (verdict.kind === 'unresolved' && verdict.bound === 'runs');

/** A question about a model in a scenario, and what is meant by it, as far as a claim says so. */
export type Questioned = Pick<Claim, 'invariant' | 'model' | 'scenario'> &
  Partial<Pick<Claim, 'adversary' | 'idle'>>;

/**
 * Makes the findings about the capabilities of a claim, or of any other question, from the counts of a
 * search. A capability is inert if no action that needs it is possible in any state that was looked at. After
 * a complete search that is a proof; where no such action exists it needs none. Where states stood for
 * others, an action may be possible in those others only.
 */
export const powerFindings = (
  asked: Questioned,
  system: System,
  result: SearchResult,
  limits: Limits,
): PowerFindings => {
  const { idle = [], invariant, model, scenario } = asked;
  const powers = powersOf(system, result.actions);
  const busy = powers.find(({ capability, enabled }) => idle.includes(capability) && enabled > 0);
  const told = busy === undefined ? {} : { busy: { capability: busy.capability, enabled: busy.enabled } };
  if (!saysNothingWasFound(result.verdicts[invariant]!)) return { ...told, open: [] };
  if (powers.length === 0) {
    // A claim about what a machine by itself cannot come to is no claim about an adversary.
    const isUnsaid = asked.adversary === 'unsaid' && result.verdicts[invariant]!.kind === 'holds';
    return { ...(isUnsaid ? { vacuity: { kind: 'nobody' } } : {}), open: [] };
  }
  const inert = inertIn(powers, idle);
  const isProof = result.complete && !isAtWork(result.reduced) && !result.warnings.some(isUncounted);
  const sure = isProof ? inert : inert.filter(({ existing }) => existing.length === 0);
  const open = inert.filter((power) => !sure.includes(power)).map(({ capability }) => capability);
  if (sure.length === 0) return { ...told, open };
  const because = sure.map((power) => ({
    capability: power.capability,
    because: whyInert(power, model, scenario, limits),
  }));
  return { ...told, vacuity: { kind: 'powers', inert: because }, open };
};

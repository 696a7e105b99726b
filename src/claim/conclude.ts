import { attackOf, type Attack } from '../attack/attack.ts';
import { guarded, type Fault, type System } from '../model/index.ts';
import type { Limits, Trace, Verdict } from '../search/result.ts';
import type { Claim } from './claim.ts';
import { unexpected } from './judge.ts';
import { powerNote } from './powers.ts';
import type { ClaimResult } from './result.ts';
import type { EngineResult } from './engine/searching.ts';
import { powerFindings, type PowerFindings } from './vacuity/vacuity.ts';

const NOTHING = { states: 0, transitions: 0, complete: false, antecedents: 0, durationMs: 0 } as const;

/** Makes the result of `claim` but for whether it is as expected, which follows. */
const judged = (
  result: Omit<ClaimResult, 'asExpected' | 'note' | 'unexpectedBecause'>,
  powers?: PowerFindings,
): ClaimResult => {
  const because =
    result.fault === undefined
      ? unexpected(result.claim, { ...result, powers })
      : `it could not be decided: ${result.fault.title}`;
  const asExpected = because === undefined;
  const note = powerNote(result.claim, { ...result, asExpected }, powers?.open);
  return {
    ...result,
    asExpected,
    ...(because === undefined ? {} : { unexpectedBecause: because }),
    ...(note === undefined ? {} : { note }),
  };
};

/** The result of a claim that the run did not reach before it was interrupted. */
export const interrupted = (claim: Claim): ClaimResult =>
  judged({ ...NOTHING, claim, verdict: 'unresolved', bound: 'interrupted' });

/** The result of a claim that was not decided because of a fault. */
export const faulty = (claim: Claim, fault: Fault): ClaimResult =>
  judged({ ...NOTHING, claim, verdict: 'unresolved', fault });

/** The result of a claim that a limit left open, and that an attack known from elsewhere breaks. */
export const brokenBy = (open: ClaimResult, attack: Attack): ClaimResult => {
  const { bound: _, ...result } = open;
  return judged({ ...result, verdict: 'violated', attack: { ...attack, shortest: false } });
};

/** The path of a verdict, told by running it. */
const pathOf = (
  system: System,
  verdict: Verdict,
): { readonly attack?: Attack; readonly witness?: Attack } => {
  const tell = (trace: Trace, shortest: boolean): Attack =>
    guarded(`model ${system.model.id}, present`, () => attackOf(system, trace, shortest));
  if (verdict.kind === 'violated' && verdict.trace !== undefined) {
    return { attack: tell(verdict.trace, verdict.shortest) };
  }
  if (verdict.kind === 'holds' && verdict.witness !== undefined)
    return { witness: tell(verdict.witness, false) };
  return {};
};

/** Makes the result of `claim` from a search that has ended. */
export const resultOf = (
  claim: Claim,
  system: System,
  found: EngineResult,
  how: { readonly limits: Limits; readonly durationMs: number; readonly recalled?: true },
): ClaimResult => {
  const { durationMs, limits, recalled } = how;
  const { result, random } = found;
  const verdict = result.verdicts[claim.invariant]!;
  const figures = random[claim.invariant];
  const powers = powerFindings(claim, system, result, limits);
  const cannotFail = powers.vacuity !== undefined && verdict.kind !== 'unresolved';
  const vacuity =
    powers.vacuity ?? (verdict.kind === 'vacuous' ? { kind: 'antecedent' as const } : undefined);
  return judged(
    {
      claim,
      verdict: cannotFail ? 'vacuous' : verdict.kind,
      ...(verdict.kind === 'unresolved' ? { bound: verdict.bound } : {}),
      ...(vacuity === undefined ? {} : { vacuity }),
      states: result.states,
      transitions: result.transitions,
      complete: result.complete,
      ...(result.missedAtMost === undefined ? {} : { missedAtMost: result.missedAtMost }),
      antecedents: result.antecedents[claim.invariant] ?? 0,
      ...pathOf(system, verdict),
      ...(figures === undefined ? {} : { random: figures }),
      durationMs,
      ...(recalled === undefined ? {} : { recalled }),
    },
    powers,
  );
};

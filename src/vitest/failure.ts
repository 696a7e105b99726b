import { attackText } from '../attack/attack-text.ts';
import type { Attack } from '../attack/attack.ts';
import { counted, lengthWords } from '../attack/words.ts';
import { siteOf } from '../model/call-site.ts';
import type { Claim } from '../claim/claim.ts';
import type { ClaimResult } from '../claim/result.ts';
import { Fault } from '../model/index.ts';
import { userFrames } from '../model/frames.ts';
import { shown } from '../model/shown.ts';
import { attackFile } from '../report/attack-file.ts';
import { claimLine } from './claim-line.ts';
import { endLines, type Finder } from './replay.ts';

/**
 * Makes an error of that name and message whose stack leads to lines of the user's, and not into this
 * package.
 */
const failureAt = (
  stacks: readonly string[],
  name: string,
  message: string,
  options?: ErrorOptions,
): Error => {
  const error = new Error(message, options);
  error.name = name;
  const frames = stacks.flatMap((stack) => userFrames(stack)).map(({ text }) => text);
  error.stack = [`${name}: ${message}`, ...frames].join('\n');
  return error;
};

/** Makes an error of `fault` with all that it says and its cause, and a stack of these lines. */
export const faultAt = (fault: Fault, frames: readonly string[]): Error =>
  failureAt(frames, 'Fault', fault.message, fault.cause === undefined ? {} : { cause: fault.cause });

/**
 * Stack frames for a claim, nearest first: where it stands, where its suite was declared, and where it was
 * handed over.
 */
const framesFor = (claim: Claim, handedOver: string): readonly string[] => {
  const declared = userFrames(siteOf(claim));
  return [
    claimLine(declared[0], claim.id) ?? [],
    ...[...declared, ...userFrames(handedOver)].map(({ text }) => text),
  ].flat();
};

const verdictText = ({ attack, states, verdict }: ClaimResult): string => {
  const found = attack === undefined ? '' : ` in ${lengthWords(attack)}`;
  return `${verdict}${found} after ${counted(states, 'state')}`;
};

const ends = ({ claim }: ClaimResult, attack: Attack, finder: Finder): readonly string[] => {
  const { id, invariant, model, scenario } = claim;
  const of = { claim: id, model: model.id, scenario, invariant, kind: 'attack' } as const;
  return endLines(model, attackFile(attack, of), finder);
};

const timedOut = ({ claim, states }: ClaimResult, timeoutMs: number): Fault =>
  new Fault('UW341', {
    where: `suite ${claim.suite}, claim ${claim.id}`,
    expected: `a verdict (${claim.expect}) within ${timeoutMs.toLocaleString('en-US')} ms`,
    got: `none after ${counted(states, 'state')}`,
    likely: 'there are more states than can be looked at in that time',
    next: 'give testSuites a larger `timeoutMs`, another `engine` or `limits`, or the claim smaller parameters',
  });

/**
 * Makes the failure of a claim's test: its fault with all that it says, or the verdict, the attack as a story
 * and what replays it; undefined if it passes.
 */
export const failureOf = (
  result: ClaimResult,
  handedOver: string,
  timeoutMs: number,
  finder: Finder,
): Error | undefined => {
  const { asExpected, attack, bound, claim, fault, unexpectedBecause } = result;
  // Nobody but the time-out interrupts it, and then the verdict is nobody's.
  const told = fault ?? (bound === 'interrupted' ? timedOut(result, timeoutMs) : undefined);
  if (told === undefined && asExpected) return undefined;
  const frames = framesFor(claim, handedOver);
  if (told !== undefined) return faultAt(told, frames);
  const lines = [
    `${claim.id} is not as expected: ${verdictText(result)}`,
    ...(unexpectedBecause === undefined ? [] : [shown(unexpectedBecause)]),
    ...(attack === undefined ? [] : [attackText(attack), ...ends(result, attack, finder)]),
  ];
  return failureAt(frames, 'Unexpected', lines.join('\n'));
};

import type { Claim } from './claim.ts';
import type { ClaimResult } from './result.ts';

/** Returns the actions that need a capability which the claim does not give, by that capability. */
const barredIn = ({ model, scenario }: Claim): ReadonlyMap<string, readonly string[]> => {
  const barred = new Map<string, readonly string[]>();
  for (const [action, { needs }] of Object.entries(model.actions)) {
    if (needs === undefined || scenario.capabilities.includes(needs)) continue;
    barred.set(needs, [...(barred.get(needs) ?? []), action]);
  }
  return barred;
};

const needWords = (capability: string, actions: readonly string[]): string =>
  actions.length === 1
    ? `action \`${actions.join()}\` needs \`${capability}\``
    : `actions ${actions.map((action) => `\`${action}\``).join(', ')} need \`${capability}\``;

type Judged = Pick<ClaimResult, 'verdict' | 'bound' | 'complete' | 'transitions' | 'asExpected'>;

/**
 * Notes the actions that need a capability that is not given, where nothing can happen or the verdict is not
 * the expected one.
 */
const barredNote = (claim: Claim, result: Judged): string | undefined => {
  const wasSearched = result.complete || result.bound === 'runs';
  const isStill = wasSearched && result.transitions === 0;
  const isOdd = wasSearched && (!result.asExpected || result.verdict === 'vacuous');
  if (!isStill && !isOdd) return undefined;
  const barred = [...barredIn(claim)].map(([capability, actions]) => needWords(capability, actions));
  if (barred.length === 0) return undefined;
  const not = `which the claim does not give`;
  return isStill
    ? `nothing can happen: ${barred.join(', ')}, ${not}`
    : `cannot happen here: ${barred.join(', ')}, ${not}`;
};

const openNote = (open: readonly string[]): string | undefined => {
  if (open.length === 0) return undefined;
  const names = open.map((name) => `\`${name}\``).join(', ');
  return `not seen to act: ${names}; if a search of every state sees no more, the claim is vacuous`;
};

/**
 * Notes how the capabilities of a claim's adversary bear on the verdict: actions that need one that it does
 * not give, and given ones that did not act where that is no proof. Undefined where that explains nothing.
 */
export const powerNote = (claim: Claim, result: Judged, open: readonly string[] = []): string | undefined => {
  const notes = [barredNote(claim, result), openNote(open)].filter((note) => note !== undefined);
  return notes.length === 0 ? undefined : notes.join('; ');
};

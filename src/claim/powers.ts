import type { Claim } from './claim.ts';
import type { ClaimResult } from './result.ts';

/** Actions that need what the claim does not give, by the capability that each lacks. */
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

/**
 * What a claim lacks for what it says to be tried: where nothing can happen, or what came out is not what was expected,
 * the actions that need a capability that it does not give. Undefined where that explains nothing.
 */
export const powerNote = (
  claim: Claim,
  result: Pick<ClaimResult, 'verdict' | 'bound' | 'complete' | 'transitions' | 'asExpected'>,
): string | undefined => {
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

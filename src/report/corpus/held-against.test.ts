import { describe, expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import type { ClaimResult, ClaimRun } from '../../claim/result.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { attackFile, type AttackFile } from '../attack-file.ts';
import { createReplayer, type ReplayedAttack } from './corpus.ts';
import { heldAgainst } from './held-against.ts';

const run = await runClaims(doorSuite.claims);
const picked = run.results.find(({ claim }) => claim.id === 'DOOR-PICKED')!;

const fileOf = ({ attack, claim }: ClaimResult): AttackFile =>
  attackFile(attack!, {
    claim: claim.id,
    model: claim.model.id,
    invariant: claim.invariant,
    scenario: claim.scenario,
    kind: 'attack',
  });
const kept: readonly ReplayedAttack[] = [{ path: 'picked.json', attack: fileOf(picked) }].map(
  createReplayer([picked.claim.model]),
);
/** The run, as an engine would leave it that gets this one claim wrong. */
const wrongly = (change: Partial<ClaimResult>): ClaimRun => ({
  ...run,
  results: run.results.map((result) => {
    if (result !== picked) return result;
    const { attack: _, ...rest } = result;
    return { ...rest, ...change };
  }),
});
const codeOf = (changed: ClaimRun): string | undefined =>
  heldAgainst(changed, kept).results.find(({ claim }) => claim === picked.claim)?.fault?.code;

describe('a kept attack that works', () => {
  it('leaves a run as it is that found it, too', () => {
    expect(heldAgainst(run, kept)).toEqual(run);
  });

  it.each([
    ['it is taken to hold', { verdict: 'holds' }],
    ['there is nothing to find', { verdict: 'vacuous' }],
    ['a longer one is taken to be shortest', { attack: { ...picked.attack!, length: 3 } }],
  ] as const)('makes a fault of a verdict where %s', (_, change) => {
    expect(codeOf(wrongly(change))).toBe('UW397');
  });

  it('has nothing against a longer one that nobody called shortest, nor a shorter one', () => {
    expect(codeOf(wrongly({ attack: { ...picked.attack!, length: 3, shortest: false } }))).toBeUndefined();
    expect(codeOf(wrongly({ attack: { ...picked.attack!, length: 1 } }))).toBeUndefined();
  });

  it('says nothing of other scenarios', () => {
    const scenario = { ...picked.claim.scenario, without: [] };
    const other = [{ path: 'other.json', attack: { ...fileOf(picked), scenario } }].map(
      createReplayer([picked.claim.model]),
    );
    expect(other[0]?.outcome.kind).toBe('refused');
    expect(heldAgainst(wrongly({ verdict: 'holds' }), other).results).toEqual(
      wrongly({ verdict: 'holds' }).results,
    );
  });
});

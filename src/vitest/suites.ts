import { describe, expect, test } from 'vitest';
import { attackText } from '../attack/attack-text.ts';
import { counted } from '../attack/words.ts';
import type { Suite } from '../claim/claim.ts';
import { runClaims } from '../claim/run.ts';
import type { ClaimResult } from '../claim/result.ts';

const told = ({ verdict, states, attack, unexpectedBecause }: ClaimResult): string =>
  [
    `${verdict} after ${counted(states, 'state')}: ${unexpectedBecause ?? ''}`,
    ...(attack === undefined ? [] : [attackText(attack)]),
  ].join('\n');

/**
 * Turns suites into tests: one `describe` a suite, one `test` a claim, which fails when the verdict
 * (or the length of the shortest attack) is not the expected one. All claims of a suite are decided
 * by as few searches as they need, before its first test.
 */
export const testSuites = (suites: readonly Suite[]): void => {
  for (const { id, says, claims } of suites) {
    describe(`${id}: ${says}`, () => {
      let running: Promise<ReadonlyMap<string, ClaimResult>> | undefined;
      const decide = async (): Promise<ReadonlyMap<string, ClaimResult>> => {
        const { results } = await runClaims(claims);
        return new Map(results.map((result) => [result.claim.id, result]));
      };
      test.each(claims.map((claim) => [claim.id, claim.says, claim] as const))(
        '%s: %s',
        async (_id, _says, claim) => {
          running ??= decide();
          const result = (await running).get(claim.id);
          expect(result?.asExpected, result === undefined ? 'it was not decided' : told(result)).toBe(true);
        },
      );
    });
  }
};

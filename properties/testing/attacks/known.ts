import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Claim } from 'underwatch';
import { suites } from '../../index.ts';

/** A claim that is violated, and the length of its shortest attack. */
export interface Known {
  readonly claim: Claim;
  readonly length: number;
}

const GOLDEN = fileURLToPath(new URL('../../../reports/golden/claims.txt', import.meta.url));
const ATTACK = /^(\S+) +(\S+) +violated .* attack (\d+)/;

/** Every claim whose shortest attack, as exhaustive search found it, has `most` steps or fewer. */
export const knownAttacks = (most: number): readonly Known[] => {
  const lengths = new Map(
    readFileSync(GOLDEN, 'utf8')
      .split('\n')
      .flatMap((line): readonly (readonly [string, number])[] => {
        const [, suite, id, length] = ATTACK.exec(line) ?? [];
        return suite === undefined || id === undefined ? [] : [[`${suite} ${id}`, Number(length)]];
      }),
  );
  return suites
    .flatMap(({ claims }) => claims)
    .flatMap((claim): readonly Known[] => {
      const length = lengths.get(`${claim.suite} ${claim.id}`);
      return length === undefined || length > most ? [] : [{ claim, length }];
    });
};

import { expect, test } from 'vitest';
import { runClaims } from 'underwatch';
import { suites } from './index.ts';

/**
 * Every claim with its verdict, the exact number of states and transitions behind it, and the length
 * of its shortest attack. A change of a model changes this file, and its reader sees what it did. Each claim
 * comes out as it is expected to.
 */
test('the exact counts behind every claim', async () => {
  const { results } = await runClaims(suites.flatMap(({ claims }) => claims));
  expect(results.filter(({ asExpected }) => !asExpected).map(({ claim }) => claim.id)).toEqual([]);
  const rows = results.map(
    ({ claim, verdict, states, transitions, complete, attack, witness, antecedents }) =>
      [
        claim.suite.padEnd(13),
        claim.id.padEnd(29),
        verdict.padEnd(9),
        `${states} states`.padStart(15),
        `${transitions} transitions`.padStart(20),
        (complete ? 'complete' : 'decided').padEnd(8),
        `${antecedents} antecedents`.padStart(19),
        attack !== undefined
          ? `attack ${attack.length}`
          : witness !== undefined
            ? `witness ${witness.length}`
            : '',
      ]
        .join('  ')
        .trimEnd(),
  );
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('../reports/golden/claims.txt');
});

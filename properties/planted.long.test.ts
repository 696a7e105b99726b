import { expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { createPlanter } from '../src/testing/mutation/planted.ts';
import { planted } from './testing/planted.ts';

const plant = createPlanter(fileURLToPath(new URL('..', import.meta.url)), 'properties/index.ts');

it.each(planted)('a claim notices it if $says', async (one) => {
  expect(await plant(one)).toMatchObject({ kind: 'killed' });
});

it('a change that means the same is noticed by none', async () => {
  const { file, from, claims } = planted.at(-1)!;
  expect(await plant({ file, from, to: `(${from.replace(' ||', ') ||')}`, claims })).toMatchObject({
    kind: 'survived',
  });
});

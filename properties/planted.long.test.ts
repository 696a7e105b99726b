import { expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { createPlanter } from '../src/testing/mutation/planted.ts';
import { planted } from './testing/planted.ts';

const plant = createPlanter(fileURLToPath(new URL('..', import.meta.url)), 'properties/index.ts');

it.each(planted)('a claim notices it if $says', async (one) => {
  expect(await plant(one)).toMatchObject({ kind: 'killed' });
});

it('a change that means the same is noticed by none', async () => {
  const whole = planted.find(({ from }) => from.startsWith('(') && from.endsWith(')'))!;
  expect(await plant({ ...whole, to: `(${whole.from})` })).toMatchObject({ kind: 'survived' });
});

import { expect, test } from 'vitest';
import { searchOnce } from './bench.ts';
import { setsContenders } from './contenders/sets.ts';
import { sizes } from './sizes.ts';

test.each(setsContenders)(
  '$id counts what the others count, in a process of its own',
  async (contender) => {
    const tried = await searchOnce(contender, sizes[0]!, 120_000);
    expect(tried).toMatchObject({
      kind: 'measured',
      value: { states: 236_865, transitions: 780_827, nodes: 567, userRuns: 1526 },
    });
  },
  240_000,
);

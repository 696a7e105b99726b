import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { defineModel } from '../../model/index.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { suite } from '../claim.ts';
import type { ClaimRun } from '../result.ts';
import { runClaims, type RunOptions } from './run.ts';

const place = createWorkplace();
afterAll(place.remove);

const world = { bound: 900, by: 1 };

const counter = defineModel({
  id: 'counter',
  says: 'counts',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: () => ({ count: 0 }),
  actions: {
    add: {
      actor: 'user',
      says: 'adds',
      when: ({ count }: { readonly count: number }) => count < 600,
      then: (draft: { count: number }) => {
        draft.count += draft.count < 400 ? 1 : world.by;
      },
    },
  },
  invariants: {
    low: {
      kind: 'always',
      says: 'stays low',
      source: 'test',
      holds: ({ count }: { readonly count: number }) => count < world.bound,
    },
  },
});

const { claims } = suite({
  id: 'counter',
  says: 'what is said of it',
  model: counter,
  claims: { LOW: { invariant: 'low', expect: 'holds', says: 'stays low', source: 'test' } },
});

let folders = 0;
const newFolder = (): string => join(place.path, String((folders += 1)));

const run = (
  folder: string,
  resume: boolean,
  options: RunOptions = {},
  identity?: object,
): Promise<ClaimRun> =>
  runClaims(claims, {
    ...options,
    checkpoint: { folder, resume, ...(identity === undefined ? {} : { identity: { ...identity } }) },
  });

/** Runs `use` while a number that the model uses is another one. */
const changed = async <T>(change: Partial<typeof world>, use: () => Promise<T>): Promise<T> => {
  const before = { ...world };
  Object.assign(world, change);
  try {
    return await use();
  } finally {
    Object.assign(world, before);
  }
};

const verdicts = ({ results }: ClaimRun): readonly string[] => results.map(({ verdict }) => verdict);

describe('what the searches of a run found is taken over', () => {
  it('where the model does in all states what it did, and refused where it does not', async () => {
    const folder = newFolder();
    const whole = await run(folder, false);
    expect(verdicts(whole)).toEqual(['holds']);
    expect((await run(folder, true)).results).toEqual(whole.results);
    await expect(changed({ bound: 500 }, () => run(folder, true))).rejects.toMatchObject({
      code: 'UW312',
      details: { got: 'another result in the state {"count":500}' },
    });
    await expect(changed({ by: 2 }, () => run(folder, true))).rejects.toMatchObject({
      code: 'UW312',
      details: { got: 'another result in the state {"count":400}' },
    });
  });

  it('or searched for again where nothing is left to hold it against', async () => {
    const folder = newFolder();
    await run(folder, false);
    rmSync(join(folder, 'proof-0.checkpoint'));
    expect(verdicts(await changed({ bound: 500 }, () => run(folder, true)))).toEqual(['violated']);
  });

  it('from an engine that proves nothing only where the caller says what the model depends on', async () => {
    const random = { engine: 'random', random: { runs: 20, seed: 1 } } as const;
    const alone = newFolder();
    expect(verdicts(await run(alone, false, random))).toEqual(['unresolved']);
    expect(verdicts(await changed({ bound: 40 }, () => run(alone, true, random)))).toEqual(['violated']);
    const told = newFolder();
    const first = await run(told, false, random, { counter: 'as of Monday' });
    expect((await run(told, true, random, { counter: 'as of Monday' })).results).toEqual(first.results);
    await expect(run(told, true, random, { counter: 'as of Tuesday' })).rejects.toMatchObject({
      code: 'UW312',
      details: { expected: 'counter: as of Tuesday', got: 'counter: as of Monday' },
    });
  });
});

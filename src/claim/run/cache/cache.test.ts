import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { rememberSite } from '../../../model/call-site.ts';
import { actionOf, defineModel, type Setting } from '../../../model/index.ts';
import { createWorkplace } from '../../../testing/workplace.ts';
import { suite, type Claim } from '../../claim.ts';
import type { ClaimResult } from '../../result.ts';
import { runClaims, type RunOptions } from '../run.ts';
import { prune } from './prune.ts';
import { sourceDigest } from './sources.ts';

const place = createWorkplace();
afterAll(place.remove);

interface Count {
  readonly count: number;
}
interface Parameters {
  readonly bound: number;
}

// A value that no text of a function of the model shows.
const world = { jump: 1, calls: 0 };

const START: Parameters = { bound: 60 };

const action = actionOf<Count, Setting<Parameters, never>>();

const counter = defineModel({
  id: 'counter',
  says: 'counts',
  defences: {},
  capabilities: {},
  parameters: START,
  initial: (): Count => ({ count: 0 }),
  actions: {
    add: action({
      actor: 'user',
      says: 'adds',
      when: ({ count }, _, { parameters }) => count < parameters.bound,
      then: (draft) => {
        draft.count += draft.count === 40 ? world.jump : 1;
      },
    }),
  },
  invariants: {
    low: { kind: 'always', says: 'stays low', source: 'test', holds: ({ count }) => count < 90 },
    odd: { kind: 'always', says: 'is not 41', source: 'test', holds: ({ count }) => count !== 41 },
  },
});

const { claims } = suite({
  id: 'counter',
  says: 'what is said of it',
  model: counter,
  claims: {
    LOW: { invariant: 'low', expect: 'holds', says: 'stays low', source: 'test' },
    ODD: {
      invariant: 'odd',
      parameters: { bound: 50 },
      expect: 'violated',
      says: 'comes to 41',
      source: 'test',
    },
  },
});

const scenarioTo = (bound: number, { scenario }: Claim): Claim['scenario'] => ({
  ...scenario,
  parameters: { bound },
});

let folders = 0;
const newFolder = (): string => join(place.path, String((folders += 1)));

const results = async (
  folder: string,
  options: RunOptions = {},
  some: readonly Claim[] = claims,
): Promise<readonly ClaimResult[]> =>
  (await runClaims(some, { ...options, cache: { folder, fromMs: 0 } })).results;

const told = ({
  claim: { id },
  verdict,
  states,
  transitions,
  antecedents,
  attack,
  ...rest
}: ClaimResult): unknown => ({
  id,
  verdict,
  states,
  transitions,
  antecedents,
  attack,
  complete: rest.complete,
  asExpected: rest.asExpected,
});
const recalled = (some: readonly ClaimResult[]): readonly boolean[] =>
  some.map((result) => result.recalled === true);
const entries = (folder: string): readonly string[] => readdirSync(folder).map((name) => join(folder, name));

describe('what a search found', () => {
  it('is remembered, with all that is told of it', async () => {
    const folder = newFolder();
    const first = await results(folder);
    expect(recalled(first)).toEqual([false, false]);
    expect(first.map(({ states }) => states)).toEqual([61, 42]);
    const again = await results(folder);
    expect(recalled(again)).toEqual([true, true]);
    expect(again.map(told)).toEqual(first.map(told));
    expect(entries(folder).every((path) => path.endsWith('.search'))).toBe(true);
  });

  it('is judged by what is expected now', async () => {
    const folder = newFolder();
    await results(folder);
    const other = claims.map((claim): Claim => ({ ...claim, expect: 'holds' }));
    const again = await results(folder, {}, other);
    expect(again.map(({ asExpected, recalled: was }) => [asExpected, was])).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('is not taken for what a model does whose functions use something else now', async () => {
    const folder = newFolder();
    await results(folder);
    world.jump = 3;
    try {
      const [low, odd] = await results(folder);
      expect([low?.recalled, odd?.recalled]).toEqual([undefined, undefined]);
      expect([low?.states, odd?.verdict, odd?.asExpected]).toEqual([59, 'holds', false]);
    } finally {
      world.jump = 1;
    }
    // Each of the two is remembered in its turn.
    expect(recalled(await results(folder))).toEqual([false, false]);
    expect(recalled(await results(folder))).toEqual([true, true]);
  });

  it.each<readonly [string, RunOptions, readonly Claim[]]>([
    ['another limit', { limits: { maxStates: 50 } }, claims],
    ['states told apart otherwise', { memory: { states: 'fingerprint' } }, claims],
    ['another parameter', {}, claims.map((claim) => ({ ...claim, scenario: scenarioTo(70, claim) }))],
    ['another invariant', {}, claims.map((claim) => ({ ...claim, invariant: 'low' })).slice(1)],
    ['another engine', { engine: 'symbolic' }, claims],
  ])('is not taken for that of %s', async (_, options, some) => {
    const folder = newFolder();
    await results(folder);
    expect(recalled(await results(folder, options, some))).toEqual(some.map(() => false));
  });

  it('is found again where an entry is damaged, cut off, or that of another search', async () => {
    const folder = newFolder();
    await results(folder);
    const [one, other] = entries(folder) as [string, string];
    const whole = readFileSync(one);
    const spoil: readonly (() => void)[] = [
      () => writeFileSync(one, whole.subarray(0, whole.length - 9)),
      () =>
        writeFileSync(
          one,
          whole.map((byte, at) => (at === 400 ? byte ^ 1 : byte)),
        ),
      () => writeFileSync(one, '{}'),
      () => copyFileSync(other, one),
    ];
    for (const turn of spoil) {
      turn();
      expect(recalled(await results(folder)).filter((was) => was).length).toBe(1);
      expect(recalled(await results(folder))).toEqual([true, true]);
    }
  });

  it('is not remembered where the clock or a signal ended it', async () => {
    const folder = newFolder();
    const stopped = await results(folder, { signal: AbortSignal.abort() });
    expect(stopped.map(({ bound }) => bound)).toEqual(['interrupted', 'interrupted']);
    const stop = new AbortController();
    await results(folder, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(recalled(await results(folder))[0]).toBe(false);
    expect(recalled(await results(folder))).toEqual([true, true]);
  });

  it('is not remembered where it is found soon, or the folder is none', async () => {
    const folder = newFolder();
    await runClaims(claims, { cache: { folder, fromMs: 600_000 } });
    expect(entries(folder).filter((path) => path.endsWith('.search'))).toEqual([]);
    writeFileSync(join(place.path, 'file'), '');
    expect((await results(join(place.path, 'file'))).map(({ asExpected }) => asExpected)).toEqual([
      true,
      true,
    ]);
  });

  it('is not remembered of a model that is not pure', async () => {
    const folder = newFolder();
    const impure = {
      ...counter,
      actions: {
        add: {
          ...counter.actions.add,
          when: ({ count }: Count) => count < 9 && (world.calls += 1) % 3 !== 0,
        },
      },
    };
    const some = claims.map((claim) => ({ ...claim, model: impure }));
    for (let turn = 0; turn < 2; turn += 1) {
      const codes = (await results(folder, {}, some)).map(({ fault }) => fault?.code);
      expect(codes).toEqual(['UW104', 'UW104']);
    }
  });

  it('goes with nothing else that keeps a run', async () => {
    const both = { cache: { folder: newFolder() }, checkpoint: { folder: newFolder(), resume: false } };
    await expect(runClaims(claims, both)).rejects.toThrow('UW202');
  });
});

// Not as a module would write it: this file is one that models come from, too.
const importing = (file: string): string => ['import { height } from', `'${file}';`].join(' ');

describe('the files that a model comes from', () => {
  const folder = join(place.path, 'sources');
  const table = join(folder, 'table.mjs');
  const digest = async (imports: string): Promise<string | undefined> => {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(table)) writeFileSync(table, 'export const height = 3;');
    const path = join(folder, `model-${(folders += 1)}.mjs`);
    writeFileSync(path, 'export const call = (run) => run();');
    const { call } = (await import(pathToFileURL(path).href)) as { readonly call: (run: () => void) => void };
    const thing = {};
    const declare = (): void => rememberSite([thing], declare);
    call(declare);
    writeFileSync(path, imports);
    return sourceDigest([{}, thing]);
  };

  it('are those that it imports, each with its content', async () => {
    const before = await digest(importing('./table.mjs'));
    writeFileSync(table, 'export const height = 4;');
    const after = await digest(importing('./table.mjs'));
    expect([before, after].every((one) => one?.length === 32)).toBe(true);
    expect(after).not.toBe(before);
  });

  it('are not known where an import leads to none of them, and of what was declared nowhere', async () => {
    expect(await digest(importing('@/table'))).toBe(undefined);
    expect(sourceDigest([{}])).toBe(undefined);
    expect(sourceDigest([counter])?.length).toBe(32);
  });
});

it('what was not made use of for longest is removed', () => {
  const folder = newFolder();
  mkdirSync(folder);
  for (const name of ['a.search', 'b.search', 'c.search', 'd.proof'])
    writeFileSync(join(folder, name), 'x'.repeat(100));
  prune(folder, 250);
  const left = readdirSync(folder);
  expect(left.length).toBe(3);
  expect(left).toContain('d.proof');
});

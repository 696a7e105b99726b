import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const CONFIG = `
import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, defineModel, suite } from 'underwatch';
import { LIMIT } from './constants.mjs';
import { next } from './helper.mjs';
import data from './data.json' with { type: 'json' };
const bound = Number(readFileSync(new URL('bound.txt', import.meta.url), 'utf8'));
const deep = Number(process.env.DEEP) - Number(existsSync(new URL('less', import.meta.url)));
const counter = defineModel({
  id: 'counter', says: 'counts', defences: {}, capabilities: {}, parameters: {},
  initial: () => ({ n: 0 }),
  actions: {
    go: {
      actor: 'user', says: 'adds', when: (s) => s.n < Math.min(LIMIT, data.limit, deep),
      then: (d) => { d.n = next(d.n); },
    },
  },
  invariants: { low: { kind: 'always', says: 'stays low', source: 'test', holds: (s) => s.n < bound } },
});
const claim = { invariant: 'low', expect: 'holds', says: 'stays low', source: 'test' };
export default defineConfig({
  suites: [suite({ id: 'counters', says: 'counts', model: counter, claims: { LOW: claim } })],
});
`;

const FILES = {
  'underwatch.config.mjs': CONFIG,
  'constants.mjs': 'export { LIMIT } from "./more.mjs";',
  'more.mjs': 'export const LIMIT = 500;',
  'helper.mjs': 'export const next = (n, by = 1) => n + by;',
  'data.json': '{ "limit": 500 }',
  'bound.txt': '550',
};

const verify = (...args: readonly string[]): Promise<Ended> => verifyIn('500', ...args);

const verifyIn = (deep: string, ...args: readonly string[]): Promise<Ended> =>
  runCli(['verify', '--probe-runs', '0', ...args], { cwd: place.path, env: { DEEP: deep } });

const write = (files: { readonly [name: string]: string }): void => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place.path, name), text);
};

describe('a run is not gone on with once anything that its models compute has changed', () => {
  it('in any file that was read for them, or in what comes from elsewhere; and is where nothing has', async () => {
    write(FILES);
    expect((await verify('--checkpoint', 'kept')).code).toBe(0);
    expect((await verify('--resume', 'kept')).code).toBe(0);
    const changes: readonly (readonly [name: string, text: string])[] = [
      ['more.mjs', 'export const LIMIT = 600;'],
      ['helper.mjs', 'export const next = (n, by = 2) => n + by;'],
      ['data.json', '{ "limit": 600 }'],
      ['bound.txt', '100'],
      ['underwatch.config.mjs', CONFIG.replace('s.n < bound', 's.n < bound - 450')],
    ];
    for (const [name, text] of changes) {
      write({ [name]: text });
      const { code, stderr } = await verify('--resume', 'kept');
      expect([code, stderr]).toEqual([2, expect.stringMatching(new RegExp(`UW312.*file ${name}:`, 's'))]);
      write(FILES);
    }
    const elsewhere = await verifyIn('499', '--resume', 'kept');
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      2,
      expect.stringMatching(/UW312.*environment variable DEEP:/s),
    ]);
    // Nobody reads a file for this one: it shows only in what the functions do, in the last of 501 states.
    write({ less: '' });
    const { code, stderr } = await verify('--resume', 'kept');
    rmSync(join(place.path, 'less'));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/UW312.*another result in the state \{"n":499\}/s),
    ]);
    expect((await verify('--resume', 'kept')).code).toBe(0);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runClaims } from '../../claim/run/run.ts';
import { doorSuite } from '../../testing/models/door.ts';
import { functionPlaces } from './function-places.ts';
import { sourcesOf } from './sources.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

it('says in which line of the source guards, effects and questions begin', async () => {
  const sources = await sourcesOf(await runClaims(doorSuite.claims), ROOT);
  const lines = readFileSync(`${ROOT}src/testing/models/door.ts`, 'utf8').split('\n');
  const lineOf = ({ file, line }: { readonly file: string; readonly line: number }): string => {
    expect(file).toBe('src/testing/models/door.ts');
    return lines[line - 1]?.trim() ?? '';
  };
  expect(Object.keys(sources)).toEqual(['door']);
  const { actions, invariants } = sources['door']!;
  expect(Object.entries(actions).map(([id, { guard }]) => [id, lineOf(guard!)])).toEqual([
    ['pick', 'when: (state) => state.lock.set && !state.lock.picked,'],
    ['push', 'when: (state) => !state.open && (!state.lock.set || state.lock.picked),'],
  ]);
  expect(Object.values(actions).map(({ effect }) => lineOf(effect!))).toEqual([
    'then: (draft, _, { defends }) => {',
    'then: (draft) => {',
  ]);
  expect(lineOf(invariants['bell']!)).toBe('holds: (s) => s.open,');
  expect(lineOf(invariants['quiet']!)).toBe('witness: (s) => s.alarm.rings,');
});

it('leaves out what stands in no file, and leaves nothing behind', async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- a function that no file has.
  const made = new Function('return 1') as () => number;
  const places = await functionPlaces([made, Math.max, made.bind(undefined)]);
  expect(places.size).toBe(0);
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
});

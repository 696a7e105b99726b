import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import type { DefenceQuestion } from '../question.ts';
import { defencePartInSlices, defencesInSlices, findDefences, type DefenceOptions } from '../report.ts';
import type { DefenceReport } from '../result.ts';
import type { Searched } from '../search-sets.ts';
import { keep } from '../testing/keep.ts';
import { memoryOf, openMemory, type KeptMemory } from './folder.ts';
import type { SearchMemory } from './memory.ts';

const place = createWorkplace();
afterAll(place.remove);

const ask = (id: string, invariant: string, without: readonly string[], tools: boolean): DefenceQuestion => ({
  id,
  model: keep,
  invariant,
  scenario: { without, capabilities: tools ? ['hands', 'tools'] : ['hands'], parameters: {} },
});
const questions = [
  ask('crown', 'kept', ['bar', 'moat', 'guard', 'lock', 'lantern'], true),
  ask('yard', 'outside', ['bar', 'moat', 'lock', 'lantern', 'sign'], true),
  ask('gate', 'outside', ['bar', 'moat'], false),
];
const options = { matrix: true } satisfies DefenceOptions;
const whole = findDefences(questions, options);

const open = (folder: string, resume = false): KeptMemory =>
  openMemory({ folder: join(place.path, folder), resume, identity: { model: 'keep' } });
const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
};

/** Decides until so many searches were kept; undefined if it was not through by then. */
const upTo = (memory: KeptMemory, most: number): DefenceReport | undefined => {
  const slices = defencesInSlices(questions, { ...options, memory });
  for (let slice = slices.next(); ; slice = slices.next()) {
    if (slice.done === true) return slice.value;
    if (memory.size() >= most) return undefined;
  }
};

const through = <T>(slices: Generator<unknown, T, 'stop' | undefined>): T => {
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
};

describe('searches that are kept', () => {
  test('are not made again: however often it ends, what goes on comes to what one run comes to', () => {
    const counted = open('counted');
    expect(upTo(counted, Infinity)).toEqual(whole);
    const all = counted.size();
    counted.close();
    expect(all).toBeGreaterThan(5);
    let found: DefenceReport | undefined;
    let runs = 0;
    for (; found === undefined; runs += 1) {
      const memory = open('stopped', runs > 0);
      found = upTo(memory, runs + 1);
      memory.close();
    }
    expect(found).toEqual(whole);
    expect(runs).toBeGreaterThan(3);
    const again = open('stopped', true);
    expect(again.size()).toBe(all);
    again.close();
  });

  test('are those of parts, put together: only what all attacks together ask is searched then', () => {
    const sizes = [1, 2].map((index) => {
      const memory = open(`part-${index}`);
      expect(through(defencePartInSlices(questions, { index, of: 2 }, { ...options, memory }))).toBe(true);
      memory.close();
      return memory.size();
    });
    expect(sizes.every((size) => size > 1)).toBe(true);
    const kept = memoryOf(
      [1, 2].map((index) => join(place.path, `part-${index}`)),
      { model: 'keep' },
    );
    expect(kept.size).toBe(sizes.reduce((sum, size) => sum + size, 0));
    const made: string[] = [];
    const memory: SearchMemory = {
      get: (asked) => kept.get(asked),
      put: (asked) => void made.push(asked),
    };
    expect(findDefences(questions, { ...options, memory })).toEqual(whole);
    const alone: string[] = [];
    findDefences(questions, {
      ...options,
      memory: { get: () => undefined, put: (asked: string) => void alone.push(asked) },
    });
    expect(made.length).toBeLessThan(alone.length / 2);
  });

  test('are made anew where a constant that the model takes from elsewhere is another now', () => {
    const { force } = keep.actions;
    const castle = (isRotten: boolean): typeof keep => ({
      ...keep,
      actions: {
        ...keep.actions,
        force: { ...force, when: ({ gate }) => isRotten && !gate },
      },
    });
    const asked = (isRotten: boolean): DefenceQuestion[] => {
      const model = castle(isRotten);
      return questions.map((question) => ({ ...question, model }));
    };
    const kept = new Map<string, Searched>();
    const memory: SearchMemory = {
      get: (key) => kept.get(key),
      put: (key, found) => void kept.set(key, found),
    };
    const first = findDefences(asked(true), { ...options, memory });
    const searches = kept.size;
    expect(findDefences(asked(true), { ...options, memory })).toEqual(first);
    expect(kept.size).toBe(searches);
    const second = findDefences(asked(false), { ...options, memory });
    expect(second).toEqual(findDefences(asked(false), options));
    expect(second).not.toEqual(first);
    expect(kept.size).toBeGreaterThan(searches);
  });

  test('are not kept where they were interrupted', () => {
    const kept: Searched[] = [];
    const memory: SearchMemory = { get: () => undefined, put: (_, found) => void kept.push(found) };
    const slices = defencesInSlices(questions, { memory });
    let slice = slices.next('stop');
    while (slice.done !== true) slice = slices.next('stop');
    const bounds = kept
      .flatMap(({ verdicts }) => verdicts.flat())
      .filter((verdict) => verdict.kind === 'unresolved');
    expect(bounds).toEqual([]);
  });

  test('are no proof of an attack: one that does not work is a fault', () => {
    const lying: SearchMemory = {
      get: () => ({
        verdicts: [
          Array.from({ length: 64 }, () => ({
            kind: 'violated',
            shortest: true,
            trace: { initial: 0, steps: [] },
          })),
        ],
        asked: new Set(),
        states: 1,
      }),
      put: () => undefined,
    };
    expect(codeOf(() => findDefences(questions.slice(0, 1), { memory: lying }))).toBe('UW120');
  });

  test('stay in their folder, for their model and version', () => {
    expect(codeOf(() => open('nowhere', true))).toBe('UW314');
    expect(existsSync(join(place.path, 'nowhere'))).toBe(false);
    const memory = open('mine');
    expect(codeOf(() => open('mine', true))).toBe('UW332');
    upTo(memory, 2);
    memory.close();
    expect(codeOf(() => open('mine'))).toBe('UW315');
    const folder = join(place.path, 'mine');
    expect(codeOf(() => memoryOf([folder], { model: 'another' }))).toBe('UW312');
    expect(codeOf(() => memoryOf([join(place.path, 'nowhere')], {}))).toBe('UW314');
    appendFileSync(join(folder, 'defences.checkpoint'), ' ');
    expect(codeOf(() => open('mine', true))).toBe('UW311');
  });
});

import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { defineModel, systemOf, type AnyModel, type Scenario, type System } from '../../../model/index.ts';
import { tool } from '../../../model/tool.ts';
import { plainScenario, randomModel } from '../../../testing/models/random-model.ts';
import { smiGate } from '../../../testing/models/smi-gate.ts';
import { waiting } from '../../../testing/models/waiting.ts';
import { createWorkplace } from '../../../testing/workplace.ts';
import { readCheckpoint, writeCheckpoint } from '../../checkpoint/file.ts';
import { explore, exploreInSlices } from '../explore.ts';
import type { ExhaustiveOptions } from '../options.ts';
import type { ExhaustiveResult } from '../search.ts';

const place = createWorkplace();
afterAll(place.remove);

let files = 0;
const newFile = (): string => join(place.path, `${(files += 1)}.checkpoint`);
const gate = (scenario: Partial<Scenario> = {}): System =>
  systemOf(smiGate, { ...plainScenario, ...scenario });

/** Searches `system`, stopped after each of so many slices, as if by as many processes. */
const inParts = (
  system: System,
  slices: readonly number[],
  options: ExhaustiveOptions = {},
): ExhaustiveResult => {
  const checkpoint = { file: newFile() };
  for (const count of slices) {
    const search = exploreInSlices(system, { ...options, checkpoint });
    let slice = search.next();
    for (let at = 1; at < count && slice.done !== true; at += 1) slice = search.next();
    if (slice.done !== true) search.next('stop');
  }
  return explore(system, { ...options, checkpoint });
};

describe('a search in several parts finds what it finds in one, in every detail', () => {
  test.each([
    ['to its end', gate(), [1, 5, 17, 30]],
    ['to an attack', gate({ without: ['altStatusCheck'] }), [3, 1, 1, 12]],
    [
      'of a model whose shape changes, with every kind of invariant',
      systemOf(waiting, plainScenario),
      [1, 2, 3, 9],
    ],
  ] as const)('%s', (_, system, slices) => {
    const whole = explore(system);
    expect(inParts(system, slices)).toEqual(whole);
  });

  test('random models', () => {
    fc.assert(
      fc.property(
        randomModel,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        (model, slices) => {
          const system = systemOf(model, plainScenario);
          for (const options of [{}, { fuseFrom: 16 }, { fuseFrom: 16, askFrom: 0 }]) {
            expect(inParts(system, slices, options)).toEqual(explore(system, options));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('what was kept counts for a time limit', () => {
    const large = gate({ parameters: { cores: 4, nonces: 4 } });
    const asked = { limits: { timeLimitMs: 5000 }, checkpoint: { file: newFile() } };
    const search = exploreInSlices(large, asked);
    const startMs = performance.now();
    while (performance.now() - startMs < 4000) search.next();
    search.next('stop');
    const againMs = performance.now();
    expect(explore(large, asked).bound).toBe('timeLimitMs');
    expect(performance.now() - againMs).toBeLessThan(4000);
  });
});

/** A line of states up to a last one; where it ends, and up to where all is well, is not in the state. */
const lineUpTo = (world: { readonly last: number; readonly bound: number }): AnyModel =>
  defineModel({
    id: 'line',
    says: 'one state after the other',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ at: 0 }),
    actions: {
      go: {
        actor: 'user',
        says: 'goes on',
        when: ({ at }: { readonly at: number }) => at < world.last,
        then: (draft: { at: number }) => {
          draft.at += 1;
        },
      },
    },
    invariants: {
      near: {
        kind: 'always',
        says: 'is not far away',
        source: 'test',
        holds: ({ at }: { readonly at: number }) => at !== world.bound,
      },
    },
  });

/** A checkpoint of the reference model after some slices. */
const kept = (options: ExhaustiveOptions = {}): string => {
  const file = newFile();
  const search = exploreInSlices(gate(), { ...options, checkpoint: { file } });
  for (let slice = 0; slice < 8; slice += 1) search.next();
  search.next('stop');
  return file;
};

const goOn =
  (file: string, system: System = gate(), options: ExhaustiveOptions = {}) =>
  (): unknown =>
    explore(system, { ...options, checkpoint: { file } });

const fault = (code: string, details: object) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) }) as Error;

describe('a checkpoint that cannot be used is refused', () => {
  test('one that was cut short, one with a bit turned over, one that is something else', () => {
    const file = kept();
    const whole = readFileSync(file);
    const turned = Buffer.from(whole);
    turned[whole.length >> 1]! ^= 4;
    writeFileSync(file, turned);
    expect(goOn(file)).toThrow(fault('UW311', { where: file }));
    writeFileSync(file, 'not a checkpoint at all, but long enough to be one');
    expect(goOn(file)).toThrow(fault('UW311', {}));
    for (const length of [0, 11, 50, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      expect(goOn(file)).toThrow(fault('UW311', {}));
    }
    writeFileSync(file, whole);
    expect(goOn(file)()).toEqual(explore(gate()));
  });

  test('one of another scenario, limit, invariant or size', () => {
    const file = kept();
    expect(goOn(file, gate({ without: ['smiLock'] }))).toThrow(
      fault('UW312', { expected: 'scenario: without ["smiLock"]', got: 'scenario: without []' }),
    );
    expect(goOn(file, gate(), { limits: { maxStates: 7 } })).toThrow(
      fault('UW312', { expected: 'options: maxStates 7', got: 'options: maxStates not given' }),
    );
    expect(goOn(file, gate(), { invariants: [] })).toThrow(fault('UW312', { expected: 'invariants: ' }));
    expect(goOn(file, gate({ parameters: { cores: 3 } }))).toThrow(fault('UW312', {}));
  });

  test('one of a model that has changed: in its text, in what it calls, in what it calls late', () => {
    const file = kept();
    const { drop, scrub } = smiGate.actions;
    const change = (actions: object): System =>
      systemOf({ ...smiGate, actions: { ...smiGate.actions, ...actions } }, plainScenario);
    const changed = change({ drop: { ...drop, when: () => false } });
    expect(goOn(file, changed)).toThrow(fault('UW312', { where: file }));
    // The text of `scrub` stays what it was; what it does differs where a run of the sample does not get.
    const { then } = scrub!;
    const disguised = Object.assign(() => {}, { toString: () => String(then) });
    expect(goOn(file, change({ scrub: { ...scrub, then: disguised } }))).toThrow(fault('UW312', {}));
  });

  test('one whose model uses a number that has changed since, however deep it shows', () => {
    const world = { last: 5000, bound: 9000 };
    const line = systemOf(lineUpTo(world), plainScenario);
    for (const [options, change] of [
      [{}, { last: 2000 }],
      [{}, { bound: 2000 }],
      [{ states: 'fingerprint' }, { last: 2000 }],
    ] as const) {
      const file = newFile();
      const search = exploreInSlices(line, { ...options, checkpoint: { file } });
      for (let slice = search.next(); slice.value.states < 2500;) slice = search.next();
      search.next('stop');
      Object.assign(world, change);
      expect(goOn(file, line, options)).toThrow(
        fault('UW312', { got: 'another result in the state {"at":2000}' }),
      );
      Object.assign(world, { last: 5000, bound: 9000 });
      expect(goOn(file, line, options)()).toEqual(explore(line, options));
    }
  });

  test('one of another version', () => {
    const file = kept();
    const { close, content } = readCheckpoint(file)!;
    close();
    const { identity } = content as { readonly identity: object };
    writeCheckpoint(file, { ...(content as object), identity: { ...identity, version: '0.0.9' } }, []);
    expect(goOn(file)).toThrow(
      fault('UW312', { expected: `version: ${tool.version}`, got: 'version: 0.0.9' }),
    );
  });
});

describe('where it cannot be written', () => {
  test('what was written before stays', () => {
    const file = kept();
    const before = readFileSync(file);
    mkdirSync(`${file}.${process.pid}.tmp`);
    expect(() => writeCheckpoint(file, {}, [])).toThrow(fault('UW313', { where: file }));
    expect(readFileSync(file)).toEqual(before);
  });

  test('the search goes on without, and whoever listens is told', () => {
    const told: string[] = [];
    const file = join(place.path, 'no such folder', 'a.checkpoint');
    const result = explore(gate(), {
      checkpoint: { file, everyMs: 1, onTrouble: ({ code }) => told.push(code) },
    });
    expect(result.states).toBe(236_865);
    expect(told).toContain('UW313');
  });
});

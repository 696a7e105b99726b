import { Immer } from 'immer';
import { describe, expect, test } from 'vitest';
import { Fault, systemOf, actionOf, defineModel, type AnyModel } from '../../../model/index.ts';
import { plainScenario } from '../../../testing/models/random-model.ts';
import { ShapeChanged, unflatten } from '../fields/shape.ts';
import { inOneGo } from '../../set-up.ts';
import { withSpace } from '../space.ts';
import { changes } from './testing/changes.ts';
import { pathOf, sample, sampleRecorder, sampleShape, sampleValues, type Sample } from './testing/sample.ts';

type Recipe = (draft: Sample) => void;

const immer = new Immer({ autoFreeze: true });
const recorder = sampleRecorder();

const record = (recipe: Recipe) =>
  recorder.record(
    (field) => sampleValues[field]!,
    () => true,
    (draft) => recipe(draft as unknown as Sample),
  );

describe.each(Object.entries(changes))(
  '%s: a recorded recipe does what it does with immer',
  (_kind, cases) => {
    test.each(cases)('%s', (_what, recipe, reads, writesTo) => {
      const recorded = record(recipe);
      const writes = recorded.writes!;
      const after = unflatten(sampleShape, (field) =>
        writes.has(field) ? writes.get(field)! : sampleValues[field]!,
      );
      const written = [...writes.keys()].toSorted((a, b) => a - b);
      expect(after).toEqual(immer.produce(sample, recipe));
      expect(recorded.reads.map(pathOf).join(' ')).toBe(reads);
      expect(written.map(pathOf).join(' ')).toBe(writesTo);
    });
  },
);

describe('a recipe that changes the shape is told by where it does', () => {
  test.each<readonly [string, Recipe, string]>([
    ['an array grows', (d) => void d.cells.push({ on: true }), 'cells'],
    ['an array shrinks', (d) => void d.cells.pop(), 'cells'],
    ['an array is cut off', (d) => void (d.slots.length = 2), 'slots'],
    ['an object loses a field', (d) => void Reflect.deleteProperty(d.box, 'left'), 'box'],
    ['an object gets a field', (d) => void Object.assign(d.box, { up: 1 }), 'box'],
    [
      'a field deleted and put back, which makes it the last one',
      (d) => {
        const { left } = d.box;
        Reflect.deleteProperty(d.box, 'left');
        d.box.left = left;
      },
      'box',
    ],
    [
      'the same fields in another order',
      (d) => void (d.box = { right: 0, left: 0, inner: { seen: false } }),
      'box',
    ],
    ['an object of another shape', (d) => void Object.assign(d, { box: { left: 1 } }), 'box'],
    ['an object becomes null', (d) => void Object.assign(d.box, { inner: null }), 'box.inner'],
    ['an object becomes an array', (d) => void Object.assign(d.box, { inner: [1] }), 'box.inner'],
    ['the state loses a field', (d) => void Reflect.deleteProperty(d, 'flag'), ''],
    ['the state gets a field', (d) => void Object.assign(d, { up: 1 }), ''],
  ])('%s', (_what, recipe, path) => {
    expect(() => record(recipe)).toThrow(new ShapeChanged(path));
    // The recorder is as good as before.
    expect([...record((d) => void (d.flag = false)).writes!.keys()].map(pathOf)).toEqual(['flag']);
  });
});

const act = actionOf<{ box: { left: number } }, unknown>();
const modelOf = (then: (draft: { box: { left: number } }) => void): AnyModel =>
  defineModel({
    id: 'one',
    says: 'a model of one action',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => ({ box: { left: 0 } }),
    actions: { step: act({ actor: 'anyone', says: 'does it', then }) },
    invariants: {},
  });

const faultOf = (then: (draft: { box: { left: number } }) => unknown): Fault => {
  const system = systemOf(modelOf(then), plainScenario);
  try {
    const slices = withSpace(system, function* use(space): Generator<never, unknown> {
      yield* [];
      return space.effect(0, Uint32Array.from(space.initial[0]!));
    });
    inOneGo(slices);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
};

describe('what cannot be recorded is a fault that names the action', () => {
  test.each<readonly [string, (draft: { box: { left: number } }) => unknown, string, string]>([
    ['a recipe that returns', (draft) => draft, 'UW125', 'an object'],
    ['a recipe that waits', async () => undefined, 'UW125', 'a promise'],
    [
      'a recipe that clones its draft',
      (draft) => void structuredClone(draft),
      'UW106',
      'could not be cloned',
    ],
    [
      'a recipe that leaves undefined',
      (draft) => void (draft.box.left = undefined as never),
      'UW103',
      'undefined',
    ],
    [
      'a recipe that gives the state a field',
      (draft) => void Object.assign(draft, { up: 1 }),
      'UW107',
      'others',
    ],
  ])('%s', (_what, then, code, got) => {
    const { code: told, details } = faultOf(then);
    expect(told).toBe(code);
    expect(details.got).toContain(got);
    if (code === 'UW106') expect(details.where).toBe('model one, action step, then');
    if (code === 'UW103') expect(details.where).toBe('model one, action step, then, at box.left');
  });
});

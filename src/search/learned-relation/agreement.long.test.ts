import fc from 'fast-check';
import { freeze } from 'immer';
import { expect, test } from 'vitest';
import {
  actionOf,
  canonical,
  defineModel,
  Fault,
  integers,
  isEnabled,
  stepOf,
  systemOf,
  type AnyModel,
  type State,
  type System,
} from '../../model/index.ts';
import { plainScenario } from '../../testing/models/random-model.ts';
import { inOneGo } from '../set-up.ts';
import { withSpace, type Space } from './space.ts';
import { changes } from './recording/testing/changes.ts';
import { looks, type Look } from './recording/testing/looks.ts';
import { sample, type Change, type Sample } from './recording/testing/sample.ts';

/** Whether what `look` returns is of the one kind or of the other. */
const says = ([, read]: Look, view: Sample, which: number): boolean =>
  (JSON.stringify(read(view)) ?? '').length % 2 === which;

interface Rule {
  readonly looks: readonly Look[];
  /** The changes of the recipe, and those that it makes only if it then sees something. */
  readonly changes: readonly Change[];
  readonly then: readonly [Look, Change] | undefined;
}

/** Recipes that change the shape of a state, within bounds. */
const shaping: readonly Change[] = [
  ['grow', (d) => void (d.cells.length < 3 && d.cells.push({ on: false })), '', ''],
  ['shrink', (d) => void (d.cells.length > 2 && d.cells.pop()), '', ''],
  ['extend', (d) => void Object.assign(d.box, { up: 1 }), '', ''],
  ['strip', (d) => void Reflect.deleteProperty(d.box, 'up'), '', ''],
];

const look = fc.constantFrom(...Object.values(looks).flat());
const change = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.values(changes).flat()), weight: 20 },
  { arbitrary: fc.constantFrom(...shaping), weight: 1 },
);
const rule: fc.Arbitrary<Rule> = fc.record({
  looks: fc.array(look, { maxLength: 2 }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  then: fc.option(fc.tuple(look, change), { nil: undefined }),
});

const act = actionOf<Sample, unknown>();

const modelOf = (rules: readonly Rule[]): AnyModel =>
  defineModel({
    id: 'pieces',
    says: 'a model made of pieces',
    defences: {},
    capabilities: {},
    parameters: {},
    initial: () => sample,
    actions: Object.fromEntries(
      rules.map(({ looks: guards, changes: recipes, then }, index) => [
        `rule${index}`,
        act({
          actor: 'anyone',
          says: 'a generated action',
          choose: { which: integers(0, 1) },
          when: (state, { which }) => guards.every((one) => says(one, state, which)),
          then: (draft, { which }) => {
            for (const [, recipe] of recipes) recipe(draft);
            if (then !== undefined && says(then[0], draft, which)) then[1][1](draft);
          },
        }),
      ]),
    ),
    invariants: {},
  });

const MOST_STATES = 60;

const textOf = (run: () => State | undefined): string => {
  try {
    const state = run();
    return state === undefined ? 'cannot happen' : canonical(state);
  } catch (error) {
    // Steps that one of them cannot make, the other cannot make either, whatever each says of them.
    if (error instanceof Fault) return 'a fault';
    throw error;
  }
};

/** Steps from the initial state on, by what was learned and by immer, and lists where they differ. */
// oxlint-disable-next-line require-yield -- a space is used by generators
function* differences(system: System, space: Space, question: Look): Generator<never, readonly string[]> {
  const asked = space.ask({
    where: 'a question',
    answer: (state) => Number(says(question, state as unknown as Sample, 0)),
  });
  const found: string[] = [];
  const queue = space.initial.map((row) => Uint32Array.from(row));
  const known = new Set(queue.map(String));
  for (const row of queue) {
    space.refresh();
    const state = freeze(space.decode(row), true);
    const plainly = Number(says(question, state as unknown as Sample, 0));
    if (asked.answer(row) !== plainly) found.push(`${question[0]}: ${canonical(state)}`);
    system.instances.forEach((instance, index) => {
      const next = Uint32Array.from(row);
      const learned = textOf(() => {
        const effect = space.effect(index, row);
        if (effect === undefined) return undefined;
        for (let at = 0; at < effect.length; at += 2) next[effect[at]!] = effect[at + 1]!;
        return space.decode(next);
      });
      const expected = textOf(() =>
        isEnabled(system, state, instance) ? stepOf(system, state, instance) : undefined,
      );
      if (learned !== expected) found.push(`${instance.key}: ${learned} instead of ${expected}`);
      if (known.has(String(next)) || known.size >= MOST_STATES) return;
      known.add(String(next));
      queue.push(next);
    });
  }
  return found;
}

/** Returns the differences between the two; undefined for a model that throws when it is checked. */
const foundBy = (learn: () => Generator<unknown, readonly string[]>): readonly string[] | undefined => {
  try {
    return inOneGo(learn());
  } catch (error) {
    if (error instanceof Fault && error.code === 'UW106') return undefined;
    throw error;
  }
};

test.each([
  ['field by field', 'nothing', false],
  ['with questions about whole arrays', 'guards', true],
  ['in recipes too', 'recipes', true],
  ['in recipes too, extended as values come up', 'recipes', false],
  ['with changes of whole arrays', 'changes', true],
] as const)(
  'what is learned of functions made of all these pieces is what they do with immer: %s',
  (_, level, eager) => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), look, (rules, question) => {
        const system = systemOf(modelOf(rules), plainScenario);
        const learn = (): Generator<unknown, readonly string[]> =>
          withSpace(system, (space) => differences(system, space, question), {
            arrayQueries: { level, minLength: 0, eager },
          });
        const found = foundBy(learn);
        if (found !== undefined) compared += 1;
        expect(found ?? []).toEqual([]);
      }),
      { numRuns: 200 },
    );
    // The others throw where they are looked at before: no space is made of them.
    expect(compared).toBeGreaterThan(100);
  },
);

// oxlint-disable -- the callbacks are samples of what people write, and of what they should not
import { describe, expect, test } from 'vitest';
import { proofOf, type Proof } from './closed.ts';

interface Core {
  mode: string;
  pending: boolean;
  retired: boolean;
  count: number;
  slots: number[];
  inner: { deep: boolean } | null;
}
type Sample = readonly [what: string, callback: (core: Core, index: number, all: Core[]) => unknown];

let outside: unknown = 1;
let total = 0;
const places: unknown[] = [];
const other = { flag: true, count: 3 };
const helper = (core: Core): boolean => core.pending;

const TESTS: readonly Sample[] = [
  ['a field', (core) => core.pending],
  ['a field taken apart', ({ pending }) => pending],
  ['a field of a field', ({ inner: inside }) => inside?.deep],
  ['comparisons and sums of what is its own', ({ count, slots }, at) => count + 2 * at >= slots.length],
  ['an own place of an own array', (core) => core.slots[core.count] === 0 && core.slots[1] !== 2],
  ['the same as something from outside', ({ mode }) => mode === outside],
  ['truth from outside', ({ pending }) => (outside ? pending : !outside || pending)],
  ['a list of words', ({ mode }) => ['host', 'guest'].includes(mode) || mode.startsWith('s')],
  ['arithmetic', ({ count }) => (count % 3 < 2 ? count ** 2 : -count) >= 1],
  ['text', ({ mode, count }) => `${mode} ${count}` === 'host 1'],
  ['nothing to look at', () => true],
  [
    'statements',
    (core) => {
      const { mode } = core;
      if (mode === 'smm') return true;
      else {
        const waits = core.pending && !core.retired;
        return waits;
      }
    },
  ],
  [
    'a switch',
    ({ mode, pending }) => {
      switch (mode) {
        case 'smm':
          return true;
        case 'host':
          return pending;
        default:
          break;
      }
      return false;
    },
  ],
  [
    'a function',
    function named({ pending }) {
      return pending;
    },
  ],
];

const CHANGES: readonly Sample[] = [
  [
    'a field',
    (core) => {
      core.pending = false;
    },
  ],
  ['as an expression', (core) => (core.pending = !core.pending)],
  [
    'by what it is',
    (core) => {
      if (core.pending) return;
      core.pending = true;
      core.count += core.slots.length;
    },
  ],
  [
    'one more',
    (core) => {
      core.count++;
      core.slots[0] = 1;
    },
  ],
  [
    'from outside',
    (core, at) => {
      core.mode = outside as string;
      core.retired = at === outside;
    },
  ],
];

const NOTHING: readonly Sample[] = [
  [
    'a sum outside',
    (core) => {
      total += core.count;
      return true;
    },
  ],
  ['a first value kept', (core) => (outside ??= core.mode) === core.mode],
  [
    'an index handed out',
    (core, at) => {
      if (core.pending) {
        total = at;
        return true;
      }
      return false;
    },
  ],
  ['a count outside', () => ++total > 2],
  ['a list outside', (core) => places.push(core) > 0],
  ['a field of something outside', (core) => core.pending && other.flag],
  ['a number from outside', (core) => core.count < (outside as number)],
  ['text from outside', (core) => `${outside}` === core.mode],
  ['outside as a place', (core) => core.slots[outside as number] === 1],
  ['equal, not the same', (core) => core.mode == outside],
  ['a function called', (core) => helper(core)],
  ['a method that is not known', (core) => core.mode.concat('x') === 'x'],
  ['what may be a Math of the model', ({ count }) => Math.min(2, count) === 1],
  ['chance', (core) => Math.random() > core.count],
  [
    'a Math of its own',
    (core) => {
      const Math = { min: () => total++ } as never as typeof globalThis.Math;
      return Math.min(core.count);
    },
  ],
  ['the array', (core, at, all) => all[at - 1] === core],
  [
    'arguments',
    function (core) {
      return arguments.length === core.count;
    },
  ],
  [
    'this',
    function (this: unknown, core) {
      return this === core;
    },
  ],
  ['a default', ({ mode, inner = (total++, null) }) => mode === 'a' && inner],
  ['the rest', ({ mode, ...rest }) => mode in rest],
  ['an iterator', ({ slots: [first] }) => first],
  ['all the rest', (...[core]) => core.pending],
  [
    'a loop',
    (core) => {
      while (core.pending) total = 1;
      return true;
    },
  ],
  [
    'a loop over',
    (core) => {
      for (const slot of core.slots) if (slot) return true;
      return false;
    },
  ],
  ['a test within a test', (core) => core.slots.some((slot) => slot === 1)],
  [
    'an error caught',
    (core) => {
      try {
        return core.inner!.deep;
      } catch {
        return false;
      }
    },
  ],
  [
    'an error',
    () => {
      throw new Error('no');
    },
  ],
  ['a promise', async (core) => core.pending],
  [
    'a generator',
    function* (core) {
      yield core;
    },
  ],
  ['a deletion', (core) => delete (core as Partial<Core>).inner],
  [
    'a name of its own changed',
    (core) => {
      core = { ...core };
      return core.pending;
    },
  ],
  ['something made', (core) => new Set(core.slots).size],
  ['a regular expression', (core) => /s/.test(core.mode)],
  ['a tag', (core) => String.raw`${core.mode}`],
  ['one after the other', (core) => (total++, core.pending)],
  ['a clock of the global object', () => performance === outside],
  [
    'a prototype put in',
    (core) => {
      (core as never as { __proto__: unknown }).__proto__ = null;
    },
  ],
  [
    'an own place that is computed',
    (core) => {
      core.slots[core.count] = 1;
    },
  ],
  ['an array changed', (core) => core.slots.push(1)],
];

const cases = (samples: readonly Sample[], proof: Proof) =>
  samples.map(([what, callback]) => [what, callback, proof] as const);

describe('what the text of a callback proves', () => {
  test.each([...cases(TESTS, 'test'), ...cases(CHANGES, 'change'), ...cases(NOTHING, 'nothing')])(
    '%s',
    (_, callback, proof) => {
      expect(proofOf(callback)).toBe(proof);
    },
  );

  test('what is no function with a text of its own proves nothing', () => {
    const method = {
      test(core: Core) {
        return core.pending;
      },
    }.test;
    const bound = helper.bind(undefined);
    const through = new Proxy((core: Core) => core.pending, {});
    class Made {}
    for (const each of [method, bound, through, Made, Boolean, undefined, 'x => x']) {
      expect(proofOf(each)).toBe('nothing');
    }
  });

  test('a function that says another text of itself is known by its own', () => {
    const lying = Object.assign((core: Core) => (total += core.count), {
      toString: () => '(core) => core.pending',
    });
    expect(proofOf(lying)).toBe('nothing');
  });
});

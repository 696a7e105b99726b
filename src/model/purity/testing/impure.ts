import { generateKeySync, generatePrimeSync, randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { hrtime } from 'node:process';
import { dials, type DialParts, type Dials } from './steps.ts';

const text = { says: 'it is so', source: 'test' };

/** Asks the world for something, and ignores the answer. */
const asking =
  (ask: () => unknown): (() => DialParts) =>
  () => ({
    when: ({ xs }) => xs[0] === 2 && ask() === undefined,
  });

const WORLD: { readonly [name: string]: () => DialParts } = {
  'Date.now': asking(() => Date.now()),
  'new Date': asking(() => new Date().getFullYear()),
  'Date called': asking(() => Date()),
  'new Date by its prototype': asking(() => Reflect.construct(Date, [])),
  'performance.now': asking(() => performance.now()),
  'Math.random': asking(() => Math.random()),
  'Math.random, rarely low': () => ({ when: ({ xs }) => xs[0] === 2 && Math.random() < 1e-9 }),
  'process.hrtime': asking(() => process.hrtime()),
  'process.hrtime.bigint': asking(() => process.hrtime.bigint()),
  'hrtime by its name': asking(() => hrtime()),
  'process.uptime': asking(() => process.uptime()),
  'process.memoryUsage': asking(() => process.memoryUsage()),
  'process.memoryUsage.rss': asking(() => process.memoryUsage.rss()),
  'process.cpuUsage': asking(() => process.cpuUsage()),
  'process.env': asking(() => process.env['UNDERWATCH_NOBODY_SETS_THIS']),
  'names in process.env': asking(() => Object.keys(process.env)),
  'process.pid': asking(() => process.pid),
  'crypto.randomUUID': asking(() => crypto.randomUUID()),
  'crypto.getRandomValues': asking(() => crypto.getRandomValues(new Uint8Array(1))),
  'randomUUID by its name': asking(() => randomUUID()),
  'randomInt by its name': asking(() => randomInt(5)),
  'a key by chance': asking(() => generateKeySync('hmac', { length: 64 })),
  'a prime by chance': asking(() => generatePrimeSync(16)),
  'the constructor of a date': asking(() => new (new Date(0).constructor as DateConstructor)()),
  'the name of the machine': asking(() => hostname()),
  'a file': asking(() => existsSync('/')),
  'a text of now': asking(() => new Intl.DateTimeFormat('en').format()),
  'a text of now, made before': () => {
    const format = new Intl.DateTimeFormat('en');
    return { when: ({ xs }) => xs[0] === 2 && format.format() === '' };
  },
  'parts of now': asking(() => new Intl.DateTimeFormat('en').formatToParts()),
  'performance.timeOrigin': asking(() => performance.timeOrigin),
  'performance.mark': asking(() => performance.mark('now')),
  'performance.toJSON': asking(() => performance.toJSON()),
  'performance.eventLoopUtilization': asking(() => performance.eventLoopUtilization()),
  'process.title': asking(() => process.title),
  'process.execPath': asking(() => process.execPath),
  'process.version': asking(() => process.version),
  'process.platform': asking(() => process.platform),
  'process.getuid': asking(() => process.getuid?.()),
  'a clock that is caught': asking(() => {
    try {
      throw new Error(String(Date.now()));
    } catch {
      return 0;
    }
  }),
  'a clock in a recipe': () => ({ then: (draft) => void (draft.bad = Date.now() > 0) }),
  'a clock in initial': () => ({ initial: () => ({ xs: [0, 0, 0], bad: Date.now() < 0 }) }),
  'dice in exists': () => ({ exists: () => Math.random() >= 0 }),
  'dice in choose': () => ({ domain: () => (Math.random() < 0 ? [1] : [1, 2]) }),
};

const memoBy = (keyOf: (xs: readonly number[]) => unknown): DialParts => {
  const memo = new Map<unknown, boolean>();
  return {
    when: ({ xs }) => {
      const key = keyOf(xs);
      if (!memo.has(key)) memo.set(key, xs[1] === 2 && xs[2] === 1);
      return memo.get(key)!;
    },
  };
};

const MEMORY: { readonly [name: string]: () => DialParts } = {
  'what it saw last': () => {
    let last = -1;
    return {
      when: ({ xs }) => {
        const before = last;
        last = xs[2]!;
        return before === 2 && xs[2] === 0;
      },
    };
  },
  'a memo by a part of its input': () => memoBy(([first]) => first),
  'a memo by nothing': () => memoBy(() => 0),
  'a memo by a sum': () => memoBy((xs) => xs[0]! + xs[1]!),
  'a memo by an object of less': () => {
    const memo = new WeakMap<object, boolean>();
    return {
      when: ({ bad, xs }) => {
        if (!memo.has(xs)) memo.set(xs, bad);
        return !memo.get(xs)!;
      },
    };
  },
  'a memo of a recipe': () => {
    const memo = new Map<number, number>();
    return {
      then: (draft) => {
        const a = draft.xs[0]!;
        if (!memo.has(a)) memo.set(a, draft.xs[1]!);
        draft.xs[2] = memo.get(a)!;
      },
    };
  },
  'a table made of parameters at first use': () => {
    let table: readonly boolean[] | undefined;
    return {
      when: ({ xs }, { parameters }) => {
        table ??= [0, 1, 2].map((at) => at === parameters.n);
        return table[xs[0]!]!;
      },
    };
  },
  'the first state ever': () => {
    let first: Dials | undefined;
    return { when: (state) => (first ??= state).xs[0] === 1 };
  },
  'the state before': () => {
    let before: Dials | undefined;
    return {
      when: (state) => {
        const changed = before !== undefined && before.xs[0] !== state.xs[0];
        before = state;
        return changed;
      },
    };
  },
  'a draft that is kept': () => {
    let kept: { xs: number[] } | undefined;
    return { onTurn: (draft) => void (kept ??= draft), when: () => kept?.xs[0] === 2 };
  },
  'a part of a draft that is kept': () => {
    let kept: number[] | undefined;
    return {
      then: (draft) => {
        draft.bad = kept !== undefined && kept[0] === 2;
        kept = draft.xs;
      },
    };
  },
  'a count of runs': () => {
    let runs = 0;
    return { when: () => (runs += 1) % 2 === 0 };
  },
  'a count of runs of a recipe': () => {
    let runs = 0;
    return { then: (draft) => void (draft.xs[1] = (runs += 1) % 3) };
  },
  'a count that ends': () => {
    let runs = 0;
    return { when: ({ xs }) => xs[0] === 2 && (runs += 1) < 30 };
  },
  'a log': () => {
    const log: number[] = [];
    return { onTurn: (draft) => void log.push(draft.xs[0]!), when: () => log.length > 5 };
  },
  'a set of states met': () => {
    const met = new Set<string>();
    return {
      when: ({ xs }) => {
        const key = xs.join();
        const isNew = !met.has(key);
        met.add(key);
        return isNew;
      },
    };
  },
  'an iterator that goes on': () => {
    const numbers = [0, 1, 2, 1, 0][Symbol.iterator]();
    return { when: ({ xs }) => xs[0] === numbers.next().value };
  },
  'a variable that an action sets and a guard reads': () => {
    let armed = false;
    return { onTurn: () => void (armed = true), when: () => armed };
  },
  'a setter that an action uses': () => {
    let hidden = 0;
    const box = {
      get value(): number {
        return hidden;
      },
      set value(to: number) {
        hidden = to;
      },
    };
    return { onTurn: ({ xs }) => void (box.value = xs[0]!), when: () => box.value === 2 };
  },
  'a constant of the module that is changed': () => {
    const TABLE = { odd: [false, false, false] };
    return { onTurn: ({ xs }) => void (TABLE.odd[xs[0]!] = true), when: ({ xs }) => TABLE.odd[xs[1]!]! };
  },
  'a variable that initial sets anew': () => {
    let starts = 0;
    return { initial: () => ({ xs: [(starts += 1) % 3, 0, 0], bad: false }) };
  },
  'a domain that grows': () => {
    const domain: number[] = [0];
    return { domain: () => domain, onTurn: () => void domain.push(domain.length) };
  },
};

const QUESTIONS: { readonly [name: string]: () => DialParts } = Object.fromEntries(
  (
    [
      ['always, holds', (odd) => ({ kind: 'always', ...text, holds: () => !odd() })],
      ['always, given', (odd) => ({ kind: 'always', ...text, given: odd, holds: () => true })],
      ['sometimes', (odd) => ({ kind: 'sometimes', ...text, witness: odd })],
      ['never-step, bad', (odd) => ({ kind: 'never-step', ...text, bad: odd })],
      ['never-step, given', (odd) => ({ kind: 'never-step', ...text, given: odd, bad: () => false })],
      ['within, given', (odd) => ({ kind: 'within', ...text, given: odd, responds: () => false, steps: 9 })],
      [
        'within, responds',
        (odd) => ({ kind: 'within', ...text, given: () => true, responds: odd, steps: 9 }),
      ],
      ['recovers, good', (odd) => ({ kind: 'recovers', ...text, good: odd })],
      ['recovers, given', (odd) => ({ kind: 'recovers', ...text, given: odd, good: () => true })],
      ['no-deadlock', (odd) => ({ kind: 'no-deadlock', ...text, mayEnd: odd })],
    ] as readonly (readonly [string, (odd: () => boolean) => NonNullable<DialParts['invariant']>])[]
  ).flatMap(([name, invariantOf]) => [
    [
      `a variable that an action sets, read by ${name}`,
      (): DialParts => {
        let armed = false;
        return { onTurn: ({ xs }) => void (armed ||= xs[0] === 2), invariant: invariantOf(() => armed) };
      },
    ],
    [`a clock asked by ${name}`, (): DialParts => ({ invariant: invariantOf(() => Date.now() < 0) })],
    [
      `a count of ${name}`,
      (): DialParts => {
        let asked = 0;
        return { invariant: invariantOf(() => (asked += 1) === 20) };
      },
    ],
  ]),
);

/**
 * Parts of impure models, each with variables of its own: what keeps them from being pure, and how to make
 * them.
 */
export const IMPURE: readonly (readonly [string, () => DialParts])[] = Object.entries({
  ...WORLD,
  ...MEMORY,
  ...QUESTIONS,
});

/** An impure model that no check has run yet. */
export const impureModel = (name: string): ReturnType<typeof dials> =>
  dials(IMPURE.find(([one]) => one === name)![1]());

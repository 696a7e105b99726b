import { defineModel, explore, integers, runClaims, suite, systemOf, type Claim } from 'underwatch';

interface Count {
  readonly total: number;
  readonly each: readonly number[];
}

/** A small model with something to find, and something to prove. */
const counters = defineModel({
  id: 'counters',
  says: 'counters that are counted together',
  defences: {},
  capabilities: {},
  parameters: {},
  initial: (): Count => ({ total: 0, each: [0, 0, 0] }),
  actions: {
    add: {
      actor: 'user',
      says: 'adds one',
      choose: { at: integers(0, 2) },
      when: ({ each }: Count, { at }: { readonly at: number }) => each[at]! < 4,
      then: (draft: { total: number; each: number[] }, { at }: { readonly at: number }) => {
        draft.each[at]! += 1;
        draft.total = (draft.total + 1) % 5;
      },
    },
  },
  invariants: {
    small: { kind: 'always', says: 'stays small', source: 'test', holds: ({ total }: Count) => total < 5 },
    even: {
      kind: 'always',
      says: 'never all alike',
      source: 'test',
      holds: ({ each: [a, b, c] }: Count) => a !== 2 || b !== 2 || c !== 2,
    },
  },
});

const { claims }: { readonly claims: readonly Claim[] } = suite({
  id: 'counters',
  says: 'what is said of them',
  model: counters,
  claims: {
    SMALL: { invariant: 'small', expect: 'holds', says: 'stays small', source: 'test' },
    EVEN: { invariant: 'even', expect: 'violated', length: 6, says: 'never alike', source: 'test' },
  },
});

const system = systemOf(counters, { without: [], capabilities: [], parameters: {} });

const heapBytes = (): number => {
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
};

const runOne = async (turn: number): Promise<void> => {
  const { results } = await runClaims(claims, { probeRuns: turn % 50 === 0 ? 5 : 0 });
  if (!results.every(({ asExpected }) => asExpected)) throw new Error('another verdict than before');
};

const searchWith = (threads: number): void => {
  const found = explore(system, { threads, threadsFrom: 1, fuseFrom: 1, toTheEnd: true });
  if (found.states !== 125 || found.threads !== threads) throw new Error('not what was asked for');
};

/** Calls the library so many times, after some to get warm, and returns what it kept of each. */
const measure = async (calls: number, threads: number): Promise<object> => {
  const call = async (times: number): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) {
      if (threads === 1) await runOne(turn);
      else searchWith(threads);
    }
  };
  await call(Math.min(300, calls));
  const before = heapBytes();
  await call(calls);
  const bytesACall = (heapBytes() - before) / calls;
  // Work that ends a little later has time to.
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  const open = process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY|FSReq|File)/.test(name));
  return { bytesACall, open };
};

const [calls = '700', threads = '1'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(calls), Number(threads)))}\n`);

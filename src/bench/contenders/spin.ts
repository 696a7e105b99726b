import { readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { statesThatFit, type Contender, type Found } from '../contender.ts';
import { runMeasured, type Finished } from '../measuring/measured-process.ts';
import { constantsOf, modelText, type Origin } from '../model-source.ts';
import type { Size } from '../sizes.ts';
import { availabilityOf, gccTool, numberIn, prepareWith, spinTool } from '../measuring/tools.ts';

// Measured, and some more.
const BYTES_PER_STATE = 100;

/** The order in which Spin's verifier looks at states. */
type Order = 'breadth-first' | 'depth-first';

const MODEL = 'smi-gate.pml';
const MEBIBYTE = 1_048_576;
/** Deep enough for every size's longest path without a repetition; 4.6 MB. */
const STACK_DEPTH = 100_000;
// A hand-written state takes 20 bytes; an exported one may take more.
const VECTOR_BYTES = { 'by-hand': 64, exported: 1024 } as const;

/**
 * SAFETY leaves out what only cycles need, NOREDUCE partial order reduction: there is one process, so
 * it finds nothing to leave out and costs a sixth. COLLAPSE, NOCOMP, HASH32 and gcc -O3 were tried and
 * brought less than the noise of a run; fields of a byte instead of bits were slower.
 */
const compilerFlags = (order: Order, origin: Origin): readonly string[] => [
  '-O2',
  '-DSAFETY',
  '-DNOREDUCE',
  `-DVECTORSZ=${VECTOR_BYTES[origin]}`,
  `-DMEMLIM=${Math.floor((0.9 * totalmem()) / MEBIBYTE)}`,
  ...(order === 'breadth-first' ? ['-DBFS'] : []),
];

/**
 * Returns the slots of the hash table, as a power of two: at least three for every two states that will be
 * met.
 */
const hashBits = ({ meets }: Size, order: Order): number =>
  Math.max(
    16,
    Math.ceil(Math.log2(1.5 * (order === 'breadth-first' ? meets.breadthFirst : meets.depthFirst))),
  );

/**
 * The steps of the trail that the verifier left: a line each, after lines of negative numbers. The failing
 * assertion is a step of its own in an export.
 */
const trailSteps = (folder: string, origin: Origin): number =>
  readFileSync(join(folder, `${MODEL}.trail`), 'utf8')
    .split('\n')
    .filter((line) => /^\d+:/.test(line)).length - (origin === 'exported' ? 1 : 0);

const read = ({ stdout }: Finished, folder: string, order: Order, origin: Origin): Found => {
  if (stdout.includes('max search depth too small')) throw new Error('Spin ran out of its stack');
  const attacked = numberIn(stdout, /errors: (\d+)/, 'count of errors') > 0;
  const incomplete = stdout.includes('Search not completed');
  if (incomplete !== attacked) throw new Error(`Spin gave up: ${stdout.slice(0, 300)}`);
  const transitions = numberIn(stdout, /(\d+) transitions/, 'transitions');
  return {
    states: numberIn(stdout, /(\d+) states, stored/, 'states'),
    // It counts the initial state too, but not when an error ends the search.
    transitions: attacked ? transitions : transitions - 1,
    ...(order === 'breadth-first' && !attacked
      ? { depth: numberIn(stdout, /depth reached (\d+)/, 'depth') }
      : {}),
    ...(attacked ? { attackSteps: trailSteps(folder, origin) } : {}),
    ownBytes: numberIn(stdout, /([\d.]+)\s+total actual memory usage/, 'memory') * MEBIBYTE,
    insideMs: numberIn(stdout, /elapsed time ([\d.]+) seconds/, 'time') * 1000,
  };
};

const spin = (id: string, order: Order, origin: Origin): Contender => ({
  id,
  says: `${order}, ${origin === 'by-hand' ? 'model written by hand' : 'model exported'}, gcc ${compilerFlags(
    order,
    origin,
  )
    .filter((flag) => !flag.startsWith('-DMEMLIM'))
    .join(' ')}; its table has room for all states from the start`,
  threads: 1,
  mostStates: statesThatFit(BYTES_PER_STATE),
  shortest: order === 'breadth-first',
  availability: () => availabilityOf([spinTool, gccTool]),
  prepare: async (size, folder) => {
    writeFileSync(join(folder, MODEL), await modelText('promela', origin, size));
    // An export holds its size; it asks for variables that nothing reads to be kept, and for its checks by
    // name.
    const options =
      origin === 'by-hand'
        ? constantsOf(size).map(([name, value]) => `-D${name}=${value}`)
        : ['-o2', '-DCHECK'];
    const prepareMs = await prepareWith(
      [
        ['spin', ...options, '-a', MODEL],
        ['gcc', ...compilerFlags(order, origin), '-o', 'pan', 'pan.c'],
      ],
      folder,
    );
    const args = [`-w${hashBits(size, order)}`, ...(order === 'depth-first' ? [`-m${STACK_DEPTH}`] : [])];
    return {
      prepareMs,
      run: (timeoutMs) => runMeasured(join(folder, 'pan'), args, { folder, timeoutMs }),
      read: (finished) => read(finished, folder, order, origin),
    };
  },
});

/** Spin in both orders, and on the model that is exported to it. */
export const spinContenders: readonly Contender[] = [
  spin('spin-bfs', 'breadth-first', 'by-hand'),
  spin('spin-dfs', 'depth-first', 'by-hand'),
  spin('spin-export', 'breadth-first', 'exported'),
];

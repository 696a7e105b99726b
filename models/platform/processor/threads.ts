import { Fault } from 'underwatch/model';
import { lowerBound, boundsOf } from './bound.ts';
import { stepsOf } from './flow.ts';
import { programText, type Program } from './instruction.ts';
import type { Machine } from './machine.ts';
import { describe, dispatch, issueAll, retire, startPipeline, type Pipeline } from './pipeline.ts';
import { largestRate, rate, type Rate } from './rational.ts';
import { freshUnits } from './units.ts';

/**
 * Two threads of one core, as hyper-threading has it (Intel, IA-32 optimization, 1-36 to 1-38): execution
 * units are shared, each buffer is divided in halves, and the front end serves the threads in turn, unless
 * one cannot use its turn.
 */
interface Threads {
  readonly machine: Machine;
  readonly cores: readonly [Pipeline, Pipeline];
  /** The thread whose turn at the front end it is. */
  turn: 0 | 1;
  tick: number;
}

/** The number of iterations by which the second thread may be ahead of the first, which takes its results. */
const AHEAD = 3;
const MOST_ITERATIONS = 5000;

const halved = (machine: Machine): Machine => ({
  ...machine,
  schedulerEntries: Math.floor(machine.schedulerEntries / 2),
  reorderEntries: Math.floor(machine.reorderEntries / 2),
});

const startThreads = (machine: Machine, first: Program, second: Program): Threads => {
  const half = halved(machine);
  const units = freshUnits(machine, [...stepsOf(machine, first), ...stepsOf(machine, second)]);
  return {
    machine,
    cores: [startPipeline(half, first, units), startPipeline(half, second, units)],
    turn: 0,
    tick: 0,
  };
};

const iterationsOf = ({ dispatched, steps }: Pipeline): number => Math.floor(dispatched / steps.length);

/**
 * The limit of dispatched instructions for each thread: the first never overtakes the second, which is never
 * too far ahead.
 */
const limitOf = ([first, second]: Threads['cores'], core: Pipeline): number =>
  core === first
    ? iterationsOf(second) * first.steps.length
    : (iterationsOf(first) + AHEAD) * second.steps.length;

/** Gives a thread the front end for a cycle; returns whether it had a use for it. */
const serve = (threads: Threads, core: Pipeline): boolean => {
  const { carried, dispatched } = core;
  dispatch(core, limitOf(threads.cores, core));
  return carried > 0 || core.dispatched > dispatched;
};

const advance = (threads: Threads): void => {
  const { cores, machine, turn } = threads;
  const inTurn = turn === 0 ? cores : ([cores[1], cores[0]] as const);
  for (const core of inTurn) retire(core);
  for (const core of inTurn) issueAll(core);
  if (threads.tick % machine.ticksPerCycle === 0) {
    if (!serve(threads, inTurn[0])) serve(threads, inTurn[1]);
    threads.turn = turn === 0 ? 1 : 0;
  }
  threads.tick += 1;
  for (const core of cores) core.tick = threads.tick;
};

const picture = ({ cores, turn }: Threads): string => {
  const [first, second] = cores;
  const lead = iterationsOf(second) - iterationsOf(first);
  return [turn, lead, ...cores.map(describe)].join('#');
};

/**
 * Cycles of an iteration of two loops that run as two threads of one core, the first taking what the second
 * computes, once they have settled, exactly. Fails with UW802 when the machine lacks a timing, with UW803
 * when they do not settle.
 */
export const threadsSteadyState = (machine: Machine, first: Program, second: Program): Rate => {
  const threads = startThreads(machine, first, second);
  const [leading] = threads.cores;
  const seen = new Map<string, { readonly tick: number; readonly iteration: number }>();
  for (let iteration = 0; iteration < MOST_ITERATIONS;) {
    advance(threads);
    if (iterationsOf(leading) === iteration) continue;
    iteration = iterationsOf(leading);
    const state = picture(threads);
    const before = seen.get(state);
    if (before !== undefined) {
      return rate((threads.tick - before.tick) / machine.ticksPerCycle, iteration - before.iteration);
    }
    seen.set(state, { tick: threads.tick, iteration });
  }
  throw new Fault('UW803', {
    where: `two threads of ${first.length} and ${second.length} instructions on ${machine.name}`,
    expected: `the same state of the core twice in ${MOST_ITERATIONS} iterations`,
    got: 'a different one in each',
    likely: 'loops that settle very slowly',
    next: `look at the first: ${programText(first).replaceAll('\n', '; ')}`,
  });
};

/**
 * The lower bound that no scheduler can beat: each thread alone, and both together on front end and units.
 */
export const threadsBound = (machine: Machine, first: Program, second: Program): Rate => {
  const { dispatch: width, units } = boundsOf(machine, [...first, ...second]);
  return largestRate([lowerBound(machine, first), lowerBound(machine, second), width, units]);
};

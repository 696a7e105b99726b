import { Fault } from '../../model/index.ts';
import { needOptions, type OptionKind } from '../../search/check-options.ts';
import { needThreads } from '../../search/exhaustive/options.ts';
import { checkLimits } from '../../search/limits.ts';
import { checkThreads } from '../../search/threads.ts';
import type { MemoryOptions } from '../engine/searching.ts';
import type { RandomBudget } from '../engine/random.ts';
import type { RunOptions } from './run-options.ts';

const OPTIONS: { readonly [name in keyof Required<RunOptions>]: OptionKind } = {
  engine: { words: ['exhaustive', 'symbolic', 'random', 'auto'] },
  limits: 'anything',
  threads: 'a number',
  memory: 'anything',
  strategy: { words: ['levels', 'chaining', 'saturation'] },
  reduce: { words: ['symmetry', 'partial-order'] },
  random: 'anything',
  probeRuns: 'a number',
  signal: 'anything',
  checkpoint: 'anything',
  keeping: 'anything',
  cache: 'anything',
  workers: 'anything',
  onProgress: 'anything',
};

const MEMORY: { readonly [name in keyof Required<MemoryOptions>]: OptionKind } = {
  states: { words: ['exact', 'fingerprint'] },
  parents: 'true or false',
};

const RANDOM: { readonly [name in keyof RandomBudget]: OptionKind } = {
  seed: 'a number',
  runs: 'a number',
  path: 'anything',
};

const bothKept = (): Fault =>
  new Fault('UW202', {
    where: 'a run of claims',
    expected: 'a run that is kept, or one that remembers its searches for others',
    got: 'checkpoint and cache',
    likely: 'both were meant to save time',
    next: 'leave one of them out',
  });

/**
 * Checks the options of a run. Throws UW201, UW202 and UW345 for options that do not exist, or that do not go
 * together: each of them would silently make another run.
 */
export const checkRunOptions = (options: RunOptions): void => {
  needOptions('a run of claims', OPTIONS, options);
  needOptions('a run of claims, option memory', MEMORY, options.memory ?? {});
  needOptions('a run of claims, option random', RANDOM, options.random ?? {});
  checkLimits(options.limits);
  const { cache, engine = 'exhaustive', checkpoint, memory, reduce, threads = 1 } = options;
  checkThreads(threads);
  if (cache !== undefined && checkpoint !== undefined) throw bothKept();
  if (threads === 1) return;
  if (engine === 'symbolic' || engine === 'random') {
    throw new Fault('UW202', {
      where: 'the threads of a run of claims',
      expected: `one thread for the ${engine} engine`,
      got: `${threads} threads`,
      likely: 'the option belongs to another way of searching',
      next: 'leave the threads out, or search exhaustively',
    });
  }
  needThreads({
    threads,
    ...memory,
    ...(reduce === undefined ? {} : { reduce }),
    ...(checkpoint === undefined ? {} : { checkpoint: { file: checkpoint.folder } }),
  });
};

import type { Command } from 'commander';
import { DEFAULT_BUDGET } from '../../search/limits.ts';
import type { Limits } from '../../search/result.ts';
import { limit } from './numbers.ts';

/** Adds the options that limit the time and the memory of every search. */
export const withBudgetOptions = (command: Command): Command =>
  command
    .option(
      '--time-limit-ms <n>',
      `time limit of each search in milliseconds (default: ${DEFAULT_BUDGET.timeLimitMs}, an hour)`,
      limit('--time-limit-ms'),
    )
    .option(
      '--memory-limit-mb <n>',
      `memory limit of each search in mebibytes (default: ${DEFAULT_BUDGET.memoryLimitMb}, or three quarters of the machine)`,
      limit('--memory-limit-mb'),
    );

/** Returns the limits among options, as searches take them. */
export const limitsOf = ({ maxDepth, maxStates, memoryLimitMb, timeLimitMs }: Limits): Limits => ({
  ...(maxDepth === undefined ? {} : { maxDepth }),
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
});

/** Adds the options that limit every search of a command that searches more than once. */
export const withLimits = (command: Command): Command =>
  withBudgetOptions(
    command
      .option('--max-depth <n>', 'limit of the depth: steps of the longest path', limit('--max-depth'))
      .option('--max-states <n>', 'limit of states, for each search', limit('--max-states')),
  );

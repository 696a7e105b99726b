import type { Command } from 'commander';
import { DEFAULT_BUDGET } from '../../search/limits.ts';
import { limit } from './numbers.ts';

/** Adds the options that limit every search of a command that searches more than once. */
export const withLimits = (command: Command): Command =>
  command
    .option('--max-depth <n>', 'steps in the longest path', limit('--max-depth'))
    .option('--max-states <n>', 'different states, of every search', limit('--max-states'))
    .option(
      '--time-limit-ms <n>',
      `milliseconds of every search (default: ${DEFAULT_BUDGET.timeLimitMs}, an hour)`,
      limit('--time-limit-ms'),
    )
    .option(
      '--memory-limit-mb <n>',
      `mebibytes that every search may add to the process (default: ${DEFAULT_BUDGET.memoryLimitMb}, or three quarters of the machine)`,
      limit('--memory-limit-mb'),
    );

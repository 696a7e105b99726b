import { Option, type Command } from 'commander';
import type { EngineName } from '../../claim/engine/engine.ts';
import { RANDOM_DEFAULTS } from '../../claim/engine/random.ts';
import { Fault } from '../../model/index.ts';
import { counted } from '../../attack/words.ts';
import type { Shard } from '../../claim/shard.ts';
import type { ReductionKind } from '../../search/result.ts';
import { MOST_THREADS } from '../../search/threads.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import type { CheckpointFlags } from '../options/checkpoint-flags.ts';
import { limit, seed, threadCount } from '../options/numbers.ts';

/** The options of `underwatch verify`. */
export interface VerifyOptions extends CheckpointFlags {
  readonly claim?: readonly string[];
  readonly engine: EngineName;
  readonly seed: number;
  readonly path?: string;
  readonly runs?: number;
  readonly maxDepth?: number;
  readonly maxStates?: number;
  readonly timeLimitMs?: number;
  readonly memoryLimitMb?: number;
  readonly states: 'exact' | 'fingerprint';
  readonly strategy?: Strategy;
  readonly reduce?: readonly ReductionKind[];
  readonly parents: boolean;
  readonly probeRuns: number;
  readonly threads: number;
  readonly jobs?: number;
  readonly out?: string;
  readonly shard?: Shard;
  readonly costs?: string;
  readonly corpus?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly config?: string;
}

/** Adds the options that limit a search. */
const addLimits = (command: Command): Command =>
  command
    .addOption(
      new Option('--max-depth <n>', 'limit of the depth: steps of the longest path').argParser(
        limit('--max-depth'),
      ),
    )
    .addOption(
      new Option('--max-states <n>', 'limit of states, for each search').argParser(limit('--max-states')),
    )
    .addOption(
      new Option(
        '--time-limit-ms <n>',
        'time limit of each search in milliseconds (default: an hour)',
      ).argParser(limit('--time-limit-ms')),
    )
    .addOption(
      new Option(
        '--memory-limit-mb <n>',
        'memory limit of each search in mebibytes (default: 4096, or three quarters of the machine)',
      ).argParser(limit('--memory-limit-mb')),
    );

/** Adds the options of searches that go through states one by one. */
const addStates = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--threads <n>',
        `threads of each search, ${MOST_THREADS} at most; the results are the same for any number`,
      )
        .argParser(threadCount)
        .default(1),
    )
    .addOption(
      new Option(
        '--states <how>',
        'what identifies a state; fingerprints take less memory if states are wide',
      )
        .choices(['exact', 'fingerprint'])
        .default('exact'),
    )
    .option(
      '--no-parents',
      'store no parent links: less memory, and attacks are rebuilt by searching backwards',
    )
    .addOption(
      new Option(
        '--reduce <how...>',
        'search fewer states with the same verdicts: one order of interchangeable parts; one order of independent steps (attacks may then be longer than the shortest)',
      ).choices(['symmetry', 'partial-order']),
    );

/** Adds the options that say how to search, and how far. */
export const addSearchOptions = (command: Command): Command =>
  addStates(
    addLimits(
      command
        .addOption(
          new Option('--engine <engine>', 'search engine')
            .choices(['exhaustive', 'symbolic', 'random', 'auto'])
            .default('exhaustive'),
        )
        .addOption(
          new Option(
            '--strategy <how>',
            'order of a symbolic search; chaining and saturation are faster and measure no depth',
          ).choices(['levels', 'chaining', 'saturation']),
        )
        .addOption(
          new Option('--seed <n>', 'seed of random search; `today`: the day as a number, for runs by night')
            .argParser(seed('--seed'))
            .default(RANDOM_DEFAULTS.seed),
        )
        .option('--path <path>', 'with --engine random: repeat the finding with this path')
        .addOption(
          new Option(
            '--runs <n>',
            `with --engine random: runs of each search (default: ${RANDOM_DEFAULTS.runs})`,
          ).argParser(limit('--runs')),
        ),
    ),
  );

const clash = (option: string, engine: string): Fault =>
  new Fault('UW304', {
    where: `option ${option}`,
    expected: `the ${engine} engine`,
    got: 'another one',
    likely: 'the option belongs to another way of searching',
    next: 'leave the option out, or choose with --engine',
  });

const unlinked = (): Fault =>
  new Fault('UW304', {
    where: 'option --no-parents',
    expected: 'states that are told apart exactly',
    got: '--states fingerprint',
    likely: 'both were chosen to save memory',
    next: 'give one of the two; fingerprints save more where states are wide',
  });

/**
 * Checks the options of sets. Throws UW304 for options about states one by one, where they are looked at as
 * sets.
 */
const checkSets = (options: VerifyOptions): void => {
  const { checkpoint, engine, parents, resume, runs, states, strategy, threads } = options;
  const isOfSets = engine === 'symbolic' || engine === 'auto';
  if (strategy !== undefined && !isOfSets) throw clash('--strategy', 'symbolic');
  if (engine === 'symbolic' && runs !== undefined) throw clash('--runs', 'random');
  if (isOfSets && (checkpoint ?? resume) !== undefined) {
    throw clash(checkpoint === undefined ? '--resume' : '--checkpoint', 'exhaustive');
  }
  if (engine !== 'symbolic') return;
  if (states === 'fingerprint') throw clash('--states', 'exhaustive');
  if (!parents) throw clash('--no-parents', 'exhaustive');
  if (threads > 1) throw clash('--threads', 'exhaustive');
};

/**
 * Checks the options of reduction. Throws UW304 for those that a reduced search cannot have: it holds its
 * states as they are, and is not kept.
 */
const checkReduced = (options: VerifyOptions): void => {
  const { checkpoint, engine, parents, reduce, resume, states } = options;
  if (reduce === undefined) return;
  if (engine === 'random' || engine === 'symbolic') throw clash('--reduce', 'exhaustive');
  const others = [
    ...(states === 'fingerprint' ? ['--states fingerprint'] : []),
    ...(parents ? [] : ['--no-parents']),
    ...(checkpoint === undefined ? [] : ['--checkpoint']),
    ...(resume === undefined ? [] : ['--resume']),
  ];
  if (others.length === 0) return;
  throw new Fault('UW304', {
    where: 'option --reduce',
    expected: 'exact states with links between them, and no checkpoint',
    got: others.join(', '),
    likely: 'both were chosen to save memory or time',
    next: 'give one of the two',
  });
};

/**
 * Checks the threads. Throws UW304 for several where there can be but one: a search is then kept, or held or
 * gone through in another way.
 */
const checkThreads = ({ checkpoint, parents, reduce, resume, states, threads }: VerifyOptions): void => {
  const others = [
    ...(checkpoint === undefined ? [] : ['--checkpoint']),
    ...(resume === undefined ? [] : ['--resume']),
    ...(states === 'fingerprint' ? ['--states fingerprint'] : []),
    ...(parents ? [] : ['--no-parents']),
    ...(reduce === undefined ? [] : ['--reduce']),
  ];
  if (threads === 1 || others.length === 0) return;
  throw new Fault('UW304', {
    where: 'option --threads',
    expected: `one thread beside ${others.join(', ')}`,
    got: `${threads} threads`,
    likely: 'both were chosen to save time, or memory',
    next: 'leave --threads out, or the others: such a search is in the hands of one thread',
  });
};

/** Checks the options together. Throws UW304 for those that make no sense together. */
export const checkTogether = (options: VerifyOptions, claims: number): void => {
  if (options.engine === 'exhaustive' && options.runs !== undefined) throw clash('--runs', 'random');
  if (options.engine === 'random' && options.maxStates !== undefined)
    throw clash('--max-states', 'exhaustive');
  if (options.engine === 'random' && options.threads > 1) throw clash('--threads', 'exhaustive');
  if (options.engine === 'random' && options.states === 'fingerprint') throw clash('--states', 'exhaustive');
  if (options.states === 'fingerprint' && !options.parents) throw unlinked();
  checkSets(options);
  checkReduced(options);
  checkThreads(options);
  if (options.path === undefined || (options.engine === 'random' && claims === 1)) return;
  throw new Fault('UW304', {
    where: 'option --path',
    expected: 'the random engine and one claim',
    got: options.engine === 'random' ? counted(claims, 'claim') : `the ${options.engine} engine`,
    likely: 'a path repeats one finding of one random search',
    next: 'copy the whole command that was printed with the finding: --claim, --engine random, --seed and --path',
  });
};

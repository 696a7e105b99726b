import { setTimeout } from 'node:timers/promises';
import type { DecidedSearch, Wanted } from '../../../claim/run/keeper.ts';
import type { SearchWorker } from '../../../claim/run/search-worker.ts';
import { Fault } from '../../../model/index.ts';
import { likenessOf } from './likeness.ts';
import { createMember, isSame, type Member, type MemberOptions } from './member.ts';

/** A pool of worker processes that make searches of one run. */
export interface Pool {
  readonly workers: readonly SearchWorker[];
  /** Ends them all. Settles with whether code of the configuration failed in one where nobody waited. */
  readonly close: () => Promise<boolean>;
}

/** The options of a pool: how many processes, from when on, and what ends their searches. */
export interface PoolOptions extends MemberOptions {
  readonly processes: number;
  /** The time, in milliseconds, after which processes are started: a run that ends earlier needs none. */
  readonly afterMs: number;
  readonly signal: AbortSignal;
}

// While a process makes one search, the next one is on its way to it.
const SEARCHES_EACH = 2;
const MOST_ATTEMPTS = 2;

const died = ({ invariants, system }: Wanted, by: string): Fault =>
  new Fault('UW363', {
    where: `model ${system.model.id}, the search for ${invariants.join(', ')}`,
    expected: 'a process that lasts as long as the search that it makes',
    got: `its end by ${by}, and that of the one that took its place`,
    likely: 'the system killed it for want of memory, or a function of the model ended it',
    next: 'set --memory-limit-mb, with which a search ends in good order; or see it in one process with --jobs 1',
  });

const here = async ({ search }: Wanted): Promise<DecidedSearch> => {
  const startMs = performance.now();
  return { found: await search(), durationMs: performance.now() - startMs };
};

/**
 * Asks a member to make a search. A search that its death leaves undone is made once more; one that it cannot
 * give is made here.
 */
const decide = async (
  member: Member,
  { identified, signal }: PoolOptions,
  wanted: Wanted,
): Promise<DecidedSearch> => {
  for (let attempts = 0; ;) {
    if (signal.aborted || !(await member.ready())) return here(wanted);
    const reply = await member.ask(wanted);
    switch (reply.kind) {
      case 'fault':
        throw reply.fault;
      case 'found': {
        const { durationMs, found, identity = {} } = reply;
        if (!identified || isSame(identity, likenessOf(wanted.system, wanted.invariants)))
          return { found, durationMs };
        member.giveUp('the configuration makes other models there than here');
        return here(wanted);
      }
      case 'died':
        if (reply.began) attempts += 1;
        if (attempts === MOST_ATTEMPTS && !signal.aborted) throw died(wanted, reply.ended.by);
    }
  }
};

/** Makes searches in processes of their own, which are started when the run has lasted for a while. */
export const createPool = (options: PoolOptions): Pool => {
  const { afterMs, processes, signal } = options;
  const begun = setTimeout(afterMs, undefined, { ref: false });
  const members = Array.from({ length: processes }, () => createMember(options));
  const stop = (): void => {
    for (const member of members) member.stop();
  };
  signal.addEventListener('abort', stop);
  const workers = members.flatMap((member) =>
    Array.from({ length: SEARCHES_EACH }, (): SearchWorker => ({
      ready: async (left) => {
        await begun;
        return !signal.aborted && left() > 0 && member.ready();
      },
      decide: (wanted) => decide(member, options, wanted),
    })),
  );
  return {
    workers,
    close: async () => {
      signal.removeEventListener('abort', stop);
      const strays = await Promise.all(members.map(({ end }) => end()));
      return strays.includes(true);
    },
  };
};

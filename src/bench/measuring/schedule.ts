/** The result of one try of a job. */
export type Try<T> =
  | { readonly kind: 'measured'; readonly value: T }
  | { readonly kind: 'timed-out'; readonly timeoutMs: number };

/** The results of all tries of a job. A job that fails once is not tried again. */
export type Outcome<T> =
  | { readonly kind: 'measured'; readonly rounds: readonly T[] }
  | { readonly kind: 'timed-out'; readonly timeoutMs: number }
  | { readonly kind: 'wrong'; readonly because: string };

/** A job that is measured once a round. */
export interface Job<T> {
  readonly id: string;
  /** Measures once. An error is the end of the job, not of the others. */
  readonly measure: () => Promise<Try<T>>;
}

const tried = async <T>({ measure }: Job<T>, before: readonly T[]): Promise<Outcome<T>> => {
  try {
    const now = await measure();
    return now.kind === 'measured' ? { kind: 'measured', rounds: [...before, now.value] } : now;
  } catch (error) {
    return { kind: 'wrong', because: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Measures every job once a round, one after the other: A B C, A B C, and so on. A machine that is slow for a
 * while is slow for all, so that what is compared is taken from the same round. There is no warm-up: each
 * measurement is a process of its own, as a user would start it.
 */
export const interleave = async <T>(
  jobs: readonly Job<T>[],
  rounds: number,
  tell: (round: number, id: string) => void,
): Promise<ReadonlyMap<string, Outcome<T>>> => {
  const outcomes = new Map<string, Outcome<T>>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const job of jobs) {
      const before = outcomes.get(job.id) ?? { kind: 'measured', rounds: [] };
      if (before.kind !== 'measured') continue;
      tell(round, job.id);
      outcomes.set(job.id, await tried(job, before.rounds));
    }
  }
  return outcomes;
};

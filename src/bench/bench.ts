import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contender } from './contender.ts';
import type { Availability } from './measuring/tools.ts';
import { disagreements } from './judge.ts';
import type { Finished } from './measuring/measured-process.ts';
import type { Absence, Measurement, Results, WalkMeasurement } from './results/results.ts';
import { interleave, type Job, type Outcome, type Try } from './measuring/schedule.ts';
import type { Size } from './sizes.ts';
import { searchSummary, walkSummary, type Baseline } from './results/summary.ts';
import type { Walker } from './walker.ts';

/** The plan of a bench: what is measured, and how often. */
export interface Plan {
  readonly sizes: readonly Size[];
  readonly contenders: readonly Contender[];
  readonly walkers: readonly Walker[];
  readonly rounds: number;
  readonly timeoutMs: number;
  /** The contenders with whom the searches are compared, and the walks. */
  readonly baseline: string;
  readonly walkBaseline: string;
  readonly tell: (text: string) => void;
}

type Told<T> = T & { readonly availability: Availability };

/** Gives `use` an empty folder, and removes it afterwards. */
const inFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'underwatch-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const usageOf = ({ cpuMs, peakBytes }: Finished): Pick<Measurement, 'cpuMs' | 'peakBytes'> => ({
  ...(cpuMs === undefined ? {} : { cpuMs }),
  ...(peakBytes === undefined ? {} : { peakBytes }),
});

/** Reads what a run printed; a run that broke down says what it said last. */
const readOf = <T>(read: (finished: Finished) => T, finished: Finished): T => {
  try {
    return read(finished);
  } catch (error) {
    const said = finished.stderr.trim().slice(-500);
    throw new Error(`exit code ${finished.exitCode ?? 'none'}, ${said || String(error)}`, { cause: error });
  }
};

/** Prepares and runs `contender` once. Throws when its answer is wrong. */
export const searchOnce = (contender: Contender, size: Size, timeoutMs: number): Promise<Try<Measurement>> =>
  inFolder(async (folder) => {
    const { prepareMs, run, read } = await contender.prepare(size, folder);
    const finished = await run(timeoutMs);
    if (finished.timedOut) return { kind: 'timed-out', timeoutMs };
    const found = readOf(read, finished);
    const wrong = disagreements(found, size, contender);
    if (wrong.length > 0) throw new Error(wrong.join(', '));
    const { depth: _, ...counts } = found;
    return {
      kind: 'measured',
      value: { prepareMs, runMs: finished.wallMs, ...usageOf(finished), ...counts },
    };
  });

/** Walks once. Throws when the answer is wrong. */
export const walkOnce = (walker: Walker, timeoutMs: number): Promise<Try<WalkMeasurement>> =>
  inFolder(async (folder) => {
    const finished = await walker.walk(folder, timeoutMs);
    if (finished.timedOut) return { kind: 'timed-out', timeoutMs };
    const { peakBytes } = usageOf(finished);
    return {
      kind: 'measured',
      value: {
        runMs: finished.wallMs,
        ...readOf(walker.read, finished),
        ...(peakBytes === undefined ? {} : { peakBytes }),
      },
    };
  });

const asked = <T extends Contender | Walker>(all: readonly T[]): Promise<readonly Told<T>[]> =>
  Promise.all(all.map(async (one) => ({ ...one, availability: await one.availability() })));

const versionIn = ({
  availability,
}: {
  readonly availability: Availability;
}): { readonly version?: string } =>
  availability.kind === 'available' ? { version: availability.version } : {};

const baselineIn = <T>(outcomes: ReadonlyMap<string, Outcome<T>>, id: string): Baseline<T> => {
  const outcome = outcomes.get(id);
  return outcome?.kind === 'measured' ? { id, rounds: outcome.rounds } : undefined;
};

/** Measures all who can take part; the others say why they cannot. */
const measureAll = async <T, O>(
  all: readonly (Told<{ readonly id: string }> & Pick<Job<T>, 'measure'>)[],
  { rounds, tell }: { readonly rounds: number; readonly tell: (round: number, id: string) => void },
  {
    baseline,
    summary,
  }: {
    readonly baseline: string;
    readonly summary: (outcome: Outcome<T>, baseline: Baseline<T>) => O;
  },
): Promise<readonly { readonly id: string; readonly outcome: O | Absence }[]> => {
  const present = all.filter(({ availability }) => availability.kind === 'available');
  const outcomes = await interleave(present, rounds, tell);
  const base = baselineIn(outcomes, baseline);
  return all.map(({ id, availability }) => {
    if (availability.kind !== 'available') return { id, outcome: availability };
    const outcome = outcomes.get(id);
    if (outcome === undefined) throw new Error(`${id} was not measured`);
    return { id, outcome: summary(outcome, base) };
  });
};

/** Measures everything in `plan`. */
export const measure = async (
  plan: Plan,
): Promise<Pick<Results, 'contenders' | 'searches' | 'walkers' | 'walks'>> => {
  const { rounds, timeoutMs, baseline, walkBaseline, tell } = plan;
  const contenders = await asked(plan.contenders);
  const walkers = await asked(plan.walkers);
  const searches: Results['searches'][number][] = [];
  for (const size of plan.sizes) {
    const fitting = contenders.filter(({ mostStates = Infinity }) => size.meets.breadthFirst <= mostStates);
    const outcomes = await measureAll(
      fitting.map((one) => ({ ...one, measure: () => searchOnce(one, size, timeoutMs) })),
      { rounds, tell: (round, id) => tell(`${size.id}, round ${round} of ${rounds}: ${id}`) },
      { baseline, summary: searchSummary },
    );
    searches.push(...outcomes.map(({ id, outcome }) => ({ size: size.id, contender: id, outcome })));
  }
  const walks = await measureAll(
    walkers.map((one) => ({ ...one, measure: () => walkOnce(one, timeoutMs) })),
    { rounds, tell: (round, id) => tell(`walks, round ${round} of ${rounds}: ${id}`) },
    { baseline: walkBaseline, summary: walkSummary },
  );
  return {
    contenders: contenders.map((one) => ({
      id: one.id,
      says: one.says,
      ...versionIn(one),
      threads: one.threads,
      shortest: one.shortest,
    })),
    searches,
    walkers: walkers.map((one) => ({ id: one.id, says: one.says, ...versionIn(one) })),
    walks: walks.map(({ id, outcome }) => ({ walker: id, outcome })),
  };
};

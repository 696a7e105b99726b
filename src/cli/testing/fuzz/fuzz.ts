import { chanceOf } from './chance.ts';
import type { Subject } from './subject.ts';

/** The most processor time an input may take, and the most the process may grow by meanwhile. */
const MOST_MS = 2000;
const MOST_KB = 256 * 1024;

/**
 * An input that must not do what it did; `npm run fuzz:inputs -- --subject NAME --seed S --only INPUT` makes
 * it again.
 */
export interface Failure {
  readonly subject: string;
  readonly seed: number;
  readonly input: number;
  readonly what: string;
}

/** The outcomes of all inputs of a subject. */
export interface Tally {
  readonly subject: string;
  readonly inputs: number;
  /** The number of each outcome, in the order of their names. */
  readonly outcomes: { readonly [outcome: string]: number };
  readonly failures: readonly Failure[];
}

/** Runs one input and returns its outcome; throws for an outcome that must not be. */
const runInput = async (subject: Subject, seed: number, input: number): Promise<string> => {
  const before = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  const outcome = await subject.run(chanceOf(seed, input));
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1000;
  if (tookMs > MOST_MS) throw new Error(`it took ${Math.round(tookMs)} ms and ended with ${outcome}`);
  const grewKb = process.resourceUsage().maxRSS - maxRSS;
  if (grewKb > MOST_KB) throw new Error(`the process grew by ${grewKb} kB and ended with ${outcome}`);
  return outcome;
};

/** Runs inputs `from` up to, and not including, `to`. */
export const fuzz = async (
  subject: Subject,
  { seed, from = 0, to }: { readonly seed: number; readonly from?: number; readonly to: number },
): Promise<Tally> => {
  const outcomes = new Map<string, number>();
  const failures: Failure[] = [];
  for (let input = from; input < to; input += 1) {
    try {
      const outcome = await runInput(subject, seed, input);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ subject: subject.name, seed, input, what });
    }
  }
  return {
    subject: subject.name,
    inputs: to - from,
    outcomes: Object.fromEntries([...outcomes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    failures,
  };
};

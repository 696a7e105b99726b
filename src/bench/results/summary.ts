import type { Measurement, SearchOutcome, WalkMeasurement, WalkOutcome } from './results.ts';
import type { Outcome } from '../measuring/schedule.ts';
import { ratiosOf, spreadOf, type Spread } from '../measuring/spread.ts';

const SECOND_MS = 1000;

const needed = (spread: Spread | undefined): Spread => {
  if (spread === undefined) throw new Error('a job was measured and has no measurement');
  return spread;
};

const answerMs = ({ prepareMs, runMs }: Measurement): number => prepareMs + runMs;

// Processor time is told in hundredths of a second.
const SHORTEST_CPU_MS = 100;

const measurable = ({ cpuMs }: Measurement): number | undefined =>
  cpuMs !== undefined && cpuMs >= SHORTEST_CPU_MS ? cpuMs : undefined;

/** The baseline's rounds, and who that is; undefined when it was not measured. */
export type Baseline<T> = { readonly id: string; readonly rounds: readonly T[] } | undefined;

const versus = (rounds: readonly Measurement[], baseline: Baseline<Measurement>) => {
  if (baseline === undefined) return {};
  const take = (of: (one: Measurement) => number | undefined) =>
    [baseline.rounds.map(of), rounds.map(of)] as const;
  const peak = ratiosOf(
    rounds.map(({ peakBytes }) => peakBytes),
    baseline.rounds.map(({ peakBytes }) => peakBytes),
  );
  const run = ratiosOf(...take(({ runMs }) => runMs));
  const answer = ratiosOf(...take(answerMs));
  const cpu = ratiosOf(...take(measurable));
  if (run === undefined || answer === undefined) return {};
  return {
    versus: {
      baseline: baseline.id,
      run,
      answer,
      ...(cpu === undefined ? {} : { cpu }),
      ...(peak === undefined ? {} : { peak }),
    },
  };
};

/** Summarizes the rounds of a search: rates, medians, ratios to the baseline of each round. */
export const searchSummary = (
  outcome: Outcome<Measurement>,
  baseline: Baseline<Measurement>,
): SearchOutcome => {
  if (outcome.kind !== 'measured') return outcome;
  const { rounds } = outcome;
  const runMs = needed(spreadOf(rounds.map((one) => one.runMs)));
  const peakBytes = spreadOf(rounds.map((one) => one.peakBytes));
  const states = needed(spreadOf(rounds.map((one) => one.states))).median;
  const transitions = needed(spreadOf(rounds.map((one) => one.transitions))).median;
  const ownBytes = spreadOf(rounds.map((one) => one.ownBytes));
  return {
    kind: 'measured',
    rounds: [...rounds],
    runMs,
    answerMs: needed(spreadOf(rounds.map(answerMs))),
    statesPerSecond: (states / runMs.median) * SECOND_MS,
    transitionsPerSecond: (transitions / runMs.median) * SECOND_MS,
    ...(peakBytes === undefined ? {} : { peakBytes, peakBytesPerState: peakBytes.median / states }),
    ...(ownBytes === undefined ? {} : { ownBytesPerState: ownBytes.median / states }),
    ...versus(rounds, baseline),
  };
};

const stepsPerSecond = ({ steps, insideMs }: WalkMeasurement): number => (steps / insideMs) * SECOND_MS;

/** Summarizes the rounds of a walker. */
export const walkSummary = (
  outcome: Outcome<WalkMeasurement>,
  baseline: Baseline<WalkMeasurement>,
): WalkOutcome => {
  if (outcome.kind !== 'measured') return outcome;
  const { rounds } = outcome;
  const ratios =
    baseline === undefined
      ? undefined
      : ratiosOf(rounds.map(stepsPerSecond), baseline.rounds.map(stepsPerSecond));
  return {
    kind: 'measured',
    rounds: [...rounds],
    stepsPerSecond: needed(spreadOf(rounds.map(stepsPerSecond))),
    ...(ratios === undefined || baseline === undefined
      ? {}
      : { versus: { baseline: baseline.id, stepsPerSecond: ratios } }),
  };
};

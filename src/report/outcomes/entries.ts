import type { CrossCheck } from '../../claim/cross-check/cross-check.ts';
import type { Probe, Threshold } from '../../defence/threshold.ts';
import type { System } from '../../model/index.ts';
import type { StudyResult } from '../../statistics/study.ts';
import type { EngineEntry, PopulationEntry, ProbeEntry, ThresholdEntry } from './outcome.ts';

const probeEntry = (
  { attack, bound, complete, states, transitions, value, verdict }: Probe,
  tells: boolean,
): ProbeEntry => ({
  value,
  verdict,
  ...(bound === undefined ? {} : { bound }),
  states,
  transitions,
  complete,
  ...(attack === undefined || !tells ? {} : { attack }),
});

/** Makes the data of a threshold. */
export const thresholdEntry = (
  { everyValue, flips, probes, question, undecided }: Threshold,
  reproduce: string,
): ThresholdEntry => ({
  kind: 'threshold',
  model: question.model.id,
  scenario: question.scenario,
  invariant: question.invariant,
  parameter: question.parameter,
  from: question.from,
  to: question.to,
  probes: probes.map((probe) =>
    probeEntry(
      probe,
      flips.some(({ above, below }) => probe === above || probe === below),
    ),
  ),
  flips: flips.map(({ below }) => below.value),
  everyValue,
  ...(undecided === undefined ? {} : { undecided: undecided.value }),
  reproduce,
});

/** Makes the data of a study's populations. */
export const populationEntries = (
  { options, populations, study }: StudyResult,
  reproduce: string,
): readonly PopulationEntry[] =>
  populations.map(({ interval, outside, population, values, verdict }) => ({
    kind: 'population',
    study: study.id,
    population: population.id,
    says: population.says,
    source: population.source,
    unit: study.unit,
    ...(study.lower === undefined ? {} : { lower: study.lower }),
    upper: study.upper,
    claimed: population.outside,
    runs: values.length,
    outside,
    confidence: options.confidence,
    interval,
    verdict,
    reproduce,
  }));

/**
 * Makes the data of a cross-check's engines. A difference between two of them is with the one that is
 * compared with the other.
 */
export const engineEntries = (
  { model, scenario }: System,
  { disagreements, runs }: CrossCheck,
  reproduce: string,
): readonly EngineEntry[] =>
  runs.map(({ account, engine, maxDepth }) => ({
    kind: 'engine',
    model: model.id,
    scenario,
    engine: engine.id,
    says: engine.says,
    states: account.states,
    transitions: account.transitions,
    depth: account.depth,
    complete: account.complete,
    ...(maxDepth === undefined ? {} : { maxDepth }),
    answers: Object.fromEntries(
      Object.entries(account.answers).map(([id, { kind, length }]) => [
        id,
        { kind, ...(length === undefined ? {} : { length }) },
      ]),
    ),
    disagreements: disagreements
      .filter(({ engines }) => engines[1] === engine.id)
      .map(({ about, engines, maxDepth: depth, said }) => ({
        with: engines[0],
        about,
        said: said[1],
        saidByOther: said[0],
        ...(depth === undefined ? {} : { maxDepth: depth }),
      })),
    reproduce,
  }));

import { match } from 'ts-pattern';
import { counted } from '../../attack/words.ts';
import { shown } from '../../model/shown.ts';
import type { EngineEntry, OutcomeEntry, PopulationEntry, ProbeEntry, ThresholdEntry } from './outcome.ts';

/** An outcome as every format tells it. */
export interface Told {
  readonly id: string;
  /** The model or the study that it is of. */
  readonly of: string;
  readonly result: 'passed' | 'failed' | 'open';
  /** The result, in one line. */
  readonly line: string;
  /** The result in full. */
  readonly lines: readonly string[];
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const percent = (share: number): string => `${(100 * share).toPrecision(4)} %`;

const probeWords = ({ attack, bound, verdict }: ProbeEntry): string => {
  if (verdict === 'unresolved') return `unresolved: ${bound ?? 'unknown'}`;
  return attack === undefined ? verdict : `${verdict} in ${counted(attack.length, 'step')}`;
};

const thresholdTold = (entry: ThresholdEntry): Told => {
  const { everyValue, flips, from, invariant, model, parameter, probes, to, undecided } = entry;
  const at = (value: number): string => {
    const probe = probes.find((one) => one.value === value);
    return `${grouped(value)} ${probe === undefined ? 'not searched' : probeWords(probe)}`;
  };
  const found =
    undecided !== undefined
      ? `not decided: at ${at(undecided)}`
      : flips.length === 0
        ? `no flip: every value that was searched ${probes[0] === undefined ? '' : probeWords(probes[0])}`
        : flips.map((below) => `${at(below)}, ${at(below + 1)}`).join('; ');
  const searched = everyValue
    ? `all ${grouped(probes.length)} values were searched`
    : `${grouped(probes.length)} values were searched; nothing is known between two neighbours that agree`;
  return {
    id: `${invariant} by ${parameter}`,
    of: model,
    result: undecided === undefined ? 'passed' : 'open',
    line: `${parameter} ${found}`,
    lines: [
      `${invariant} of ${model}, as ${parameter} goes from ${grouped(from)} to ${grouped(to)}`,
      found,
      searched,
    ],
  };
};

const populationTold = (entry: PopulationEntry): Told => {
  const { claimed, confidence, interval, outside, population, runs, says, source, study, verdict } = entry;
  const share = `${percent(interval.lower)} to ${percent(interval.upper)}`;
  const bound = claimed.bound === 'atMost' ? 'at most' : 'at least';
  const claim = `${bound} ${percent(claimed.perMillion / 1_000_000)} are out of limits`;
  return {
    id: population,
    of: study,
    result: match(verdict)
      .returnType<Told['result']>()
      .with('shown', () => 'passed')
      .with('refuted', () => 'failed')
      .with('open', () => 'open')
      .exhaustive(),
    line: `${verdict}: ${claim}`,
    lines: [
      `${verdict} by samples: ${says}`,
      `claimed: ${claim}`,
      `${grouped(outside)} of ${counted(runs, 'run')}: ${share} (${Math.round(100 * confidence)} % confidence)`,
      `source: ${source}`,
    ],
  };
};

const engineTold = (entry: EngineEntry): Told => {
  const { answers, depth, disagreements, engine, maxDepth, model, says, states, transitions } = entry;
  const counts = `${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}`;
  const scope = maxDepth === undefined ? '' : `, to depth ${maxDepth}`;
  const odd = disagreements.map((one) => `${one.about}: ${one.said}; ${one.with} says ${one.saidByOther}`);
  return {
    id: engine,
    of: model,
    result: odd.length === 0 ? 'passed' : 'failed',
    line: odd[0] ?? `agrees: ${counts}${scope}`,
    lines: [
      says,
      `${counts}${scope}`,
      ...Object.entries(answers).map(
        ([id, { kind, length }]) =>
          `${id}: ${kind}${length === undefined ? '' : ` in ${counted(length, 'step')}`}`,
      ),
      ...odd,
    ],
  };
};

/** Tells an outcome in words, none of which acts on what shows it. */
export const toldOf = (entry: OutcomeEntry): Told => {
  const { id, line, lines, of, result } = match(entry)
    .with({ kind: 'threshold' }, thresholdTold)
    .with({ kind: 'population' }, populationTold)
    .with({ kind: 'engine' }, engineTold)
    .exhaustive();
  return {
    id: shown(id),
    of: shown(of),
    result,
    line: shown(line),
    lines: [...lines, `repeat: ${entry.reproduce}`].map((one) => shown(one)),
  };
};

/** Tells the outcomes of a report in one line. */
export const outcomesLine = (told: readonly Told[]): string => {
  const count = (result: Told['result']): number => told.filter((one) => one.result === result).length;
  const [failed, open] = [count('failed'), count('open')];
  return [
    counted(told.length, 'outcome'),
    ...(failed === 0 ? [] : [`${failed} not as claimed`]),
    ...(open === 0 ? [] : [`${open} open`]),
  ].join(', ');
};

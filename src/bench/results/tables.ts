import { match, P } from 'ts-pattern';
import type { Absence, Results, SearchOutcome, WalkOutcome } from './results.ts';
import { sizes } from '../sizes.ts';
import type { Spread } from '../measuring/spread.ts';

/** A table, whoever draws it. The first column is text, the others are numbers. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

/** A row: its name, and either a cell for every other column or what is said instead of them. */
export interface Row {
  readonly name: string;
  readonly cells: readonly string[] | string;
}

const MEGABYTE = 1_000_000;
const SECOND_MS = 1000;
const NONE = '–';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
/** Rounds to two or three significant digits; a measurement here has no more. */
const rounded = (value: number): string => (value >= 100 ? whole(value) : value.toFixed(value >= 10 ? 1 : 2));
const seconds = ({ median }: Spread): string => rounded(median / SECOND_MS);

const ratio = (spread: Spread | undefined): string => {
  if (spread === undefined) return NONE;
  const { median, min, max } = spread;
  return min === max ? `${rounded(median)}×` : `${rounded(median)}× (${rounded(min)}–${rounded(max)})`;
};

const absence = (absent: Absence): string =>
  match(absent)
    .with({ kind: 'not-installed' }, ({ tool, install }) => `${tool} is not installed: ${install}`)
    .with({ kind: 'timed-out' }, ({ timeoutMs }) => `not done in ${whole(timeoutMs / SECOND_MS)} s`)
    .with({ kind: 'wrong' }, ({ because }) => `WRONG: ${because}`)
    .exhaustive();

const searchCells = (outcome: SearchOutcome, attacks: boolean): Row['cells'] =>
  match(outcome)
    .with({ kind: 'measured' }, ({ rounds, peakBytes, versus, ...one }) => [
      ...(attacks ? [String(rounds[0]?.attackSteps ?? NONE), whole(rounds[0]?.states ?? 0)] : []),
      whole(one.statesPerSecond),
      whole(one.transitionsPerSecond),
      seconds(one.runMs),
      seconds(one.answerMs),
      peakBytes === undefined ? NONE : whole(peakBytes.median / MEGABYTE),
      one.peakBytesPerState === undefined ? NONE : whole(one.peakBytesPerState),
      one.ownBytesPerState === undefined ? NONE : whole(one.ownBytesPerState),
      ratio(versus?.run),
      ratio(versus?.answer),
      ratio(versus?.cpu),
    ])
    .with({ kind: P.not('measured') }, absence)
    .exhaustive();

const searchTable = ({ searches, baseline }: Results, id: string): Table => {
  const size = sizes.find((candidate) => candidate.id === id);
  const attacks = size?.expected.kind === 'violated';
  return {
    title: match(size?.expected)
      .with(
        { kind: 'holds' },
        ({ states, transitions }) =>
          `${id}: ${size?.says ?? ''} (${whole(states)} states, ${whole(transitions)} transitions)`,
      )
      .with(
        { kind: 'violated' },
        ({ steps }) => `${id}: ${size?.says ?? ''} (shortest attack ${steps} steps)`,
      )
      .with(undefined, () => id)
      .exhaustive(),
    head: [
      'contender',
      ...(attacks ? ['attack, steps', 'states'] : []),
      'states/s',
      'transitions/s',
      'search s',
      'with compiling s',
      'peak MB',
      'peak B/state',
      'own B/state',
      `speed to ${baseline}`,
      'with compiling',
      'by processor time',
    ],
    rows: searches
      .filter(({ size: of }) => of === id)
      .map(({ contender, outcome }) => ({ name: contender, cells: searchCells(outcome, attacks) })),
  };
};

const walkCells = (outcome: WalkOutcome): Row['cells'] =>
  match(outcome)
    .with({ kind: 'measured' }, ({ rounds, stepsPerSecond, versus }) => [
      whole(rounds[0]?.steps ?? 0),
      whole(stepsPerSecond.median),
      ratio(versus?.stepsPerSecond),
    ])
    .with({ kind: P.not('measured') }, absence)
    .exhaustive();

/** Makes the tables of a measurement: one for each size, one for the walks. */
const tablesOf = (results: Results): readonly Table[] => {
  const ids = [...new Set(results.searches.map(({ size }) => size))];
  const walkBaseline = results.walks
    .map(({ outcome }) => (outcome.kind === 'measured' ? outcome.versus?.baseline : undefined))
    .find((id) => id !== undefined);
  const walks: Table = {
    title: 'Random walks of up to 100 steps on S',
    head: ['walker', 'steps', 'steps/s', `speed to ${walkBaseline ?? 'nobody'}`],
    rows: results.walks.map(({ walker, outcome }) => ({ name: walker, cells: walkCells(outcome) })),
  };
  return [...ids.map((id) => searchTable(results, id)), ...(results.walks.length > 0 ? [walks] : [])];
};

/** Says where and how it was measured, in a sentence or two. */
const circumstances = ({ machine, versions, rounds, startedAt }: Results): string => {
  const { nodeStartMs } = machine;
  const idle = nodeStartMs === undefined ? '' : `, ${nodeStartMs} ms for a process of Node that does nothing`;
  const tools = Object.entries(versions).map(([tool, version]) => `${tool} ${version}`);
  return `Median of ${rounds} interleaved rounds (lowest–highest), ${startedAt.slice(0, 10)}, ${machine.cores} cores of ${machine.processor}, ${machine.platform}, load ${machine.load.toFixed(1)}${idle}; ${tools.join(', ')}.`;
};

const drawnLine = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
    .join('  ');

const drawn = ({ title, head, rows }: Table): string => {
  const lines = rows.map(({ name, cells }) => (typeof cells === 'string' ? [name] : [name, ...cells]));
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((line) => line[at]?.length ?? 0)));
  return [
    title,
    drawnLine(head, widths),
    ...rows.map(({ name, cells }) =>
      typeof cells === 'string'
        ? `${name.padEnd(widths[0] ?? 0)}  ${cells}`
        : drawnLine([name, ...cells], widths),
    ),
  ].join('\n');
};

/** Writes the tables for a terminal. */
export const plainText = (results: Results): string =>
  `${[...tablesOf(results).map(drawn), circumstances(results)].join('\n\n')}\n`;

const markdownTable = ({ title, head, rows }: Table): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...rows.map(({ name, cells }) =>
      line(typeof cells === 'string' ? [name, cells, ...head.slice(2).map(() => '')] : [name, ...cells]),
    ),
  ].join('\n');
};

/** Writes the tables as a piece of Markdown. */
export const markdown = (results: Results): string =>
  `${[...tablesOf(results).map(markdownTable), circumstances(results)].join('\n\n')}\n`;

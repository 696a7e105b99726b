import type { Deviation, RegisterCoverage } from 'underwatch';

/** A conformance run as `underwatch conform --json` prints it, as far as the page needs it. */
export interface Recorded {
  readonly part: string;
  readonly oracle: string;
  readonly version: string;
  readonly seed: number;
  readonly sequences: number;
  readonly operations: number;
  readonly comparisons: number;
  readonly exercised: readonly RegisterCoverage[];
  readonly deviations: readonly Deviation[];
  readonly leftOut: readonly Deviation[];
}

const number = (value: number): string => value.toLocaleString('en-US');
const hex = (value: number): string => `${value.toString(16)}h`;
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const deviationRows = (deviations: readonly Deviation[]): readonly string[] => [
  row('what', 'why', 'source'),
  row('---', '---', '---'),
  ...deviations.map(({ because, source, what }) => row(what, because, source)),
];

const sectionOf = (run: Recorded): readonly string[] => [
  `## ${run.part}, against ${run.oracle} ${run.version}`,
  '',
  `${number(run.operations)} operations in ${number(run.sequences)} sequences, seed ${run.seed}: ` +
    `${number(run.comparisons)} values compared, no difference.`,
  '',
  row('register', 'writes', 'comparisons', 'bits compared', 'seen as 0 and as 1'),
  row('---', '--:', '--:', '--:', '--:'),
  ...run.exercised.map(({ comparisons, compared, name, ones, writes, zeros }) =>
    row(name, number(writes), number(comparisons), hex(compared), hex((zeros & ones) >>> 0)),
  ),
  '',
  'The profile of the implementation departs from the documents:',
  '',
  ...deviationRows(run.deviations),
  '',
  'Not compared:',
  '',
  ...deviationRows(run.leftOut),
  '',
];

/** Returns the page on which model was compared with which implementation. */
export const conformancePage = (runs: readonly Recorded[]): string =>
  [
    '# Models held against real implementations',
    '',
    'A model of a platform is worth what it has in common with the platform. `underwatch conform` generates',
    'operations, plays them on a part of a model and on a real implementation, and compares after each of them',
    'all that can be seen. This page is written from `reports/conformance.json`, which',
    '`npm run conformance` records.',
    '',
    'The implementation is QEMU. It is not the hardware: where QEMU and the datasheets differ, the model has both,',
    'as the behaviours `intel` and `qemu72-q35`. The claims are about `intel`; what is compared here is',
    '`qemu72-q35`. So a claim gains from this page only where the two agree. No processor runs: that an SMI is',
    'raised, and what is seen from inside SMM, is not compared.',
    '',
    ...runs.flatMap(sectionOf),
  ].join('\n');

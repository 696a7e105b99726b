import type { StudyResult } from '../statistics/study.ts';
import { svgText } from './picture/svg-text.ts';

const WIDTH = 800;
const LEFT = 16;
const ROW = 112;
/** The height of a row's two lines of text. */
const WORDS = 52;
const TOP = 64;
const BINS = 96;
const AXIS = 48;

const grouped = (value: number): string => value.toLocaleString('en-US');

// Shapes tell rows apart, not colours alone; every row has its name beside it.
const STYLE = `
    :root { color-scheme: light dark; }
    text { font: 13px system-ui, sans-serif; fill: #1a1a1a; }
    .title { font-size: 16px; font-weight: 600; }
    .small { font-size: 11px; }
    .back { fill: #ffffff; }
    .bar { fill: #2563a8; }
    .late { fill: #b4380b; }
    .axis, .limit { stroke: #1a1a1a; stroke-width: 1; fill: none; }
    .limit { stroke-dasharray: 5 3; stroke-width: 1.5; }
    @media (prefers-color-scheme: dark) {
      text { fill: #ececec; }
      .back { fill: #16181c; }
      .bar { fill: #79b4f2; }
      .late { fill: #ff9a6b; }
      .axis, .limit { stroke: #ececec; }
    }`;

interface Scale {
  readonly from: number;
  readonly to: number;
}

const scaleOf = ({ populations, study }: StudyResult): Scale => {
  let [from, to] = [study.lower ?? study.upper, study.upper];
  for (const { values } of populations) {
    for (const value of values) {
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  return { from, to: to > from ? to : from + 1 };
};

const xOf = (value: number, { from, to }: Scale): number =>
  LEFT + Math.round(((value - from) / (to - from)) * (WIDTH - 2 * LEFT) * 10) / 10;

/** Counts the values in each of the bins of the whole scale. */
const binsOf = (values: readonly number[], { from, to }: Scale): readonly number[] => {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(((value - from) / (to - from)) * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
};

const barsOf = (bins: readonly number[], base: number, limitX: number): readonly string[] => {
  // Roots, so that a few in ten thousand can still be seen.
  const highest = Math.sqrt(Math.max(1, ...bins));
  const step = (WIDTH - 2 * LEFT) / BINS;
  return bins.flatMap((count, bin) => {
    if (count === 0) return [];
    const height = Math.max(1, Math.round((Math.sqrt(count) / highest) * (ROW - WORDS - 12)));
    const x = Math.round((LEFT + bin * step) * 10) / 10;
    const kind = x + step / 2 > limitX ? 'late' : 'bar';
    const width = Math.round((step - 0.8) * 10) / 10;
    return [`<rect class="${kind}" x="${x}" y="${base - height}" width="${width}" height="${height}"/>`];
  });
};

const percent = (share: number): string => `${(100 * share).toPrecision(4)} %`;

/**
 * Draws a study as a picture: a row of bars for each population, the limits across them. The text is the same
 * for the same result; the picture follows the reader's light or dark scheme, and says in words what it
 * shows.
 */
export const studySvg = (result: StudyResult): string => {
  const { options, populations, study } = result;
  const scale = scaleOf(result);
  const height = TOP + populations.length * ROW + AXIS;
  const bottom = TOP + populations.length * ROW;
  const limits = [study.upper, ...(study.lower === undefined ? [] : [study.lower])].map((limit) =>
    xOf(limit, scale),
  );
  const rows = populations.flatMap(({ interval, outside, population, values }, row) => {
    const base = TOP + (row + 1) * ROW - 8;
    const label = `${population.id}: ${population.says}`;
    const share = `${grouped(outside)} of ${grouped(values.length)} out of limits; the share is ${percent(interval.lower)} to ${percent(interval.upper)}`;
    return [
      `<g role="img" aria-label="${svgText(`${label}. ${share}`)}">`,
      `  <text x="${LEFT}" y="${base - ROW + 26}">${svgText(label)}</text>`,
      `  <text class="small" x="${LEFT}" y="${base - ROW + 43}">${svgText(share)}</text>`,
      ...barsOf(binsOf(values, scale), base, xOf(study.upper, scale)).map((bar) => `  ${bar}`),
      `  <line class="axis" x1="${LEFT}" y1="${base}" x2="${WIDTH - LEFT}" y2="${base}"/>`,
      ...limits.map(
        (x) => `  <line class="limit" x1="${x}" y1="${base - ROW + WORDS}" x2="${x}" y2="${base}"/>`,
      ),
      '</g>',
    ];
  });
  const summary = populations
    .map(
      ({ outside, population, values }) => `${population.id}: ${outside} of ${values.length} out of limits`,
    )
    .join('; ');
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">`,
    `  <title id="title">${svgText(`${study.id}: ${study.says}`)}</title>`,
    `  <desc id="description">${svgText(`Seed ${options.seed}. ${summary}. Heights are square roots of counts.`)}</desc>`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="back" width="${WIDTH}" height="${height}"/>`,
    `  <text class="title" x="${LEFT}" y="26">${svgText(study.id)}</text>`,
    `  <text class="small" x="${LEFT}" y="44">${svgText(study.says)}</text>`,
    ...rows.map((line) => `  ${line}`),
    `  <text class="small" x="${xOf(study.upper, scale)}" y="${bottom + 16}" text-anchor="middle">limit ${grouped(study.upper)} ${svgText(study.unit)}</text>`,
    `  <text class="small" x="${LEFT}" y="${bottom + 34}">${grouped(scale.from)} ${svgText(study.unit)}</text>`,
    `  <text class="small" x="${WIDTH - LEFT}" y="${bottom + 34}" text-anchor="end">${grouped(scale.to)} ${svgText(study.unit)}</text>`,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
};

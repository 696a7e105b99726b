import type { Results } from './results.ts';
import { sizes } from '../sizes.ts';

const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = { left: 64, right: 170, top: 36, bottom: 48 } as const;
const COLOURS = ['#1b6ca8', '#d1495b', '#2e8b57', '#8e5ea2', '#c98a00', '#555555', '#00a0a0'] as const;

/** The line of a contender: one point for each size that it was measured on. */
interface Line {
  readonly contender: string;
  readonly points: readonly (readonly [states: number, value: number])[];
}

/** The quantity that a plot shows of a measurement. */
export interface Quantity {
  readonly title: string;
  readonly of: (outcome: Results['searches'][number]['outcome']) => number | undefined;
}

/** The quantity of seconds of the whole process. */
export const SECONDS: Quantity = {
  title: 'seconds of the whole process, by number of states',
  of: (outcome) => (outcome.kind === 'measured' ? outcome.runMs.median / 1000 : undefined),
};

/** The quantity of megabytes resident at most. */
export const MEGABYTES: Quantity = {
  title: 'megabytes resident at most, by number of states',
  of: (outcome) =>
    outcome.kind === 'measured' && outcome.peakBytes !== undefined
      ? outcome.peakBytes.median / 1_000_000
      : undefined,
};

const linesOf = ({ contenders, searches }: Results, { of }: Quantity): readonly Line[] =>
  contenders.flatMap(({ id }) => {
    const points = sizes.flatMap(({ id: size, expected }): readonly (readonly [number, number])[] => {
      if (expected.kind !== 'holds') return [];
      const found = searches.find((one) => one.contender === id && one.size === size);
      const value = found && of(found.outcome);
      return value === undefined ? [] : [[expected.states, value]];
    });
    return points.length === 0 ? [] : [{ contender: id, points }];
  });

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly at: (value: number) => number;
}

/** Returns powers of ten from below the least value to above the largest. */
const scaleOf = (values: readonly number[], start: number, end: number): Scale => {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  return { from, to, at: (value) => start + ((Math.log10(value) - from) / (to - from)) * (end - start) };
};

const powers = ({ from, to }: Scale): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, step) => from + step);

const fixed = (value: number): string => value.toFixed(1);

const text = (x: number, y: number, anchor: string, words: string, fill = '#222222'): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" fill="${fill}">${words}</text>`;

const power = (exponent: number): string => `10<tspan dy="-5" font-size="9">${exponent}</tspan>`;

const grid = (x: Scale, y: Scale): readonly string[] => [
  ...powers(x).flatMap((exponent) => {
    const at = fixed(x.at(10 ** exponent));
    const line = `<line x1="${at}" x2="${at}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#dddddd"/>`;
    return [line, text(x.at(10 ** exponent), HEIGHT - MARGIN.bottom + 20, 'middle', power(exponent))];
  }),
  ...powers(y).flatMap((exponent) => {
    const at = fixed(y.at(10 ** exponent));
    const line = `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at}" y2="${at}" stroke="#dddddd"/>`;
    return [line, text(MARGIN.left - 8, y.at(10 ** exponent) + 4, 'end', power(exponent))];
  }),
];

const drawn = ({ contender, points }: Line, index: number, x: Scale, y: Scale): readonly string[] => {
  const colour = COLOURS[index % COLOURS.length] ?? '#000000';
  const places = points.map(([states, value]) => `${fixed(x.at(states))},${fixed(y.at(value))}`);
  const dots = places.map((place) => {
    const [cx, cy] = place.split(',');
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
  });
  return [
    `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    ...dots,
    text(WIDTH - MARGIN.right + 12, MARGIN.top + 12 + 18 * index, 'start', contender, colour),
  ];
};

/**
 * Draws a picture of how something grows with the number of states, both in powers of ten; undefined if
 * nothing was measured.
 */
export const plotOf = (results: Results, quantity: Quantity): string | undefined => {
  const lines = linesOf(results, quantity);
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return undefined;
  const x = scaleOf(
    points.map(([states]) => states),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = scaleOf(
    points.map(([, value]) => value),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(MARGIN.left, 20, 'start', quantity.title),
    ...grid(x, y),
    ...lines.flatMap((line, index) => drawn(line, index, x, y)),
    '</svg>',
    '',
  ].join('\n');
};

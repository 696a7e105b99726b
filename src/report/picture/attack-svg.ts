import type { Attack, AttackStep } from '../../attack/attack.ts';
import { stepsWords } from '../../attack/words.ts';
import { svgText, wrapped } from './svg-text.ts';
import { tracksOf, type Segment, type Track } from './tracks.ts';

/** The caption of an attack's picture: all text besides its steps. */
export interface AttackCaption {
  /** The claim that the attack answers. */
  readonly claim: string;
  /** The effect of the attack: `breaks I-COMPLETE: ...`. */
  readonly outcome: string;
  /** The fields whose values are drawn beside the steps; if left out, those that change most often. */
  readonly fields?: readonly string[];
}

const WIDTH = 880;
const MARGIN = 16;
const ACTOR = 44;
const TEXT = 128;
const TRACKS = 432;
const LINE = 15;
const TEXT_COLUMNS = 47;
const HEAD = 84;

/** A step of the picture: where it is drawn, and its text in lines. */
interface Row {
  readonly top: number;
  readonly height: number;
  readonly step: AttackStep;
  readonly lines: readonly string[];
}

// Red and blue differ in lightness, too, and each value is written in its bar: nothing is said by colour
// alone.
const STYLE = `
    :root { color-scheme: light dark; }
    text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1a1a1a; }
    .title { font-size: 16px; font-weight: 600; }
    .small, .field { font-size: 11px; }
    .field, .value { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
    .value { font-size: 10.5px; text-anchor: middle; }
    .number { text-anchor: end; }
    .actor { font-weight: 600; }
    .back { fill: #ffffff; }
    .band { fill: #f3f4f6; }
    .rest { fill: #dfe3e8; }
    .changed { fill: #2563a8; }
    .on { fill: #ffffff; }
    .broken { fill: #b4380b; font-weight: 600; }
    .edge { stroke: #b4380b; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #ececec; }
      .back { fill: #16181c; }
      .band { fill: #1f2228; }
      .rest { fill: #3a3f47; }
      .changed { fill: #79b4f2; }
      .on { fill: #101215; }
      .broken { fill: #ff9a6b; }
      .edge { stroke: #ff9a6b; }
    }`;

const rowsOf = ({ steps }: Attack): readonly Row[] => {
  let top = HEAD;
  return steps.map((step) => {
    const lines = wrapped(step.text, TEXT_COLUMNS);
    const height = Math.max(2, lines.length) * LINE + 6;
    const row = { top, height, step, lines };
    top += height;
    return row;
  });
};

const rowLines = ({ height, lines, step, top }: Row, index: number): readonly string[] => [
  ...(index % 2 === 0 ? [`<rect class="band" x="0" y="${top}" width="${WIDTH}" height="${height}"/>`] : []),
  `<text class="number" x="${ACTOR - 12}" y="${top + LINE + 2}">${index + 1}</text>`,
  `<text class="actor" x="${ACTOR}" y="${top + LINE + 2}">${svgText(step.actor)}</text>`,
  ...lines.map((line, at) => `<text x="${TEXT}" y="${top + LINE + 2 + at * LINE}">${svgText(line)}</text>`),
];

/** Cuts a text to `columns`. */
const cut = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;

/**
 * Returns the heights at which values may change, from the top of the rows to their bottom: in the middle of
 * each row but the first.
 */
const edgesOf = (rows: readonly Row[], bottom: number): readonly number[] => [
  HEAD,
  ...rows.slice(1).map(({ height, top }) => top + height / 2),
  bottom,
];

/** Draws a value as a bar, from the step that brings it to the step that ends it. */
const barOf = (segment: Segment, edges: readonly number[], x: number, width: number): readonly string[] => {
  const top = edges[segment.from] ?? HEAD;
  const bottom = edges[segment.to] ?? top;
  const kind = segment.atRest ? 'rest' : 'changed';
  const text = cut(segment.value, Math.floor((width - 8) / 6.4));
  return [
    `<rect class="${kind}" x="${x}" y="${top + 1}" width="${width}" height="${bottom - top - 2}" rx="4">`,
    `  <title>${svgText(segment.value)}</title>`,
    '</rect>',
    `<text class="value${segment.atRest ? '' : ' on'}" x="${x + width / 2}" y="${(top + bottom) / 2 + 4}">${svgText(text)}</text>`,
  ];
};

const trackLines = (track: Track, at: number, of: number, edges: readonly number[]): readonly string[] => {
  const pitch = (WIDTH - MARGIN - TRACKS) / of;
  const x = Math.round(TRACKS + at * pitch);
  const width = Math.round(pitch - 8);
  const columns = Math.floor(width / 6.7);
  const name = wrapped(track.field, columns, '.');
  return [
    ...name.map(
      (line, index) =>
        `<text class="field" x="${x}" y="${HEAD - 8 - (name.length - 1 - index) * 13}">${svgText(cut(line, columns))}</text>`,
    ),
    ...track.segments.flatMap((segment) => barOf(segment, edges, x, width)),
  ];
};

/**
 * Draws an attack as a picture: a row for each step, and beside them a bar for each value that a field has
 * meanwhile. The text is the same for the same attack. The picture follows the reader's light or dark scheme.
 * Throws UW356 for a field that does not change.
 */
export const attackSvg = (attack: Attack, { claim, fields, outcome }: AttackCaption): string => {
  const tracks = tracksOf(attack, fields);
  const rows = rowsOf(attack);
  const bottom = rows.reduce((sum, { height }) => sum + height, HEAD);
  const edges = edgesOf(rows, bottom);
  const end = wrapped(outcome, 118);
  const height = bottom + 16 + end.length * 17;
  const title = `${claim}: ${stepsWords(attack)}${attack.shortest ? ', no shorter attack exists' : ''}`;
  const story = attack.steps.map(({ actor, text }, index) => `${index + 1} ${actor}: ${text}`).join('; ');
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">`,
    `  <title id="title">${svgText(title)}</title>`,
    `  <desc id="description">${svgText(`${story}. ${outcome}`)}</desc>`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="back" width="${WIDTH}" height="${height}"/>`,
    `  <text class="title" x="${MARGIN}" y="28">${svgText(title)}</text>`,
    `  <text class="small" x="${MARGIN}" y="${HEAD - 8}">step</text>`,
    ...rows.flatMap(rowLines).map((line) => `  ${line}`),
    ...tracks.flatMap((track, at) => trackLines(track, at, tracks.length, edges)).map((line) => `  ${line}`),
    `  <line class="edge" x1="0" y1="${bottom}" x2="${WIDTH}" y2="${bottom}"/>`,
    ...end.map(
      (line, at) =>
        `  <text class="broken" x="${MARGIN}" y="${bottom + 20 + at * 17}">${svgText(line)}</text>`,
    ),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
};

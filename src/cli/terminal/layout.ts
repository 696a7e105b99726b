import { shown, shownLines } from '../../model/shown.ts';

/** Breaks text between words so that no line is wider than `width`; a longer word stays whole. */
const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of shown(text)
    .split(/\s+/)
    .filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
};

/** Cuts `text` to one line of at most `width` characters; an ellipsis says that there is more. */
export const cut = (
  text: string,
  width: number,
  { drawsUnicode }: { readonly drawsUnicode: boolean },
): string => {
  const line = shown(text);
  if (line.length <= width) return line;
  const ellipsis = drawsUnicode ? '…' : '...';
  const kept = Array.from(line)
    .slice(0, Math.max(0, width - ellipsis.length))
    .join('');
  return `${kept.trimEnd()}${ellipsis}`;
};

const DRAWN: { readonly [character: string]: string } = {
  '→': '->',
  '≤': '<=',
  '≥': '>=',
  '…': '...',
  '×': 'x',
};

/**
 * Writes `text` for a terminal: where it draws ASCII alone, other characters of this program itself are
 * replaced.
 */
export const drawn = (text: string, { drawsUnicode }: { readonly drawsUnicode: boolean }): string =>
  drawsUnicode ? text : text.replaceAll(/[→≤≥…×✓✗·]/g, (character) => DRAWN[character] ?? character);

const NARROWEST = 20;

// A lead may be painted, and is still one line.
const PAINT = String.raw`\u001B\[\d{1,2}m`;

/**
 * Writes `text` behind `lead`, its further lines below its first. A painted lead is wider in characters than
 * on the screen: `leadWidth` says how wide it is there.
 */
export const hanging = (
  lead: string,
  text: string,
  width: number,
  leadWidth: number = lead.length,
): readonly string[] => {
  const [first = '', ...rest] = wrapped(text, Math.max(NARROWEST, width - leadWidth));
  return [
    `${shownLines(lead, PAINT)}${first}`.trimEnd(),
    ...rest.map((line) => `${' '.repeat(leadWidth)}${line}`),
  ];
};

/** A cell: its text, how it is painted, and on which side it is flush. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
  readonly align?: 'left' | 'right';
}

type Row = readonly Cell[];

const GAP = '  ';

/**
 * Writes rows as lines whose cells stand below each other, and returns how wide all of them are on the
 * screen.
 */
const aligned = (rows: readonly Row[]): { readonly lines: readonly string[]; readonly width: number } => {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map((row) => shown(row[at]?.text ?? '').length)),
  );
  const cellText = ({ text: raw, paint = String, align = 'left' }: Cell, width: number): string => {
    const text = shown(raw);
    const padding = ' '.repeat(width - text.length);
    // Painting nothing would leave its escapes at the end of a line.
    const painted = text === '' ? '' : paint(text);
    return align === 'right' ? `${padding}${painted}` : `${painted}${padding}`;
  };
  return {
    lines: rows.map((row) => widths.map((width, at) => cellText(row[at] ?? { text: '' }, width)).join(GAP)),
    width: widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, count - 1),
  };
};

/** Writes rows whose cells stand below each other. Painting does not count as width. */
export const columns = (rows: readonly Row[]): readonly string[] =>
  aligned(rows).lines.map((line) => line.trimEnd());

/** The columns that a text beside cells needs; a row whose cells leave less has its text below them. */
const TEXT_ROOM = 24;

/**
 * Writes rows of short cells, each with a long text that is wrapped beside them. A row with a long cell is
 * wrapped alone.
 */
export const columnsWithText = (
  rows: readonly { readonly cells: Row; readonly text: string }[],
  screenWidth: number,
): readonly string[] => {
  const room = screenWidth - TEXT_ROOM;
  // A last cell that is long takes no part in how wide its column is.
  const first = aligned(rows.map(({ cells }) => cells.slice(0, -1))).width;
  const isLong = ({ cells }: { readonly cells: Row }): boolean =>
    cells.length > 1 && first + GAP.length + (cells.at(-1)?.text.length ?? 0) + GAP.length > room;
  const { lines, width } = aligned(
    rows.map((row) => (isLong(row) ? [...row.cells.slice(0, -1), { text: '' }] : row.cells)),
  );
  const indent = width + GAP.length;
  return rows.flatMap((row, at) => {
    const line = lines[at] ?? '';
    if (!isLong(row)) return hanging(`${line}${GAP}`, row.text, screenWidth, indent);
    const { text, paint = String } = row.cells.at(-1) ?? { text: '' };
    const lead = line.slice(0, line.length - (width - first));
    return [
      ...hanging(`${lead}${GAP}`, text, screenWidth, first + GAP.length).map((part, number) =>
        number === 0 ? `${lead}${GAP}${paint(part.slice(lead.length + GAP.length))}` : paint(part),
      ),
      ...hanging(' '.repeat(indent), row.text, screenWidth),
    ];
  });
};

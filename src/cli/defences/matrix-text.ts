import type { MatrixCell, DefenceReport, Matrix } from '../../defence/result.ts';
import { columns, hanging } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Writes a cell: `!` where the attack works, `7!` where it ends at step 7 and another works, `7` where none
 * does.
 */
const cellText = ({ endsAt, verdict }: MatrixCell): string => {
  const at = endsAt === undefined ? '' : String(endsAt);
  if (verdict === 'undecided') return `${at}?`;
  return verdict === 'open' ? `${at}!` : at === '' ? '-' : at;
};

const NARROW = 5;

/**
 * Writes the matrix as a table: a defence a row, an attack a column, by number; as many columns at once as
 * fit.
 */
export const matrixLines = (
  { defences }: DefenceReport,
  { rows }: Matrix,
  { paint, width }: Terminal,
): readonly string[] => {
  const longest = Math.max(0, ...defences.map(({ length }) => length));
  const room = Math.max(1, Math.floor((width - longest - 4) / NARROW));
  const table = (set: MatrixCell['set'], from: number): readonly string[] => {
    const some = rows.slice(from, from + room);
    return columns([
      [
        { text: `  ${set}`, paint: paint.dim },
        ...some.map((_, at) => ({ text: String(from + at + 1), paint: paint.dim, align: 'right' as const })),
      ],
      ...defences.map((defence) => [
        { text: `  ${defence}` },
        ...some.map(({ cells }) => {
          const cell = cells.find((one) => one.defence === defence && one.set === set);
          return {
            text: cell === undefined ? '' : cellText(cell),
            align: 'right' as const,
            paint:
              cell?.verdict === 'open' ? paint.red : cell?.verdict === 'holds' ? paint.green : paint.yellow,
          };
        }),
      ]),
    ]);
  };
  const blocks = Array.from({ length: Math.ceil(rows.length / room) }, (_, block) => block * room);
  return [
    ...hanging(
      '  ',
      'A cell says what becomes of an attack where a defence is the only one, and where it is the only one off: ! it works; 7! it ends at step 7, and another one works; 7 it ends there and none works; - none works; ? not decided.',
      width,
    ),
    ...hanging('  ', rows.map(({ id }, at) => `${at + 1} ${id}`).join(', '), width),
    ...blocks.flatMap((from) => ['', ...table('alone on', from), '', ...table('alone off', from)]),
    '',
  ];
};

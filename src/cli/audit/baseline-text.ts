import type { BoardChange } from '../../report/boards/baseline.ts';
import { counted } from '../../attack/words.ts';
import { columnsWithText } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Writes the changes since an earlier audit, worse ones first. */
export const changeLines = (changes: readonly BoardChange[], terminal: Terminal): readonly string[] => {
  const { paint, width } = terminal;
  const paints = { worse: paint.red, better: paint.green, other: paint.yellow } as const;
  const worse = changes.filter(({ kind }) => kind === 'worse').length;
  const boards = new Set(changes.map(({ board }) => board)).size;
  return [
    paint.bold(
      changes.length === 0
        ? 'Nothing changed since the baseline'
        : `${counted(changes.length, 'change')} since the baseline, ${worse} for the worse`,
    ),
    ...columnsWithText(
      changes.map(({ board, id, kind, before, now }) => ({
        cells: [
          { text: `  ${kind === 'other' ? 'changed' : kind}`, paint: paints[kind] },
          { text: boards > 1 ? `${board} ${id}` : id },
        ],
        text: `${before} → ${now}`,
      })),
      width,
    ),
    '',
  ];
};

import type pc from 'picocolors';
import type { ClaimStatus } from './claim-status.ts';

type Paint = ReturnType<typeof pc.createColors>;

/** The facts about a screen or file that shows a mark. */
interface Shows {
  /** Whether more than ASCII is drawn as it should be. */
  readonly drawsUnicode: boolean;
  readonly paint: Paint;
}

/**
 * The marks of statuses: a mark, one for terminals that draw ASCII alone, and a colour. No two share either
 * mark.
 */
const MARKS: {
  readonly [status in ClaimStatus]: {
    readonly mark: string;
    readonly ascii: string;
    readonly paint: (text: string, paint: Paint) => string;
  };
} = {
  proof: { mark: '✓', ascii: '+', paint: (text, paint) => paint.green(text) },
  'known-attack': { mark: '◆', ascii: '*', paint: (text, paint) => paint.yellow(text) },
  'new-attack': { mark: '✗', ascii: 'X', paint: (text, paint) => paint.bold(paint.red(text)) },
  'broken-proof': { mark: '▼', ascii: 'v', paint: (text, paint) => paint.red(text) },
  changed: { mark: '△', ascii: '^', paint: (text, paint) => paint.magenta(text) },
  unresolved: { mark: '?', ascii: '?', paint: (text, paint) => paint.cyan(text) },
  vacuous: { mark: '∅', ascii: '0', paint: (text, paint) => paint.blue(text) },
  fault: { mark: '!', ascii: '!', paint: (text, paint) => paint.inverse(text) },
};

/** Returns the mark of a status, as this terminal can draw it. */
export const markOf = (status: ClaimStatus, { drawsUnicode }: Pick<Shows, 'drawsUnicode'>): string =>
  MARKS[status][drawsUnicode ? 'mark' : 'ascii'];

/** Paints text in the colour of a status. */
export const paintOf =
  (status: ClaimStatus, { paint }: Pick<Shows, 'paint'>): ((text: string) => string) =>
  (text) =>
    MARKS[status].paint(text, paint);

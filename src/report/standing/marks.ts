import type pc from 'picocolors';
import type { Standing } from './standing.ts';

type Paint = ReturnType<typeof pc.createColors>;

/** What is known of whatever shows a mark. */
interface Shows {
  /** Whether more than ASCII is drawn as what it is. */
  readonly drawsUnicode: boolean;
  readonly paint: Paint;
}

/**
 * What stands for a standing: a mark, one for terminals that draw ASCII alone, and a colour. No two share
 * either mark.
 */
const MARKS: {
  readonly [standing in Standing]: {
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

/** The mark of a standing, as this terminal can draw it. */
export const markOf = (standing: Standing, { drawsUnicode }: Pick<Shows, 'drawsUnicode'>): string =>
  MARKS[standing][drawsUnicode ? 'mark' : 'ascii'];

/** Paints text in the colour of a standing. */
export const paintOf =
  (standing: Standing, { paint }: Pick<Shows, 'paint'>): ((text: string) => string) =>
  (text) =>
    MARKS[standing].paint(text, paint);

/**
 * A term: a piece of a model's text. Its sort says where it may stand: pieces of one sort can take each
 * other's place. With `between` it is a list, whose parts can be left out.
 */
export interface Term {
  readonly sort: string;
  readonly parts: readonly (string | Term)[];
  readonly between?: string;
}

type Hole = string | number | Term;

/** Makes pieces of one sort from templates: a piece in a hole can be made smaller by itself. */
export const term =
  (sort: string) =>
  (texts: TemplateStringsArray, ...holes: readonly Hole[]): Term => ({
    sort,
    parts: texts.flatMap((text, at) => {
      const hole = holes[at];
      return hole === undefined ? [text] : [text, typeof hole === 'number' ? String(hole) : hole];
    }),
  });

/** A list of pieces any of which can be left out. */
export const many = (sort: string, parts: readonly Term[], between: string): Term => ({
  sort,
  parts,
  between,
});

export const boolean: ReturnType<typeof term> = term('boolean');
export const number: ReturnType<typeof term> = term('number');
export const statement: ReturnType<typeof term> = term('statement');

/** Statements in a row. */
export const block = (statements: readonly Term[]): Term => many('block', statements, '\n');

/** The text of a piece. */
export const textOf = ({ parts, between = '' }: Term): string =>
  parts.map((part) => (typeof part === 'string' ? part : textOf(part))).join(between);

/** Returns the number of pieces that a piece is made of, itself included. */
export const sizeOf = ({ parts }: Term): number =>
  parts.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : sizeOf(part)), 1);

/** A span of a file's text, by offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A mutant: one small change of one file. The text in `span` becomes `becomes`. */
export interface Mutant {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly span: Span;
  readonly becomes: string;
  /** The kind of change. */
  readonly operator: Operator;
  /** The site that shows whether the changed code ran: the expression around it, or within it. */
  readonly site: Span;
}

/** The kinds of change that are tried. */
export type Operator =
  | 'condition'
  | 'operand'
  | 'comparison'
  | 'arithmetic'
  | 'number'
  | 'boolean'
  | 'negation'
  | 'statement'
  | 'quantifier';

/** Returns `text` with the change of `mutant`. */
export const mutated = (text: string, { span, becomes }: Pick<Mutant, 'span' | 'becomes'>): string =>
  text.slice(0, span.start) + becomes + text.slice(span.end);

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Writes the change as a person reads it; long text is not shortened, so that two changes never read the
 * same.
 */
export const changeOf = (text: string, { span, becomes }: Pick<Mutant, 'span' | 'becomes'>): string =>
  `${squeezed(text.slice(span.start, span.end))} -> ${squeezed(becomes) || '(nothing)'}`;

/** Returns a name for a mutant that stays while its file does. */
export const nameOf = ({ file, span, becomes }: Mutant): string =>
  `${file}:${span.start}-${span.end}:${becomes}`;

/**
 * Returns a number that depends on `seed` and the name alone: mutants in its order are a sample that does not
 * change when others come or go.
 */
export const rankOf = (seed: number, name: string): number => {
  // FNV-1a, and the finaliser of MurmurHash3, since the names differ little at their ends.
  let hash = Math.imul(seed ^ 0x81_1c_9d_c5, 0x0100_0193);
  for (let index = 0; index < name.length; index += 1)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

import pc from 'picocolors';
import { shownLines } from '../../model/shown.ts';
import { drawsUnicode } from '../../report/status/draws-unicode.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** The terminal of the commands: they write data to `out`, progress and messages to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colours for `out`, and for `err`. */
  readonly paint: Colors;
  readonly paintErr: Colors;
  /** The number of columns that text is laid out for, on `out` and on `err`. */
  readonly width: number;
  readonly widthErr: number;
  /** Whether a line of `err` can be drawn again. */
  readonly redraws: boolean;
  /** Whether more than ASCII is drawn as it should be. */
  readonly drawsUnicode: boolean;
}

type Environment = { readonly [name: string]: string | undefined };

const MIN_WIDTH = 40;
const MAX_WIDTH = 120;
/** The width for an output that is no terminal. */
const FILE_WIDTH = 100;

// An output that is no terminal has no columns, and some terminals say that they have none.
const widthOf = ({ columns }: NodeJS.WriteStream): number =>
  columns > 0 ? Math.min(Math.max(columns, MIN_WIDTH), MAX_WIDTH) : FILE_WIDTH;

const hasColor = (stream: NodeJS.WriteStream, env: Environment): boolean => {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return stream.isTTY && env['TERM'] !== 'dumb';
};

/** A listener to lost output, while its reader is still there: on a disk that is full, say. */
export type OnLost = (error: Error) => void;

// Characters that are meant to act: the end of a line, and those for colours or a line that is drawn again,
// where there are such.
const PLAIN = String.raw`\n`;
const PAINTED = String.raw`\n|\r\u001B\[2K|\u001B\[\d{1,2}m`;

/**
 * Makes a writer to a stream whose reader may leave at any time, as `head` does, or a terminal that hangs up:
 * text after that is not written. Characters on which a terminal would act, and that are not `own`, are shown
 * instead.
 */
const writer = (stream: NodeJS.WriteStream, own: string, onLost: OnLost): ((text: string) => void) => {
  let gone = false;
  // Kept from now, whatever is put in its place later.
  const write = stream.write.bind(stream);
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone && error.code !== 'EPIPE' && error.code !== 'EIO') onLost(error);
    gone = true;
  });
  return (text) => {
    if (!gone) write(shownLines(text, own));
  };
};

/** Makes the terminal of this process. */
export const createTerminal = (
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  env: Environment,
  onLost: OnLost,
): Terminal => {
  const redraws = stderr.isTTY && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
  const [colors, colorsErr] = [hasColor(stdout, env), hasColor(stderr, env)];
  return {
    out: writer(stdout, colors ? PAINTED : PLAIN, onLost),
    // An error of the error stream cannot be told anywhere.
    err: writer(stderr, colorsErr || redraws ? PAINTED : PLAIN, () => {}),
    paint: pc.createColors(colors),
    paintErr: pc.createColors(colorsErr),
    width: widthOf(stdout),
    widthErr: widthOf(stderr),
    redraws,
    drawsUnicode: drawsUnicode(env),
  };
};

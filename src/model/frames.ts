import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file that was running. */
export interface Frame {
  /** The file's path, as the stack has it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line of the stack that names the place. */
  readonly text: string;
}

// Bundled, all of the package lies in one folder; from source, in the folder above this one, where tests are
// users.
const isSource = import.meta.url.endsWith('.ts');
/** The folder that all code of this package is in. */
export const ownFolder: string = fileURLToPath(new URL(isSource ? '..' : '.', import.meta.url));
const isTesting = (file: string): boolean => /\.test\.[cm]?[jt]s$|[\\/]testing[\\/]/.test(file);

const isOwn = (file: string): boolean => file.startsWith(ownFolder) && !(isSource && isTesting(file));

const frameOf = (text: string): Frame | undefined => {
  const [, place = '', line, column] = /^\s*at (?:[^(]*\()?(.+?):(\d+):(\d+)\)?$/.exec(text) ?? [];
  if (place === '' || place.startsWith('node:') || place.startsWith('<')) return undefined;
  try {
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    return isAbsolute(file) ? { file, line: Number(line), column: Number(column), text } : undefined;
  } catch {
    return undefined;
  }
};

const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

/**
 * The frames of `stack` that lie in files of the user: not in this package, not in Node, and not in other
 * packages unless there are no others.
 */
export const userFrames = (stack: string): readonly Frame[] => {
  const frames = stack
    .split('\n')
    .flatMap((text) => frameOf(text) ?? [])
    .filter(({ file }) => !isOwn(file));
  const outside = frames.filter(({ file }) => !isInstalled(file));
  return outside.length > 0 ? outside : frames;
};

// Asked once: while a model runs, whoever asks where the process is passes for the model.
const HERE = process.cwd();

/** A frame as `models/door.ts:12:7`: relative to the folder of the process, if it lies below. */
export const placeOf = ({ file, line, column }: Frame): string => {
  const path = relative(HERE, file);
  const below = path !== '' && !path.startsWith('..') && !isAbsolute(path);
  return `${below ? path : file}:${line}:${column}`;
};

/** The message and the stack of what was thrown; none if it is no error, or does not bear being looked at. */
const textsOf = (error: unknown): readonly [message: string, stack: string] => {
  try {
    if (!(error instanceof Error)) return ['', ''];
    const { message, stack } = error as { readonly message: unknown; readonly stack?: unknown };
    return [typeof message === 'string' ? message : '', typeof stack === 'string' ? stack : ''];
  } catch {
    return ['', ''];
  }
};

/** The frames of an error's stack, without its message, in which lines that look like frames may stand. */
export const framesOf = (error: unknown): readonly Frame[] => {
  const [message, stack] = textsOf(error);
  const from = message === '' ? 0 : Math.max(0, stack.indexOf(message));
  return userFrames(stack.slice(from === 0 ? 0 : from + message.length));
};

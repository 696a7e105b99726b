import { Fault } from '../fault.ts';
import type { Oddity } from './odd.ts';

// A path through an object that holds itself could go on for ever.
const MOST_KEYS = 12;

const pathText = (path: readonly string[]): string =>
  `${path.slice(0, MOST_KEYS).join('.')}${path.length > MOST_KEYS ? '…' : ''}`;

/** An error that a value is not plain: its place in what was looked at, and what is there. */
export class NotPlain extends Error {
  readonly oddity: Oddity;
  readonly path: readonly string[];

  constructor(oddity: Oddity, path: readonly string[]) {
    super(`${path.join('.')}: ${oddity.got}`);
    this.oddity = oddity;
    this.path = path;
  }

  /** Makes the fault about the function, or part of a model, at `where`. */
  faultAt(where: string): Fault {
    return new Fault('UW103', {
      where: this.path.length === 0 ? where : `${where}, at ${pathText(this.path)}`,
      expected: 'booleans, finite numbers, strings, null, and plain arrays and objects of these',
      ...this.oddity,
    });
  }
}

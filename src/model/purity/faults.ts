import { Fault } from '../fault.ts';
import type { PathNode } from '../plain/view.ts';

const MOST_TEXT = 190;

const impure = (where: string, expected: string, got: string, likely: string, next: string): Fault =>
  new Fault('UW104', { where, expected, got, likely, next });

const INTO_THE_STATE = 'move what it reads or keeps into the state, or into a choice of the actor';

/** The fault of a function that returned something else when it was run again. */
export const differs = (where: string, first: string, second: string): Fault =>
  impure(
    where,
    'the same result whenever it is run on the same state',
    `${first.slice(0, MOST_TEXT)} and then ${second.slice(0, MOST_TEXT)}`,
    'it reads or keeps a variable outside the state, or tells objects with the same content apart',
    INTO_THE_STATE,
  );

const listOf = (places: ReadonlySet<PathNode>): string =>
  places.size === 0 ? 'nothing' : [...places].map(({ path }) => path).join(', ');

/**
 * The fault of a function that returned the same after other reads: it may return something else where these
 * differ.
 */
export const readsDiffer = (
  where: string,
  first: ReadonlySet<PathNode>,
  second: ReadonlySet<PathNode>,
): Fault =>
  impure(
    where,
    'the same parts looked at whenever it is run on the same state',
    `${listOf(first).slice(0, MOST_TEXT)} and then ${listOf(second).slice(0, MOST_TEXT)}`,
    'it keeps what it found, in a memo whose key lacks something that the value depends on, or in a variable',
    'let it compute anew, which costs little, as a search asks once for what it reads; or have the key hold all that it looks at',
  );

/** The fault of using, in a later run, an argument of an earlier one. */
export const keptBy = (where: string, { path }: PathNode): Fault =>
  impure(
    where,
    'a function that looks at what it was given for this run',
    `a look at ${path} of a state, a draft or a setting of an earlier run`,
    'a function of the model keeps what it was given in a variable outside the state',
    INTO_THE_STATE,
  );

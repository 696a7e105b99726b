import { Fault, type FaultCode } from '../../model/index.ts';
import type { Workspace } from '../workspace/load-config.ts';
import { commandLine } from '../../report/command-line.ts';
import { isCalled, namedIn, type Kind, type Named } from './named.ts';
import { nearestTo } from './nearest.ts';
import { isPattern } from '../../model/text/pattern.ts';

/** The search for an id that was not found. */
export interface Sought {
  readonly code: Extract<FaultCode, 'UW305' | 'UW603'>;
  readonly where: string;
  /** The kinds that would have been taken. */
  readonly kinds: readonly Kind[];
  readonly got: string;
}

const withArticle = (kind: Kind): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const wordsOf = ({ kind, id }: Named): string => `${kind} ${id}`;

/** Returns the command that shows or runs a thing of this kind. */
const commandFor = ({ kind, id }: Named): string => {
  switch (kind) {
    case 'suite':
    case 'model':
    case 'claim':
      return commandLine('verify', id);
    case 'study':
      return commandLine('study', id);
    case 'part':
      return commandLine('conform', id);
    case 'invariant':
    case 'defence':
    case 'capability':
    case 'parameter':
    case 'action':
      return commandLine('explain', id);
  }
};

const likelyOf = ({ builtInBecause }: Workspace, got: string): string => {
  if (isPattern(got)) return 'a typing error: no id is like this pattern';
  return builtInBecause === undefined
    ? 'a typing error, or an id of another configuration'
    : `a typing error, or an id of your own: ${builtInBecause}, so only what is built in is known`;
};

/**
 * Says what a name is that was taken for something else; or else which names are like it, and what has them.
 */
export const notFound = (workspace: Workspace, { code, where, kinds, got }: Sought): Fault => {
  const named = namedIn(workspace);
  const wanted = named.filter(({ kind }) => kinds.includes(kind));
  const nearest = nearestTo(wanted, got).map(wordsOf).join(', ');
  const expected = `${listed(kinds.map(withArticle))}; ${nearest === '' ? 'there is none' : `nearest: ${nearest}`}`;
  const other = named.find(({ kind, id }) => !kinds.includes(kind) && isCalled(id, got));
  if (other !== undefined) {
    const of = 'model' in other ? ` of model ${other.model.id}` : '';
    const likely = `${other.id} is ${withArticle(other.kind)}${of}`;
    return new Fault(code, { where, expected, got, likely, next: `run \`${commandFor(other)}\`` });
  }
  return new Fault(code, {
    where,
    expected,
    got,
    likely: likelyOf(workspace, got),
    next: 'run `underwatch list` for the ids',
  });
};

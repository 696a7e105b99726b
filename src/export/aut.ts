import type { LearnedSystem } from '../search/learn-all.ts';
import { counted, headingOf, type Author } from './heading.ts';
import { asciiOf } from './names.ts';
import { walk } from './walk.ts';

// The format has quotes around a label, and no way to write one inside.
const labelOf = (text: string): string => `"${asciiOf(text).replaceAll('"', "'")}"`;

/**
 * Writes the system in the Aldebaran format (AUT): all states and transitions one by one, the labels being
 * the instances. The format has one initial state; where the system has several, a state before them leads to
 * each.
 */
export function* autOf(learned: LearnedSystem): Generator<string> {
  const { initial, instances, states, transitions } = learned;
  const several = initial.length > 1;
  const before = several ? 1 : 0;
  const labels = instances.map(({ instance }) => labelOf(instance.key));
  yield `des (0, ${several ? transitions + initial.length : transitions}, ${states + before})\n`;
  if (several) {
    for (const index of initial.keys()) yield `(0, ${labelOf(`initial ${index}`)}, ${index + before})\n`;
  }
  for (const { index, steps } of walk(learned)) {
    yield steps
      .map(({ instance, to }) => `(${index + before}, ${labels[instance]}, ${to + before})\n`)
      .join('');
  }
}

/** Writes the heading of such a file, which has no comments itself. */
export const autHeading = (learned: LearnedSystem, author: Author): readonly string[] => {
  const { initial, states, transitions } = learned;
  const several = initial.length > 1;
  return headingOf(learned, author, [
    `The file has ${counted(several ? states + 1 : states, 'state')} and ${counted(several ? transitions + initial.length : transitions, 'transition')}${several ? ': a state more, which leads to each initial state' : ''}.`,
    'State 0 is the initial one; states are numbered breadth first. Tools that read it: CADP, mCRL2, LTSmin.',
    '  mCRL2:  ltsinfo FILE; ltsconvert --equivalence=bisim FILE smaller.aut',
  ]);
};

import { Fault, type System } from '../model/index.ts';
import type { Progress } from '../search/result.ts';
import { DEFAULT_LEARN_STATES, learnAll, type LearnedSystem, type LearnLimits } from '../search/learn-all.ts';
import { autHeading, autOf } from './aut.ts';
import { dotOf } from './dot.ts';
import type { Author } from './heading.ts';
import { murphiOf } from './murphi.ts';
import { promelaOf } from './promela.ts';

interface FormatEntry {
  readonly says: string;
  /** The number of states beyond which a system is not exported, unless a limit says otherwise. */
  readonly maxStates: number;
  /** Writes the text, in pieces. */
  readonly write: (learned: LearnedSystem, author: Author) => Iterable<string>;
  /** Returns notes that the text cannot have itself. */
  readonly aside?: (learned: LearnedSystem, author: Author) => readonly string[];
}

// More than anybody can look at, and than Graphviz draws in a minute.
const DRAWN_STATES = 2000;

/** The formats that a transition system is exported in. */
export const FORMATS: { readonly [format in Format]: FormatEntry } = {
  promela: { says: 'Promela, for Spin', maxStates: DEFAULT_LEARN_STATES, write: promelaOf },
  murphi: { says: 'Murphi, for Rumur', maxStates: DEFAULT_LEARN_STATES, write: murphiOf },
  aut: {
    says: 'Aldebaran: every transition',
    maxStates: DEFAULT_LEARN_STATES,
    write: autOf,
    aside: autHeading,
  },
  dot: { says: 'a picture, for Graphviz', maxStates: DRAWN_STATES, write: dotOf },
};

/** One of them. */
export type Format = 'promela' | 'murphi' | 'aut' | 'dot';

/**
 * Learns all of `system`, up to as many states as `format` is good for. Throws UW602 for a system that is too
 * large to draw, and what `learnAll` throws.
 */
export const learnFor = (
  format: Format,
  system: System,
  limits: LearnLimits,
  observer?: (progress: Progress) => void,
): LearnedSystem => {
  const most = limits.maxStates ?? FORMATS[format].maxStates;
  try {
    return learnAll(system, { ...limits, maxStates: most }, observer);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'UW601' || format !== 'dot') throw error;
    throw new Fault('UW602', {
      where: `model ${system.model.id}`,
      expected: `at most ${most.toLocaleString('en-US')} states`,
      got: 'more',
      likely: 'pictures are for small systems',
      next: 'export it as aut, for tools that reduce before they draw, or raise --max-states',
    });
  }
};

// The positions of numbers in the arrays that the generated loops read and write.

/** What follows the words of a state in a list of candidates: its parent and the instance that led to it. */
export const CANDIDATE_EXTRA = 2;
/** What the loop that expands reports, by position. The first and the third go in, too. */
export const EXPANDED = {
  /** How many numbers of the candidates are in use. */
  filled: 0,
  /** The steps added. */
  transitions: 1,
  /** How many states are stuck. */
  stuck: 2,
  /** The cluster whose nodes had no answer, where the loop stopped early. */
  cluster: 3,
  length: 4,
} as const;
/** What the loop that inserts reports, by position. */
export const INSERTED = {
  /** How many states are known now. */
  size: 0,
  /** 1 if the loop stopped because the set is full. */
  full: 1,
  /** A sum of what was read ahead, so that nobody takes the reading for useless. */
  touched: 2,
  length: 4,
} as const;
/** The words of a mask: what to keep of a word of a state, and what to set in it. */
export const MASK_LENGTH = 2;
/**
 * A leaf: how often it was met, where it ends, the least and the greatest instance, then an instance and two
 * masks a word for each.
 */
export const LEAF_HEADER = 4;
/** Numbers of a leaf for each instance: the instance, and a mask for each word. */
export const entryLength = (words: number): number => 1 + MASK_LENGTH * words;
/** Where masks have what to keep of a word. */
export const keepAt = (word: number): number => MASK_LENGTH * word;
/** Where masks have what to set in a word. */
export const setAt = (word: number): number => keepAt(word) + 1;
/**
 * Where the nodes say at which of them the first cluster begins. Number 0 says how many clusters there are.
 */
export const FIRST_ROOT = 1;
/** Where the nodes say at which of them a cluster begins. */
export const rootAt = (cluster: number): number => FIRST_ROOT + cluster;
/** The answer of a trie whose actions cannot happen. */
export const NOTHING = -1;

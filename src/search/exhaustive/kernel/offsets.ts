// The positions of numbers in the arrays that the generated loops read and write.

/**
 * The numbers that follow the words of a state in a list of candidates: its parent and the instance that led
 * to it.
 */
export const CANDIDATE_EXTRA = 2;
/** The results of the loop that expands, by position. The first and the third are inputs, too. */
export const EXPANDED = {
  /** The count of the candidates' numbers that are in use. */
  filled: 0,
  /** The steps added. */
  transitions: 1,
  /** The number of states that are stuck. */
  stuck: 2,
  /** The cluster whose nodes had no answer, where the loop stopped early. */
  cluster: 3,
  length: 4,
} as const;
/** The results of the loop that inserts, by position. */
export const INSERTED = {
  /** The number of states that are known now. */
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
/** Returns the numbers of a leaf for each instance: the instance, and a mask for each word. */
export const entryLength = (words: number): number => 1 + MASK_LENGTH * words;
/** Returns the place in masks of what to keep of a word. */
export const keepAt = (word: number): number => MASK_LENGTH * word;
/** Returns the place in masks of what to set in a word. */
export const setAt = (word: number): number => keepAt(word) + 1;
/** The place, among the nodes, of the first cluster's root. Number 0 is the number of clusters. */
export const FIRST_ROOT = 1;
/** Returns the place, among the nodes, of a cluster's root. */
export const rootAt = (cluster: number): number => FIRST_ROOT + cluster;
/** The answer of a trie whose actions cannot happen. */
export const NOTHING = -1;

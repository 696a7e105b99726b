import type { VNode } from 'preact';
import type { ClaimStatus } from '../../status/claim-status.ts';

/** The look of a status: by mark, by word, and (as the style has it) by colour. */
export interface Look {
  readonly mark: string;
  readonly word: string;
  /** The word for several. */
  readonly words: string;
  /** The meaning, for somebody who sees the page for the first time. */
  readonly says: string;
}

/** The gravest first, as they are shown. */
export const LOOKS: { readonly [status in ClaimStatus]: Look } = {
  fault: { mark: '!', word: 'fault', words: 'faults', says: 'an error ended it: nothing was decided' },
  'new-attack': {
    mark: '✗',
    word: 'NEW attack',
    words: 'NEW attacks',
    says: 'an attack on what was safe, or shorter than the known one',
  },
  'broken-proof': {
    mark: '▼',
    word: 'broken proof',
    words: 'broken proofs',
    says: 'it was proved before, and is not any more',
  },
  changed: {
    mark: '△',
    word: 'changed',
    words: 'changed',
    says: 'not what was expected: an attack is gone, or longer',
  },
  unresolved: {
    mark: '?',
    word: 'unresolved',
    words: 'unresolved',
    says: 'a limit ended the search before it was decided',
  },
  'known-attack': {
    mark: '◆',
    word: 'known attack',
    words: 'known attacks',
    says: 'an attack exists, and it was expected',
  },
  vacuous: { mark: '∅', word: 'vacuous', words: 'vacuous', says: 'it never had a chance to fail' },
  proof: {
    mark: '✓',
    word: 'proved',
    words: 'proved',
    says: 'every reachable state was looked at, and it holds',
  },
};

const ORDER = Object.keys(LOOKS) as readonly ClaimStatus[];

/** All statuses, the gravest first. */
export const statuses: readonly ClaimStatus[] = ORDER;

/** Whether a status means that something is new or broken. */
export const isSurprise = (status: ClaimStatus): boolean =>
  ['fault', 'new-attack', 'broken-proof', 'changed'].includes(status);

/** The mark of a status; its word is said beside it, or for those who do not see it. */
export const Mark = ({ of }: { readonly of: ClaimStatus }): VNode => (
  <span class={`mark ${of}`} aria-hidden="true">
    {LOOKS[of].mark}
  </span>
);

/** A status as mark and word. */
export const Badge = ({ of }: { readonly of: ClaimStatus }): VNode => (
  <span class={`badge ${of}`}>
    <span aria-hidden="true">{LOOKS[of].mark}</span> {LOOKS[of].word}
  </span>
);

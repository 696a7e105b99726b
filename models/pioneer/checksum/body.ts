import { assemble, type Program } from '../../platform/processor/index.ts';
import type { Mix, Variant } from './variant.ts';

/**
 * What an attacker's version of the loop does beside the honest work, so that altered code stays unseen.
 * - `none`: the honest loop.
 * - `pointer`: reads from a clean copy at a distance, mixes the original address: by the displacement of the load.
 * - `pointer-added`: the same with an instruction of its own, where a displacement is not to be had.
 * - `counter`: runs from elsewhere, mixes the original address of the code: as a constant.
 * - `pointer-and-counter`: both, by displacement and constant.
 * - `compare`: compares every address with that of an altered word, and reads the original instead.
 */
export type ExtraWork = 'none' | 'pointer' | 'pointer-added' | 'counter' | 'pointer-and-counter' | 'compare';

/** All kinds of extra work, the honest loop first. */
export const EXTRA_WORK: readonly ExtraWork[] = [
  'none',
  'pointer',
  'pointer-added',
  'counter',
  'pointer-and-counter',
  'compare',
];

/** Where things are: byte addresses and distances. */
export interface Layout {
  /** The first checksummed word. */
  readonly region: bigint;
  /** The honest loop's first instruction. */
  readonly code: bigint;
  /** From a checksummed word to its clean copy. */
  readonly copyDistance: number;
  /** The word that is altered, by number. */
  readonly alteredWord: number;
}

/** A layout that suits the small memory. */
export const LAYOUT: Layout = { region: 0x100000n, code: 0x10000n, copyDistance: 0x20000, alteredWord: 7 };

const readsOf = (work: ExtraWork, { copyDistance }: Layout): string => {
  switch (work) {
    case 'pointer':
    case 'pointer-and-counter':
      return `mov rcx, [rdx + ${copyDistance}]`;
    case 'pointer-added':
      return `lea r9, [rdx + ${copyDistance}]\nmov rcx, [r9]`;
    case 'compare':
      // The constant address waits in R10; the conditional move never branches, so nothing is mispredicted.
      return `lea r9, [rdx + ${copyDistance}]\ncmp rdx, r10\ncmovne r9, rdx\nmov rcx, [r9]`;
    case 'none':
    case 'counter':
      return 'mov rcx, [rdx]';
  }
};

/** The instructions that bring a value into RCX; `null` where it is in a register already. */
const fetchOf = (mix: Mix, work: ExtraWork, layout: Layout): string => {
  switch (mix) {
    case 'data':
      return readsOf(work, layout);
    case 'counter':
      return work === 'counter' || work === 'pointer-and-counter'
        ? `mov rcx, ${layout.code}`
        : 'lea rcx, [rip + begin]';
    case 'flags':
      return 'pushf\npop rcx';
    case 'dr7':
      return 'mov rcx, dr7';
    case 'return':
      return 'mov rcx, [rsp]';
    case 'pointer':
    case 'state':
      return '';
  }
};

const sourceOf = (mix: Mix): string => {
  if (mix === 'pointer') return 'rdx';
  return mix === 'state' ? 'rbx' : 'rcx';
};

/** The T-function x + (x*x | 5), and the address of the word that its high bits choose. */
const traversal = ({ bits, wordsLog2 }: Variant): string => `
  begin: mov rax, rbx
  imul rax, rbx
  or rax, 5
  add rbx, rax
  mov rdx, rbx
  shr rdx, ${bits - wordsLog2}
  lea rdx, [rsi + rdx*8]`;

/**
 * One iteration of the loop. RBX holds the traversal's state, RSI the region, R8 the checksum, RDI the iterations left.
 * Each value is alternately added and exclusive-ored, so that no two steps can be exchanged, and R8 turns by one bit.
 */
export const checksumBody = (
  variant: Variant,
  work: ExtraWork = 'none',
  layout: Layout = LAYOUT,
): Program => {
  const mixes = variant.mixes.map(
    (mix, index) => `${fetchOf(mix, work, layout)}\n${index % 2 === 0 ? 'add' : 'xor'} r8, ${sourceOf(mix)}`,
  );
  return assemble(`${traversal(variant)}\n${mixes.join('\n')}\nrol r8, 7\nsub rdi, 1\njne begin`);
};

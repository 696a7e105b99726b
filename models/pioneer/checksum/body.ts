import { assemble, type Program } from '../../platform/processor/index.ts';
import type { Mix, Variant } from './variant.ts';

/**
 * What an attacker's version of the loop does beside the honest work, so that altered code stays unseen.
 * - `none`: the honest loop.
 * - `pointer`: reads from a clean copy at a distance, mixes the original address: by the displacement of the
 *   load.
 * - `pointer-added`: the same with an instruction of its own, where a displacement is not to be had.
 * - `counter`: runs from elsewhere, mixes the original address of the code: as a constant.
 * - `pointer-and-counter`: both, by displacement and constant.
 * - `compare`: compares every address with that of an altered word, and reads the original instead.
 * - or the instructions that bring the word at RDX into RCX, as a search makes them up.
 */
export type ExtraWork = NamedWork | { readonly read: string };

/** Extra work that has a name; any other way to read is given as its instructions. */
export type NamedWork = 'none' | 'pointer' | 'pointer-added' | 'counter' | 'pointer-and-counter' | 'compare';

/** All kinds of extra work, the honest loop first. */
export const EXTRA_WORK: readonly NamedWork[] = [
  'none',
  'pointer',
  'pointer-added',
  'counter',
  'pointer-and-counter',
  'compare',
];

/** The layout of memory: byte addresses and distances. */
export interface Layout {
  /** The address of the first checksummed word. */
  readonly region: bigint;
  /** The address of the honest loop's first instruction. */
  readonly code: bigint;
  /** The distance from a checksummed word to its clean copy. */
  readonly copyDistance: number;
  /** The number of the altered word. */
  readonly alteredWord: number;
}

/** A layout that suits the small memory. */
export const LAYOUT: Layout = { region: 0x100000n, code: 0x10000n, copyDistance: 0x20000, alteredWord: 7 };

const readsOf = (work: ExtraWork, { copyDistance }: Layout): string => {
  if (typeof work === 'object') return work.read;
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

/** The instructions that bring a value into RCX; none if it is in a register already. */
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

/**
 * How the next state is computed: by its definition, or with the constant that its residue modulo 8 allows.
 */
export type StateStep = 'defined' | { readonly residue: number };

/**
 * The amount that x*x | 5 adds to x*x, by x modulo 8: an odd square ends in 001 binary, an even one in 000 or
 * 100. The traversal goes through the residues in a fixed order, so a loop of eight iterations knows the
 * residue in each.
 */
export const orAdds = (residue: number): number => {
  if (residue % 2 === 1) return 4;
  return residue % 4 === 0 ? 5 : 1;
};

const stateStep = (step: StateStep): string =>
  step === 'defined'
    ? 'mov rax, rbx\nimul rax, rbx\nor rax, 5\nadd rbx, rax'
    : `mov rax, rbx\nimul rax, rbx\nadd rbx, ${orAdds(step.residue)}\nadd rbx, rax`;

const iteration = (variant: Variant, work: ExtraWork, layout: Layout, step: StateStep): string => {
  const mixes = variant.mixes.map(
    (mix, index) => `${fetchOf(mix, work, layout)}\n${index % 2 === 0 ? 'add' : 'xor'} r8, ${sourceOf(mix)}`,
  );
  const address = `mov rdx, rbx\nshr rdx, ${variant.bits - variant.wordsLog2}\nlea rdx, [rsi + rdx*8]`;
  return `${stateStep(step)}\n${address}\n${mixes.join('\n')}\nrol r8, 7`;
};

const looped = (iterations: readonly string[]): Program =>
  assemble(`begin: ${iterations.join('\n')}\nsub rdi, ${iterations.length}\njne begin`);

/**
 * One iteration of the loop. RBX holds the traversal's state, RSI the region, R8 the checksum, RDI the number
 * of iterations left. Values are alternately added and exclusive-ored, so that no two steps can be exchanged,
 * and R8 is rotated by seven bits.
 */
export const checksumBody = (variant: Variant, work: ExtraWork = 'none', layout: Layout = LAYOUT): Program =>
  looped([iteration(variant, work, layout, 'defined')]);

/** Eight iterations without a branch between them, honest or with extra work. */
export const unrolledBody = (variant: Variant, work: ExtraWork = 'none', layout: Layout = LAYOUT): Program =>
  looped(Array.from({ length: 8 }, () => iteration(variant, work, layout, 'defined')));

/**
 * The same eight iterations by an attacker who knows the nonce modulo 8 and leaves out the OR: one step less
 * from a state to the next, to the same result. The cost is that there are eight such loops, one for each
 * residue.
 */
export const shortcutBody = (
  variant: Variant,
  nonce: bigint,
  work: ExtraWork = 'none',
  layout: Layout = LAYOUT,
): Program => {
  let residue = Number(nonce % 8n);
  const iterations: string[] = [];
  for (let count = 0; count < 8; count++) {
    iterations.push(iteration(variant, work, layout, { residue }));
    residue = (residue + residue * residue + orAdds(residue)) % 8;
  }
  return looped(iterations);
};

import type { Capability, Defence, Parameters } from '../../models/pioneer/protocol/setting.ts';

/** Defences that neither Pioneer nor Checkmate has: what would have to be added. */
const HYPOTHETICAL: readonly Defence[] = [
  'mixCs',
  'mixCr3',
  'mixIdtr',
  'handlersFirst',
  'fetchesWhatItReads',
  'noTranslation',
  'checksReturnPath',
];

/**
 * What is off in Pioneer as far as the paper is known: what is hypothetical, and what its successors added.
 */
export const asPublished: readonly Defence[] = [
  ...HYPOTHETICAL,
  'engagesProcessors',
  'mixDr7',
  'mixReturnAddresses',
  'lowerLimit',
];

/**
 * What is off in Checkmate: 32-bit Windows, handlers left alone, and a load address that the prover reports.
 */
export const asCheckmate: readonly Defence[] = [...HYPOTHETICAL, 'handlersLast', 'knownBase', 'longMode'];

/** `defences` of which these are on after all. */
export const but = (defences: readonly Defence[], ...on: readonly Defence[]): readonly Defence[] =>
  defences.filter((defence) => !on.includes(defence));

/**
 * What a kernel can do within the paper's assumptions, and short of giving its handlers a stack of their own.
 */
export const ordinary: readonly Capability[] = [
  'code',
  'entries',
  'cr3',
  'patch',
  'executable',
  'debugRegisters',
  'pageFaults',
  'nmi',
  'interrupts',
  'callers',
  'dataHooks',
  'spin',
];

/** What takes control from code that runs by itself. */
export const triggers: readonly Capability[] = [
  'debugRegisters',
  'pageFaults',
  'nmi',
  'interrupts',
  'callers',
  'dataHooks',
];

/** A kernel that needs no hiding: for claims about the function and its executable alone. */
export const plainKernel = { root: 'first' } as const;

/**
 * Checkmate's client of 2012: 110.9 to 111.2 ms for 2,500,000 blocks on a Core 2 Quad of 3.0 GHz, a window of
 * 900,000 cycles; 1.7 % for the attack in its own sources, which forges the program counter. What an
 * exception and IRET cost on that core is not published; the costs are those of Prescott, which are larger.
 */
export const checkmate: Partial<Parameters> = {
  ...plainKernel,
  expectedMhz: 3000,
  actualMhz: 3000,
  raisedMhz: 3000,
  blockMilliCycles: 133_080,
  forgePcMilliCycles: 2262,
  forgeDpMilliCycles: 2262,
  slackCycles: 900_000,
};

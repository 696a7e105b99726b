import type { Capability, Defence, Parameters } from '../../models/pioneer/protocol/setting.ts';

/** Defences that neither Pioneer nor Checkmate has: they would have to be added. */
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
 * Defences that are off in Pioneer as far as the paper is known: hypothetical ones, and its successors'
 * additions.
 */
export const asPublished: readonly Defence[] = [
  ...HYPOTHETICAL,
  'engagesProcessors',
  'mixDr7',
  'mixReturnAddresses',
  'lowerLimit',
];

/**
 * Defences that are off in Checkmate: 32-bit Windows, handlers left alone, and a load address that the prover
 * reports.
 */
export const asCheckmate: readonly Defence[] = [...HYPOTHETICAL, 'handlersLast', 'knownBase', 'longMode'];

/** Returns `defences` with these on after all. */
export const but = (defences: readonly Defence[], ...on: readonly Defence[]): readonly Defence[] =>
  defences.filter((defence) => !on.includes(defence));

/** The powers of a kernel within the paper's assumptions, except giving its handlers a stack of their own. */
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

/** The powers that take control from running code. */
export const triggers: readonly Capability[] = [
  'debugRegisters',
  'pageFaults',
  'nmi',
  'interrupts',
  'callers',
  'dataHooks',
];

/** A scenario with a kernel that needs no hiding: for claims on the function and its executable alone. */
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

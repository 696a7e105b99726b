import type { Question } from 'underwatch';
import type { Capability, Parameters } from '../../models/platform/smram/setting.ts';
import { fields } from '../smram/adversary.ts';

/** A question about the SMRAM of a board, with the powers that the hypervisor may use for it. */
export interface SmramQuestion extends Question {
  readonly capabilities: readonly Capability[];
  readonly scope: Partial<Pick<Parameters, 'writes' | 'moves'>>;
}

/** The memory controllers that the model describes. */
export type SmramLayout = 'ich9' | 'series6to9';

const placesOf = (layout: SmramLayout): Parameters['writes'] =>
  layout === 'ich9' ? fields.tsegEnable : fields.tsegBase;

/**
 * The questions for every board whose memory controller is known; the handler is taken to be without
 * mistakes.
 */
export const smramQuestions = (layout: SmramLayout): readonly SmramQuestion[] => [
  {
    id: 'S-DOPEN',
    invariant: 'I-KEY',
    says: 'SMRAM is opened with D_OPEN, and a core reads the key',
    source: 'Duflot, Etiemble, Grumelard 2006; CHIPSEC, module smm',
    capabilities: ['config', 'load'],
    scope: { writes: fields.dOpen, moves: [] },
  },
  {
    id: 'S-TSEGDMA',
    invariant: 'I-KEY',
    says: 'TSEG is moved, cut short or disabled, and a device reads the key',
    source: 'CHIPSEC, module smm_dma',
    capabilities: ['config', 'dma'],
    scope: { writes: placesOf(layout), moves: ['BGSM'] },
  },
  {
    id: 'S-REMAP',
    invariant: 'I-HANDLER',
    says: 'the reclaim window leads to SMRAM, or over it, and the next SMI runs what was put there',
    source: 'Rutkowska, Wojtczuk 2008; CHIPSEC, module remap',
    capabilities: ['config', 'store', 'smi'],
    scope: { writes: [], moves: ['TOLUD', 'REMAPBASE', 'REMAPLIMIT'] },
  },
  {
    id: 'S-CACHE',
    invariant: 'I-HANDLER',
    says: 'a poisoned line of SMRAM is what the next SMI fetches',
    source: 'Duflot et al. 2009; Wojtczuk, Rutkowska 2009; CHIPSEC, module smrr',
    capabilities: ['mtrr', 'store', 'smi'],
    scope: { writes: [], moves: [] },
  },
  {
    id: 'S-KEY',
    invariant: 'I-KEY',
    says: 'the key in SMRAM is read, by whatever way is shortest',
    source: 'HyperSentry slides 15 and 16: the private key is in SMRAM',
    capabilities: ['config', 'load', 'store', 'dma', 'mtrr', 'smi'],
    scope: { writes: [...fields.dOpen, ...placesOf(layout)] },
  },
];

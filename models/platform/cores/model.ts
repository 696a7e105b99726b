import { defineModel, integers, oneOf, type Model } from 'underwatch/model';
import { hardware } from './hardware.ts';
import { invariants } from './invariants.ts';
import { software } from './software.ts';
import { runningCore } from './state.ts';
import { quiet, type CoresParameters, type CoresSetting, type CoresSystem } from './system.ts';

const defaults: CoresParameters = {
  cores: 2,
  interceptsSmi: false,
  shadows: 'first',
  longestInstructionMs: 0,
};

/**
 * The model of cores by themselves: modes, SMIs and NMIs, and the ways in which software keeps SMIs from
 * being taken.
 */
export const cores: Model<
  CoresSystem,
  CoresParameters,
  'smmLock',
  keyof typeof hardware | keyof typeof software,
  keyof typeof invariants
> = defineModel({
  id: 'cores',
  says: 'processor cores: guest, host and SMM, the one latched SMI, and what keeps it from being taken',
  defences: {
    smmLock: 'HWCR.SMMLOCK is set: SMIs of a guest are not intercepted (AMD; catalogue, H-SMI-INTERCEPT)',
  },
  capabilities: {
    hold: 'holds SMIs pending in a core (CLGI on AMD, after SENTER on Intel)',
    shadow: 'executes instructions that delay interrupts past the next one',
    park: 'leaves cores in wait-for-SIPI and starts them again',
    longInstruction: 'executes instructions that take milliseconds',
  },
  parameters: defaults,
  accepts: { cores: integers(1, 16), shadows: oneOf(['none', 'first', 'each']) },
  initial: ({ parameters }: CoresSetting): CoresSystem => ({
    cores: Array.from({ length: parameters.cores }, () => runningCore),
    ghosts: Array.from({ length: parameters.cores }, () => quiet),
  }),
  actions: { ...hardware, ...software },
  invariants,
  present: { hidden: ['ghosts'] },
});

import type { Planted } from '../../src/testing/mutation/planted.ts';

/** A defect of a model that a person planted, in words. */
export interface Named extends Planted {
  readonly says: string;
}

/**
 * Planted defects of registers, gates, cores, handlers and limits; each has a claim whose sentence it
 * contradicts.
 */
export const planted: readonly Named[] = [
  {
    says: 'SMI_LOCK is bit 5',
    file: 'models/platform/chipset/registers/lpc.ts',
    from: `bit('SMI_LOCK', 4,`,
    to: `bit('SMI_LOCK', 5,`,
    claims: ['necessity NEED-RESTORE-DECODE'],
  },
  {
    says: 'the handler does not look at the TCO bit of SMI_STS',
    file: 'models/hypersentry/invocation/handler.ts',
    from: '~parameters.ignoredSmiSts) === 0',
    to: '~(parameters.ignoredSmiSts | 0x2000)) === 0',
    claims: ['picture PICTURE-TIMER-TCO'],
  },
  {
    says: 'the handler leaves TCO1_STS as it is',
    file: 'models/hypersentry/invocation/handler.ts',
    from: 'base + TCO1_STS_OFFSET, 2, 0xffff',
    to: 'base + TCO1_STS_OFFSET, 2, 0',
    claims: ['honest HONEST-AGAIN-AFTER-TCO'],
  },
  {
    says: 'after STGI one more instruction retires',
    file: 'models/platform/cores/smi.ts',
    from: `releaseSmi = (core: Draft<SmiPort>): void => {
  core.retired = core.pending;`,
    to: `releaseSmi = (core: Draft<SmiPort>): void => {
  core.retired = false;`,
    claims: ['cores I-AT-ONCE'],
  },
  {
    says: 'after RSM one more instruction retires',
    file: 'models/platform/cores/smi.ts',
    from: `resume = (core: Draft<Core>): void => {
  core.mode = core.resumes;
  core.retired = core.pending;`,
    to: `resume = (core: Draft<Core>): void => {
  core.mode = core.resumes;
  core.retired = false;`,
    claims: ['cores I-AT-ONCE'],
  },
  {
    says: 'refilling the translation caches costs nothing',
    file: 'models/pioneer/protocol/intrude.ts',
    from: 'setting.parameters.cr3LoadCycles + setting.parameters.refillCycles',
    to: 'setting.parameters.cr3LoadCycles',
    claims: ['pioneer-limits B4-REFILL'],
  },
  {
    says: 'who forges both pointers pays for one',
    file: 'models/pioneer/protocol/timing.ts',
    from: 'copy.forgesPc ?',
    to: 'copy.forgesPc && !copy.forgesDp ?',
    claims: ['pioneer-forgery P-MEMCPY-C-NOT-LAX'],
  },
  {
    says: 'a software SMI timer that does not run is over',
    file: 'models/platform/chipset/smi/events.ts',
    from: `      if (chip.swTimer === 'stopped') return;
`,
    to: '',
    claims: ['chipset I-SWTMR'],
  },
  {
    says: 'an output latches as an input does',
    file: 'models/platform/chipset/smi/smi.ts',
    from: '(chip.pins ^ chip.GPI_INV) & chip.GP_IO_SEL & GPIS',
    to: '(chip.pins ^ chip.GPI_INV) & GPIS',
    claims: ['chipset I-INPUT'],
  },
  {
    says: 'the lower limit has a slack',
    file: 'models/pioneer/protocol/machine.ts',
    from: '(arrivalCycles >= honest',
    to: '(arrivalCycles >= honest - parameters.slackCycles',
    claims: ['pioneer-limits I-TWOSIDED-EARLY'],
  },
  {
    says: 'APM_STS is bit 7',
    file: 'models/platform/chipset/registers/smi.ts',
    from: `bit('APM_STS', 5,`,
    to: `bit('APM_STS', 7,`,
    claims: ['picture PICTURE-APM-IGNORED'],
  },
  {
    says: 'SMI_STS sums up events that are not enabled',
    file: 'models/platform/chipset/smi/status.ts',
    from: 'const gpe0 = chip.GPE0_STS & chip.GPE0_EN & GPE0_EVENTS',
    to: 'const gpe0 = chip.GPE0_STS & GPE0_EVENTS',
    claims: ['picture PICTURE-GPE0-DISABLED'],
  },
  {
    says: 'RSM goes back to the host always',
    file: 'models/platform/cores/smi.ts',
    from: `core.resumes = core.mode === 'guest' ? 'guest' : 'host';`,
    to: `core.resumes = 'host';`,
    claims: ['fallback H-FALLBACK-BOUND-TOO-TIGHT'],
  },
  {
    says: 'a core that enters SMM keeps its SMI',
    file: 'models/platform/cores/smi.ts',
    from: `enterSmm = (core: Draft<SmiPort>): void => {
  core.mode = 'smm';
  core.pending = false;`,
    to: `enterSmm = (core: Draft<SmiPort>): void => {
  core.mode = 'smm';`,
    claims: ['honest HONEST-ANSWERED'],
  },
  {
    says: 'GBL_SMI_EN gates nothing',
    file: 'models/platform/chipset/smi/smi.ts',
    from: `  if (behaviour.gblGatesSmi && (chip.SMI_EN & GBL_SMI_EN) === 0) return false;
`,
    to: '',
    claims: ['bios-flash S-BLE-GBL'],
  },
  {
    says: 'an SMI leaves EOS set',
    file: 'models/platform/chipset/smi/smi.ts',
    from: `  if (behaviour.eosClearedBySmi) chip.SMI_EN = (chip.SMI_EN & ~EOS) >>> 0;
`,
    to: '',
    claims: ['honest HONEST-SHADOW-BOUNDED'],
  },
  {
    says: 'a GPI needs no enable',
    file: 'models/platform/chipset/smi/status.ts',
    from: 'const enabled = chip.ALT_GP_SMI_STS & chip.ALT_GP_SMI_EN;',
    to: 'const enabled = chip.ALT_GP_SMI_STS;',
    claims: ['deferral H-DEFER-BY-ALT-GP-SMI-EN'],
  },
  {
    says: 'setting GLE raises the SMI that clearing it should',
    file: 'models/platform/chipset/smi/events.ts',
    from: `if (fell(chip, write, 'GLE')) raise`,
    to: `if (rose(chip, write, 'GLE')) raise`,
    claims: ['picture PICTURE-GPIO-UNLOCK-IGNORED'],
  },
  {
    says: 'the handler leaves EOS clear',
    file: 'models/hypersentry/invocation/handler.ts',
    from: '(enables | 0b10) & ~setting',
    to: 'enables & ~setting',
    claims: ['honest HONEST-AGAIN'],
  },
  {
    says: 'the bound on the age of the edge is one less',
    file: 'models/hypersentry/invocation/handler.ts',
    from: 'age <= setting.parameters.promptUs',
    to: 'age < setting.parameters.promptUs',
    claims: ['edge-age BOUND-HONEST'],
  },
  {
    says: 'the upper limit is one cycle less',
    file: 'models/pioneer/protocol/machine.ts',
    from: 'arrivalCycles <= honest + parameters.slackCycles',
    to: 'arrivalCycles < honest + parameters.slackCycles',
    claims: ['pioneer-honest I-NOFP'],
  },
  {
    says: 'CR3 is not in the sum',
    file: 'models/pioneer/protocol/truth.ts',
    from: `(!defends('mixCr3') || processor.root === EXPECTED_ROOT)`,
    to: 'true',
    claims: ['blog-2005 B4-CR3-MIXED-OTHER-ROLES'],
  },
  {
    says: 'the limit of ticks is one less',
    file: 'models/pioneer/tick-stamp/actions.ts',
    from: 'between(state) <= parameters.limitTicks',
    to: 'between(state) < parameters.limitTicks',
    claims: ['tick-stamps P-PROXY-TICKS-NEAR'],
  },
  {
    says: 'stamps of two sessions pass',
    file: 'models/pioneer/tick-stamp/actions.ts',
    from: `(start.session === end.session || !defends('sameSession'))`,
    to: 'true',
    claims: ['tick-stamps I-TICK-GENUINE'],
  },
  {
    says: 'SMM_BWP protects nothing',
    file: 'models/platform/flash/actions.ts',
    from: `!bios(state, 'SMM_BWP') &&`,
    to: 'true &&',
    claims: ['bios-flash S-BLE-SMM-BWP-ALONE'],
  },
];

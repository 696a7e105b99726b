import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Write } from '../../../models/hypersentry/invocation/setting.ts';
import type { FieldWrite } from '../../../models/platform/chipset/index.ts';
import { asTheTalkHasIt, fields } from './adversary.ts';
import { otherGates } from './left-out.ts';
import { withUntried } from './untried.ts';

const field = (register: FieldWrite['register'], name: string, value: number): FieldWrite => ({
  register,
  field: name,
  value,
});
/**
 * PMBASE + 30h to 3Fh: SMI_EN, SMI_STS, ALT_GP_SMI_EN and ALT_GP_SMI_STS, of which bits 3:2 of the address do
 * not matter.
 */
const address = field('IOTR0', 'IOAD', 0x430 >> 2);
const span = field('IOTR0', 'ADMA', 0b11);
const on = field('IOTR0', 'TRSE', 1);
const off = field('IOTR0', 'TRSE', 0);
const clear: readonly Write[] = [field('TRSR', 'CTSS', 1), field('SMI_EN', 'EOS', 1)];
const byFields: readonly Write[] = [address, span, on, off, ...clear];
const atOnce: readonly Write[] = [{ ...address, also: [span, on] }, off, ...clear];

const capabilities = ['ports', 'config', 'hide'] as const;
const locked = {
  without: ['boundedLatency', 'disarmsTraps'],
  capabilities,
  invariant: 'I-COMPLETE',
} as const;
const ends = { trapEndsCycle: true } as const;
const source =
  'Lynx Point reference header, IO_TRAP_0 and TRSR; parameter trapEndsCycle; found by the search, beside catalogue H-IOTRAP';

const latchAndEnable: readonly Write[] = [
  { ...field('ALT_GP_SMI_EN', 'GPI0', 0), also: [field('ALT_GP_SMI_STS', 'GPI0', 1)] },
  { ...field('ALT_GP_SMI_EN', 'GPI0', 1), also: [field('ALT_GP_SMI_STS', 'GPI0', 1)] },
  { ...field('SMI_EN', 'GBL_SMI_EN', 1), also: [field('SMI_EN', 'EOS', 1)] },
];

/** Claims on a trap on the handler's own ports, and on instructions that write several fields at once. */
export const ownPorts: Suite = suite({
  id: 'own-ports',
  says: 'an I/O trap on the ports that the handler itself uses, with all gates of the pin locked; and several fields written by one instruction',
  model: hypersentry,
  claims: withUntried({
    'H-IOTRAP-OWN': {
      ...locked,
      parameters: { writes: byFields, behaviour: ends },
      expect: 'violated',
      length: 17,
      says: 'where a trapped cycle ends in the trap, it is a gate that no lock covers: the handler reads ones, rejects, and acknowledges into nothing; hidden, the hypervisor lifts the trap and sets EOS, and the latch is still there',
      source,
    },
    'H-IOTRAP-OWN-AT-ONCE': {
      ...locked,
      parameters: { writes: atOnce, behaviour: ends },
      expect: 'violated',
      length: 15,
      says: 'address, mask and enable are one doubleword: written by one instruction it takes two steps less',
      source,
    },
    'H-IOTRAP-OWN-PASSES': {
      ...locked,
      parameters: { writes: atOnce },
      expect: 'holds',
      leavesOut: { ...otherGates, 'behaviour trapEndsCycle': 'H-IOTRAP-OWN' },
      restsOn: [],
      says: "where it goes on to its register, as the ICH2's device traps do, no trigger outlasts the handler: the trap makes it reject, no more",
      source: 'parameter trapEndsCycle; 82801BA datasheet, MON_TRP_RNG: cycles to its own registers complete',
    },
    'H-IOTRAP-OWN-DISARMED': {
      ...locked,
      without: ['boundedLatency'],
      parameters: { writes: atOnce, behaviour: ends },
      expect: 'holds',
      leavesOut: otherGates,
      restsOn: ['disarmsTraps'],
      says: 'a handler that clears IOTR0.TRSE before it uses a port closes it: that register is in memory, where no trap is',
      source,
    },
    'H-IOTRAP-OWN-BOUNDED': {
      ...locked,
      without: ['disarmsTraps'],
      parameters: { writes: atOnce, behaviour: ends },
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'so does the bound on the age of the edge',
      source,
    },
    'H-TOGETHER-GATES-LOCKED': {
      ...locked,
      without: ['boundedLatency'],
      parameters: { writes: latchAndEnable },
      expect: 'holds',
      idle: ['config'],
      leavesOut: otherGates,
      restsOn: [],
      says: 'with the gates locked an instruction that writes enable and latch at once is no way in',
      source: '6 series datasheet: ALT_GP_SMI_EN at PMBASE+38h, ALT_GP_SMI_STS at 3Ah',
    },
    'H-TOGETHER-GATES': {
      ...locked,
      without: asTheTalkHasIt,
      parameters: { writes: [...fields.gates, ...latchAndEnable] },
      expect: 'violated',
      length: 10,
      says: 'with them open H-DEFER takes as many steps as with single fields: closing and clearing at once saves nothing, since the latch has to stay',
      source: '6 series datasheet: ALT_GP_SMI_EN at PMBASE+38h, ALT_GP_SMI_STS at 3Ah',
    },
  }),
});

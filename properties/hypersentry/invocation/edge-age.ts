import { suite, type Suite } from 'underwatch';
import { hypersentry } from '../../../models/hypersentry/invocation/model.ts';
import type { Capability, Parameters } from '../../../models/hypersentry/invocation/setting.ts';
import { PORT_ACCESS_US } from '../../../models/hypersentry/invocation/powers/port-access.ts';
import { SMI_US } from '../../../models/platform/processor/index.ts';
import { fields, hypervisor } from './adversary.ts';
import { acpiEnGates, coincidences, eosCleared, otherGates } from './left-out.ts';
import { withUntried } from './untried.ts';

const { gates } = fields;
const enable = gates.filter(({ register }) => register === 'ALT_GP_SMI_EN');
/**
 * The least bound for an honest machine: the slowest entry, and the one instruction that each core may have
 * in flight.
 */
const honestUs = SMI_US.most + 1;

/**
 * The hypervisor's powers without polling and spinning: nothing here depends on what was seen, and time that
 * passes helps nobody.
 */
const able: readonly Capability[] = ['ports', 'apic', 'hide'];

const honest = (cores: number, promptUs: number, more: Partial<Parameters> = {}) =>
  ({
    invariant: 'I-NOFALSEALARM',
    without: ['gpiGateLock'],
    capabilities: ['spin'],
    parameters: { kernel: 'genuine', cores, promptUs, ...more },
    source: 'SMI_US: Linux RT wiki, 10 to 15 us; SDM vol. 3, SMIs are taken at instruction boundaries',
  }) as const;
const attack = (cores: number, promptUs: number, more: Partial<Parameters> = {}) =>
  ({
    invariant: 'I-COMPLETE',
    without: ['gpiGateLock'],
    capabilities: able,
    parameters: { writes: enable, cores, promptUs, ...more },
    source: 'gap G1, defence: bounded trigger-to-handler time; search',
  }) as const;
const underway = {
  without: ['boundedLatency'],
  capabilities: hypervisor,
  source: 'search; no source says how long the message takes',
} as const;

/**
 * Claims on the bound on the edge's age: what an honest machine needs, what security needs, and that no bound
 * is both.
 */
export const edgeAge: Suite = suite({
  id: 'edge-age',
  says: 'the only defence with all gates open, a bound on the age of the edge: where SMIs take 10 to 15 us no bound both spares an honest machine and stops hiding in 2 us, on any number of cores',
  model: hypersentry,
  claims: withUntried({
    'BOUND-HONEST': {
      ...honest(1, honestUs),
      expect: 'holds',
      leavesOut: coincidences,
      restsOn: [],
      says: 'an honest machine of one core needs the slowest entry and an instruction: 16 us',
    },
    'BOUND-HONEST-LESS': {
      ...honest(1, honestUs - 1),
      expect: 'violated',
      length: 8,
      says: 'with 15 us it is reported',
    },
    'BOUND-HONEST-4-CORES': {
      ...honest(4, honestUs),
      expect: 'holds',
      leavesOut: coincidences,
      restsOn: [],
      says: 'no more on four: cores enter side by side',
    },
    'BOUND-HONEST-4-CORES-LESS': {
      ...honest(4, honestUs - 1),
      expect: 'violated',
      says: 'and no less',
    },
    'BOUND-HONEST-CHECK-IN': {
      ...honest(4, honestUs + 3, { checkInUs: 1 }),
      expect: 'holds',
      leavesOut: coincidences,
      restsOn: [],
      says: 'if cores check in one after the other, a microsecond each, it needs three more',
    },
    'BOUND-HONEST-CHECK-IN-LESS': {
      ...honest(4, honestUs + 2, { checkInUs: 1 }),
      expect: 'violated',
      says: 'the other side of that threshold',
    },
    'BOUND-SECURE': {
      ...attack(1, 12),
      parameters: { writes: gates, promptUs: 12 },
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'security needs less than the fastest entry, hiding and unmasking: 12 us is the most on one core',
    },
    'BOUND-SECURE-MORE': {
      ...attack(1, 13),
      parameters: { writes: gates, promptUs: 13 },
      expect: 'violated',
      length: 10,
      says: '13 us lets H-DEFER through',
    },
    'BOUND-SECURE-2-CORES': {
      ...attack(2, 11),
      expect: 'holds',
      restsOn: ['boundedLatency', ['checkAltGpSmiEn', 'checkSmiSts']],
      says: 'two cores that share the work: 11 us',
    },
    'BOUND-SECURE-2-CORES-MORE': { ...attack(2, 12), expect: 'violated', length: 11, says: 'not 12 us' },
    'BOUND-SECURE-3-CORES': {
      ...attack(3, 10),
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'three: 10 us',
    },
    'BOUND-SECURE-3-CORES-MORE': { ...attack(3, 11), expect: 'violated', length: 12, says: 'not 11 us' },
    'BOUND-SECURE-4-CORES': {
      ...attack(4, 10),
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'four: 10 us, the entry alone',
    },
    'BOUND-SECURE-4-CORES-MORE': { ...attack(4, 11), expect: 'violated', length: 13, says: 'not 11 us' },
    'BOUND-SECURE-4-CORES-ALONE': {
      ...attack(4, 11, { hidesInParallel: false }),
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'hiding that cores cannot share takes four what it takes one, but another one unmasks meanwhile: 11 us',
    },
    'BOUND-SECURE-4-CORES-ALONE-MORE': {
      ...attack(4, 12, { hidesInParallel: false }),
      expect: 'violated',
      says: 'and not 12 us',
    },
    'BOUND-NONE': {
      ...attack(1, honestUs),
      parameters: { writes: gates, promptUs: honestUs },
      expect: 'violated',
      length: 10,
      says: 'so there is none: the least bound that spares an honest machine lets H-DEFER through',
    },
    'BOUND-NONE-2-CORES': {
      ...attack(2, honestUs),
      expect: 'violated',
      length: 11,
      says: 'nor on two cores',
    },
    'BOUND-NONE-3-CORES': { ...attack(3, honestUs), expect: 'violated', length: 12, says: 'nor on three' },
    'BOUND-NONE-4-CORES': { ...attack(4, honestUs), expect: 'violated', length: 13, says: 'nor on four' },
    'BOUND-SLOW-HIDING': {
      ...attack(1, honestUs, { scrubUs: 6 }),
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'there is one against a modification that takes 6 us to hide',
    },
    'BOUND-SLOW-HIDING-LESS': {
      ...attack(1, honestUs, { scrubUs: 5 }),
      expect: 'violated',
      length: 10,
      says: '5 us are not enough',
    },
    'BOUND-SLOW-HIDING-4-CORES': {
      ...attack(4, honestUs, { scrubUs: 24 }),
      expect: 'holds',
      restsOn: ['boundedLatency', ['checkAltGpSmiEn', 'checkSmiSts']],
      says: 'on four cores it has to take 24 us of work',
    },
    'BOUND-SLOW-HIDING-4-CORES-LESS': {
      ...attack(4, honestUs, { scrubUs: 23 }),
      expect: 'violated',
      length: 13,
      says: '23 us are not enough',
    },
    'BOUND-STEADY': {
      ...attack(1, honestUs, { entryLeastUs: SMI_US.most - 1 }),
      expect: 'holds',
      restsOn: ['boundedLatency'],
      says: 'or on a machine whose entries differ by no more than 1 us: what counts is not how long they take, but by how much they differ',
    },
    'BOUND-STEADY-LESS': {
      ...attack(1, honestUs, { entryLeastUs: SMI_US.most - 2 }),
      expect: 'violated',
      length: 10,
      says: '2 us are too much',
    },
    'BOUND-STEADY-2-CORES': {
      ...attack(2, honestUs, { entryLeastUs: SMI_US.most }),
      expect: 'holds',
      restsOn: ['boundedLatency', ['checkAltGpSmiEn', 'checkSmiSts']],
      says: 'on two cores they must not differ at all',
    },
    'BOUND-STEADY-2-CORES-LESS': {
      ...attack(2, honestUs, { entryLeastUs: SMI_US.most - 1 }),
      expect: 'violated',
      length: 11,
      says: 'not even by 1 us',
    },
    'BOUND-STEADY-3-CORES': {
      ...attack(3, honestUs, { entryLeastUs: SMI_US.most }),
      expect: 'violated',
      length: 12,
      says: 'on three not even that helps: what honest cores have in flight takes as long as hiding does on three',
    },
    'BOUND-HONEST-SLOW-PORT': {
      ...honest(1, SMI_US.most + PORT_ACCESS_US.most, { instructionUs: PORT_ACCESS_US.most }),
      expect: 'holds',
      leavesOut: coincidences,
      restsOn: [],
      says: 'if the instruction in flight is a port access of 3209 cycles, the dearest known, an honest machine needs 17 us',
    },
    'BOUND-HONEST-SLOW-PORT-LESS': {
      ...honest(1, SMI_US.most + PORT_ACCESS_US.most - 1, { instructionUs: PORT_ACCESS_US.most }),
      expect: 'violated',
      says: 'not 16',
    },
    'BOUND-NONE-SLOW-PORT': {
      ...attack(1, SMI_US.most + PORT_ACCESS_US.most, { instructionUs: PORT_ACCESS_US.most }),
      expect: 'violated',
      length: 10,
      says: 'and H-DEFER, which pays as much for each of its own, fits into that',
    },
    'BOUND-NONE-FAST-PORT': {
      ...attack(1, SMI_US.most, { instructionUs: PORT_ACCESS_US.least }),
      expect: 'violated',
      length: 10,
      says: 'where they cost less than a microsecond, an honest machine needs the 15 us of the entry, and those let H-DEFER through',
    },
    'H-MESSAGE-STEALTH': {
      ...underway,
      parameters: { writes: gates, messageUs: 1 },
      invariant: 'I-STEALTH',
      expect: 'violated',
      length: 3,
      says: 'H-STEALTH-GATES-LOCKED supposes a message that takes less than one port access: in 1 us the latch is read before any core takes notice',
    },
    'H-MESSAGE-SCRUBFREE': {
      ...underway,
      parameters: { writes: gates, messageUs: 1 },
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      says: 'and more than the instruction in flight retires',
    },
    'H-MESSAGE-COMPLETE': {
      ...underway,
      parameters: { writes: gates, messageUs: 1 },
      invariant: 'I-COMPLETE',
      expect: 'violated',
      says: 'so does H-DEFER-GATES-LOCKED: hiding for 2 us fits in, its last instruction in flight',
    },
    'H-MESSAGE-COMPLETE-SLOW-HIDING': {
      ...underway,
      parameters: { writes: gates, messageUs: 1, scrubUs: 3 },
      invariant: 'I-COMPLETE',
      expect: 'holds',
      leavesOut: { ...acpiEnGates, ...eosCleared, ...otherGates },
      restsOn: ['smiLock', 'restoreDecode', 'gpiGateLock', ['checkSmiSts', 'checkAltGpSmiSts']],
      says: 'hiding for 3 us does not: the message must be faster than hiding but for its last instruction',
    },
  }),
});

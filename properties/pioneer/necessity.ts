import { suite, type Suite } from 'underwatch';
import { pioneer } from '../../models/pioneer/model.ts';
import type { Capability, Defence } from '../../models/pioneer/setting.ts';
import { asPublished, but, ordinary, plainKernel, triggers } from './adversary.ts';

const everyPower: readonly Capability[] = [
  ...ordinary,
  'ownStack',
  'lie',
  'splitTlb',
  'segments',
  'deprivilege',
  'translator',
  'foreknowledge',
  'store',
];
const full = {
  capabilities: everyPower,
  parameters: { root: 'first', firstKernel: 'altered' },
  expect: 'holds',
  source: 'all defences on',
} as const;
const alone = (on: Defence, capabilities: readonly Capability[]) =>
  ({ without: but(asPublished, on), capabilities, parameters: plainKernel, source: 'search' }) as const;
const copiedAway = {
  ...plainKernel,
  copies: [{ code: 'elsewhere', data: 'elsewhere' }],
  forgePcMilliCycles: 0,
} as const;

/** All defences on, and what those are needed for that no other suite switches off. */
export const pioneerNecessity: Suite = suite({
  id: 'pioneer-necessity',
  says: 'every defence on, hypothetical ones too; and what each is needed for, or redundant with',
  model: pioneer,
  claims: {
    'P-FULL-GENUINE': { ...full, invariant: 'I-GENUINE', says: 'no altered copy is in time' },
    'P-FULL-BARE': { ...full, invariant: 'I-BARE', says: 'nothing lies under the function' },
    'P-FULL-NONCE': { ...full, invariant: 'I-NONCE', says: 'nothing was computed ahead' },
    'P-FULL-UNTAMPERED': { ...full, invariant: 'I-UNTAMPERED', says: 'the executable ran untampered' },
    'P-TOCTOU': {
      ...full,
      invariant: 'I-KERNEL',
      expect: 'violated',
      length: 13,
      says: 'I-KERNEL: and still, which kernel runs afterwards is not known: it is taken out, measured, and put back',
      source: 'Kovah et al., Oakland 2012; catalogue, P-TOCTOU: a known limit',
    },
    'P-TOCTOU-NO-WAY-BACK': {
      ...full,
      invariant: 'I-KERNEL',
      capabilities: everyPower.filter((power) => power !== 'dataHooks'),
      says: 'what is left of it needs a pointer in data whose right value nobody knows',
      source: 'search',
    },
    'P-NEED-ENGAGED': {
      ...full,
      invariant: 'I-GENUINE',
      without: ['engagesProcessors'],
      capabilities: ['code', 'spin', 'secondProcessor'],
      expect: 'violated',
      length: 7,
      says: 'who leaves another processor free loses the sum, every other defence on',
      source: 'search',
    },
    'P-ENGAGED': {
      ...full,
      invariant: 'I-GENUINE',
      capabilities: [...ordinary, 'secondProcessor'],
      says: 'who engages it does not, whatever a kernel can do in the ordinary way',
      source: 'search',
    },
    'P-NEED-MIX-PC': {
      without: [...asPublished, 'mixPc'],
      capabilities: ['code'],
      parameters: plainKernel,
      invariant: 'I-GENUINE',
      expect: 'violated',
      length: 5,
      says: 'without the program counter in the sum a copy elsewhere costs nothing',
      source: 'search',
    },
    'P-NEED-KNOWN-BASE': {
      without: [...asPublished, 'knownBase'],
      capabilities: ['code', 'lie'],
      parameters: copiedAway,
      invariant: 'I-GENUINE',
      expect: 'violated',
      length: 7,
      says: 'who takes the prover’s word for the load address loses the data pointer: all rests on the program counter then, here free to forge',
      source: 'search; Checkmate’s attack client',
    },
    'P-KNOWN-BASE': {
      without: asPublished,
      capabilities: ['code', 'lie'],
      parameters: copiedAway,
      invariant: 'I-GENUINE',
      expect: 'holds',
      says: 'who knows it does not',
      source: 'search',
    },
    'P-NEED-RETURN-ADDRESSES': {
      ...alone('lowerLimit', ['cr3', 'callers']),
      parameters: {},
      invariant: 'I-KERNEL',
      expect: 'violated',
      length: 13,
      says: 'a turned return address brings the adversary back',
      source: 'search',
    },
    'P-RETURN-ADDRESSES': {
      ...alone('mixReturnAddresses', ['cr3', 'callers']),
      parameters: {},
      invariant: 'I-KERNEL',
      expect: 'holds',
      says: 'return addresses in the sum, or an executable that looks at them, close that one way',
      source: 'Checkmate',
    },
    'P-RETURN-PATH': {
      ...alone('checksReturnPath', ['cr3', ...triggers.filter((power) => power !== 'dataHooks')]),
      parameters: {},
      invariant: 'I-KERNEL',
      expect: 'holds',
      says: 'an executable that looks at IDT, debug registers and return addresses closes all but pointers in data',
      source: 'search',
    },
    'P-RETURN-ADDRESSES-REDUNDANT': {
      ...alone('mixReturnAddresses', ['cr3', 'debugRegisters']),
      parameters: {},
      invariant: 'I-KERNEL',
      expect: 'violated',
      length: 13,
      says: 'and they alone are not enough',
      source: 'search',
    },
    'P-REDUNDANT-FLAGS': {
      without: [...asPublished, 'mixFlags'],
      capabilities: [...triggers, 'entries'],
      parameters: plainKernel,
      invariant: 'I-UNTAMPERED',
      expect: 'holds',
      says: 'the flags in the sum are redundant while the sum lies on the stack and handlers are installed after the loop',
      source: 'search',
    },
    'P-NEED-UPPER-LIMIT': {
      without: ['upperLimit'],
      capabilities: ['code'],
      parameters: plainKernel,
      invariant: 'I-GENUINE',
      expect: 'violated',
      length: 6,
      says: 'all forgery is a matter of time: with every other defence on, a lower limit among them, who may be late forges all',
      source: 'search',
    },
  },
});

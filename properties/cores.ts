import { suite, type Suite } from 'underwatch';
import { cores } from '../models/platform/cores/model.ts';

const sdm = 'SDM vol. 3, "System Management Mode"';
const plain = { expect: 'holds', capabilities: ['park'] } as const;

/** What HyperSentry takes for granted of cores, and when it may not. */
export const coresByThemselves: Suite = suite({
  id: 'cores',
  says: 'slide 6: an SMI bypasses the hypervisor; true of cores that do not hold it back, park long or intercept it',
  model: cores,
  claims: {
    'I-LATCH1': {
      ...plain,
      invariant: 'I-LATCH1',
      says: 'one SMI is latched, and two are not taken for it',
      source: sdm,
    },
    'I-BOUNDARY': {
      ...plain,
      invariant: 'I-BOUNDARY',
      says: 'the instruction in flight is all that retires',
      source: sdm,
    },
    'I-AT-ONCE': {
      ...plain,
      capabilities: ['park', 'hold'],
      parameters: { cores: 1 },
      invariant: 'I-AT-ONCE',
      says: 'nothing slips in before an SMI that waited for RSM, STGI, SMCTRL or a SIPI',
      source: 'SDM vol. 3B, 25.2 and 25.3.1; APM vol. 2, 15.17',
    },
    'H-SHADOW': {
      expect: 'violated',
      capabilities: ['shadow'],
      parameters: { cores: 1 },
      invariant: 'I-BOUNDARY',
      length: 3,
      says: 'but if what is in flight is STI, MOV SS or POP SS, one more retires in its shadow',
      source: 'SDM vol. 3B, 25.2; catalogue, I-SCRUBFREE: +1 after STI or MOV SS',
    },
    'H-SHADOW-ONE': {
      expect: 'holds',
      capabilities: ['shadow', 'park'],
      parameters: { cores: 1 },
      invariant: 'I-BOUNDARY-PLUS-1',
      says: 'one and no more, if a second such instruction casts no shadow',
      source: 'SDM vol. 2, STI and MOV: only the first of several is guaranteed to delay',
    },
    'H-SHADOW-EACH': {
      expect: 'violated',
      capabilities: ['shadow'],
      parameters: { cores: 1, shadows: 'each' },
      invariant: 'I-BOUNDARY-PLUS-1',
      length: 4,
      says: 'where each of them does, a row of them keeps SMIs out as long as the hypervisor likes',
      source: 'SDM vol. 2 guarantees the delay of the first only, and does not exclude others',
    },
    'I-UNTOLD': {
      ...plain,
      invariant: 'I-UNTOLD',
      says: 'nobody is told',
      source: 'HyperSentry slides 4 and 17',
    },
    'I-SIPI': {
      ...plain,
      invariant: 'I-SIPI',
      says: 'a parked core is not out of reach: its SMI comes before its first instruction',
      source: sdm,
    },
    'I-RSM': {
      ...plain,
      invariant: 'I-RSM',
      says: 'RSM goes back to the mode it came from',
      source: 'SDM 34.14.2',
    },
    'I-NMI-BLOCKED': { ...plain, invariant: 'I-NMI-BLOCKED', says: 'NMIs wait for RSM', source: 'SDM 34.8' },
    'I-LONG-INSTRUCTION': {
      ...plain,
      capabilities: ['park', 'longInstruction'],
      parameters: { longestInstructionMs: 2 },
      invariant: 'I-BOUNDARY',
      says: 'an instruction of milliseconds is one instruction: late, but nothing follows it',
      source: sdm,
    },
    'H-CLGI-CORE': {
      expect: 'violated',
      capabilities: ['hold'],
      invariant: 'I-BOUNDARY',
      length: 3,
      says: 'slide 6, refuted for a core with GIF=0 or after SENTER: any number of instructions retire with the SMI pending',
      source: 'catalogue, H-CLGI and D-MLE-SMIMASK; APM vol. 2, 15.17',
    },
    'H-CLGI-TAKEN': {
      expect: 'holds',
      capabilities: ['hold', 'park'],
      invariant: 'I-TAKEN',
      says: 'it is not lost, though: it is taken when the hypervisor wants it to',
      source: 'APM vol. 2, 15.17: held pending until STGI',
    },
    'H-SMI-INTERCEPT': {
      expect: 'violated',
      without: ['smmLock'],
      parameters: { interceptsSmi: true },
      invariant: 'I-UNTOLD',
      length: 3,
      says: 'without SMMLOCK an AMD hypervisor is told of the SMI that hits its guest, before the handler',
      source: 'catalogue, H-SMI-INTERCEPT',
    },
    'H-SMI-INTERCEPT-HELD': {
      expect: 'violated',
      without: ['smmLock'],
      parameters: { interceptsSmi: true },
      invariant: 'I-BOUNDARY',
      length: 4,
      says: 'and has GIF=0 then, so that it may go on with the SMI pending: in the invocation that is `cpuMask`, and H-CLGI',
      source: 'catalogue, H-SMI-INTERCEPT; APM vol. 2: #VMEXIT clears GIF',
    },
    'H-SMI-INTERCEPT-LOCKED': {
      expect: 'holds',
      parameters: { interceptsSmi: true },
      capabilities: ['park'],
      invariant: 'I-UNTOLD',
      says: 'SMMLOCK closes it',
      source: 'catalogue, H-SMI-INTERCEPT: SMMLOCK',
    },
  },
});

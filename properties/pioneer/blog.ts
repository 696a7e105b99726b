import { suite, type Suite } from 'underwatch';
import { pioneer } from '../../models/pioneer/protocol/model.ts';
import { asPublished, but, ordinary, plainKernel, triggers } from './adversary.ts';

const source = 'the blog post of 2005';
const switching = ['cr3', 'debugRegisters'] as const;
/**
 * The blog's machine: an altered kernel is running; the function must be interrupted at its entry, by a
 * breakpoint.
 */
const byBreakpoint = { enters: 'byBreakpoint', kernelReadBy: 'checksum' } as const;
const asw = {
  invariant: 'I-KERNEL',
  without: asPublished,
  capabilities: switching,
  parameters: byBreakpoint,
  expect: 'violated',
  source,
} as const;
/** The other assignment: the altered kernel under the root that the machine was set up with. */
const otherRoles = { firstKernel: 'altered', secondKernel: 'genuine', root: 'first' } as const;
/**
 * The loop of the blog's microbenchmark: nine cycles as measured (N1); 64 for STI and two more natively, on
 * Prescott.
 */
const microbenchmark = { ...plainKernel, blockMilliCycles: 66_000, translatedMilliCycles: 9000 } as const;
const translated = {
  invariant: 'I-BARE',
  without: [...asPublished, 'longMode'],
  capabilities: ['translator'],
  expect: 'violated',
  source,
} as const;

/** The argument of the blog post, sentence by sentence; B1 to B11 are the catalogue's numbers for them. */
export const blog2005: Suite = suite({
  id: 'blog-2005',
  says: 'the two objections of 2005, the address-space switch and the VMM that is faster than hardware, sentence by sentence',
  model: pioneer,
  claims: {
    'B1-LIMIT': {
      ...asw,
      invariant: 'I-GENUINE',
      capabilities: ['code'],
      parameters: plainKernel,
      expect: 'holds',
      restsOn: ['mixPc', 'mixDp', 'upperLimit'],
      says: 'B1: what takes longer than the limit is rejected',
    },
    'B1-NO-LIMIT': {
      ...asw,
      invariant: 'I-GENUINE',
      without: [...asPublished, 'upperLimit'],
      capabilities: ['code'],
      parameters: plainKernel,
      length: 6,
      says: 'B1: the time limit is what it rests on: without it the right answer proves nothing',
    },
    'B2-SPARE-RESOURCES': {
      ...asw,
      invariant: 'I-GENUINE',
      capabilities: ['code'],
      parameters: { ...plainKernel, forgeDpMilliCycles: 336 },
      length: 6,
      says: 'B2: resources that the loop leaves unused hide work: at a third of a cycle an iteration the forgery fits into the slack',
    },
    'B3-POINTER-MIXED': {
      ...asw,
      invariant: 'I-GENUINE',
      capabilities: ['code'],
      parameters: {
        ...plainKernel,
        copies: [{ code: 'inPlace', data: 'elsewhere' }],
        forgeDpMilliCycles: 337,
      },
      expect: 'holds',
      restsOn: ['mixDp', 'upperLimit'],
      says: 'B3: redirecting the data pointer is noticed if it costs 0.337 cycles an iteration. That it does is supposed: 0.746 are recollected, and the loop as reconstructed has a slot free for it (P-PARALLEL-DERIVED)',
    },
    'B3-POINTER-NOT-MIXED': {
      ...asw,
      invariant: 'I-GENUINE',
      without: [...asPublished, 'mixDp'],
      capabilities: ['code'],
      parameters: plainKernel,
      length: 5,
      says: 'B3: because it goes into the sum; otherwise it is redirected for nothing',
    },
    'B4-ASW': {
      ...asw,
      length: 15,
      says: 'B4: the switch of address spaces at entry and exit is not detected: right about which kernel runs',
    },
    'B4-ASW-OTHER-ROLES': {
      ...asw,
      parameters: { ...byBreakpoint, ...otherRoles },
      length: 15,
      says: 'B4: nor is it with the roles of the two roots exchanged',
    },
    'B4-ASW-BY-CALL': {
      ...asw,
      capabilities: ['cr3', 'callers'],
      parameters: { kernelReadBy: 'checksum' },
      length: 13,
      says: 'B4: without any breakpoint: the altered kernel receives the challenge itself, and a return address brings it back',
      source: 'not in the post',
    },
    'B4-NO-SWITCH': {
      ...asw,
      capabilities: ['patch', 'dataHooks'],
      parameters: { kernelReadBy: 'checksum', ...otherRoles },
      length: 13,
      says: 'B4: without any switch: the modification is taken out in place. What matters is to get control back afterwards',
      source: 'not in the post; Kovah et al., Oakland 2012: conditions for TOCTOU',
    },
    'B4-NO-WAY-BACK': {
      ...asw,
      capabilities: ['cr3', 'patch'],
      expect: 'holds',
      parameters: { kernelReadBy: 'checksum' },
      restsOn: [],
      says: 'B4: with the switch alone and no trigger at the exit, the genuine kernel stays',
      source: 'catalogue, P-ASW: it needs a trigger at the exit',
    },
    'B4-ANY-N': {
      ...asw,
      parameters: { ...byBreakpoint, iterations: 1_000_000_000 },
      length: 15,
      says: 'B4, I-CONST: lost in the noise for every number of iterations: here a thousand million',
    },
    'B4-NO-NOISE': {
      ...asw,
      parameters: { ...byBreakpoint, slackCycles: 1794 },
      expect: 'vacuous',
      says: 'B4: there is a slack that notices: less than one exception and one MOV CR3, 1795 cycles or 0.64 us; nothing is accepted then',
      source: 'threshold of the search',
    },
    'B4-NOISE-ENOUGH': {
      ...asw,
      parameters: { ...byBreakpoint, slackCycles: 1795 },
      length: 15,
      says: 'B4: at 1795 it is lost: the switch back is after the sum is sent, when nobody measures',
      source: 'the other side of the threshold',
    },
    'B4-EXIT-TIMED': {
      ...asw,
      without: [...asPublished, 'stateOnStack', 'handlersLast'],
      parameters: { ...byBreakpoint, places: ['entry', 'loopEnd'], slackCycles: 2590 },
      length: 15,
      says: 'B4, N7: with the exit’s breakpoint inside the measured time the cost is 2590 cycles, 0.93 us: two exceptions and one MOV CR3, for the second may wait until the sum is sent',
      source: 'catalogue, N7, which counts both switches: 2590 to 3590 cycles',
    },
    'B4-EXIT-TIMED-NOTICED': {
      ...asw,
      without: [...asPublished, 'stateOnStack', 'handlersLast'],
      parameters: { ...byBreakpoint, places: ['entry', 'loopEnd'], slackCycles: 2589 },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'B4, N7: one cycle less notices it; what is then accepted is a kernel that stays genuine',
      source: 'the other side of the threshold',
    },
    'B4-CR3-MIXED': {
      ...asw,
      without: but(asPublished, 'mixCr3'),
      parameters: byBreakpoint,
      length: 15,
      says: 'B4: CR3 in the sum does not help, if the genuine kernel has the root that the verifier knows',
      source: 'catalogue, P-ASW',
    },
    'B4-CR3-MIXED-OTHER-ROLES': {
      ...asw,
      without: but(asPublished, 'mixCr3'),
      parameters: { ...byBreakpoint, ...otherRoles },
      expect: 'vacuous',
      says: 'B4: it notices the other assignment: an adversary chooses the first; the catalogue expected both to pass',
      source: 'catalogue, P-ASW; its expectation of either way refuted',
    },
    'B4-RETURN-PATH-CHECKED': {
      ...asw,
      without: but(asPublished, 'checksReturnPath'),
      capabilities: ['cr3', ...triggers],
      parameters: {},
      length: 13,
      says: 'B4: nor does an executable that looks at IDT, debug registers and return addresses: a pointer in data is enough',
      source: 'not in the post',
    },
    'B4-EXECUTABLE': {
      ...asw,
      invariant: 'I-UNTAMPERED',
      capabilities: ['cr3', ...triggers],
      parameters: {},
      expect: 'holds',
      restsOn: ['stateOnStack', 'handlersLast'],
      says: 'B4: Pioneer’s own goal, that the executable runs untampered, is not touched: there is no place to switch back',
      source: 'Seshadri et al., SOSP 2005: verifiable code execution',
    },
    'B4-EXECUTABLE-ORDINARY': {
      ...asw,
      invariant: 'I-UNTAMPERED',
      capabilities: ordinary,
      parameters: { kernelReadBy: 'checksum' },
      expect: 'holds',
      restsOn: ['mixPc', 'mixDp', 'stateOnStack', 'handlersLast', 'upperLimit'],
      says: 'B4: nor with all ordinary powers beside the switch, and the kernel in the sum',
      source: 'Seshadri et al., SOSP 2005: verifiable code execution',
    },
    'B4-EXECUTABLE-EXIT-IN-CHAIN': {
      ...asw,
      invariant: 'I-UNTAMPERED',
      without: [...asPublished, 'stateOnStack'],
      parameters: byBreakpoint,
      length: 12,
      says: 'B4: it falls as soon as a trigger fires between loop and executable: the chain is what protects it, not the time',
      source: 'catalogue, I-UNTAMPERED',
    },
    'B5-FLAGS': {
      ...asw,
      invariant: 'I-BARE',
      capabilities: ['deprivilege'],
      parameters: plainKernel,
      length: 7,
      says: 'B5: that reading the flags under a VMM traps or needs translation is wrong: PUSHF at level 3 reads an interrupt flag that is off',
      source: 'the blog post of 2005 quoting the paper; SDM vol. 2, PUSHF',
    },
    'B5-FLAGS-INTERRUPTIBLE': {
      ...asw,
      invariant: 'I-BARE',
      without: [...asPublished, 'longMode'],
      capabilities: ['translator'],
      parameters: { ...plainKernel, translatedMilliCycles: 124_320 + 2000 },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'B5: for a VMM that keeps its own interrupts on it is right: two cycles more in each of 2,500,000 iterations are 1.8 ms',
      source: 'the blog post of 2005 quoting the paper; catalogue, P-VMM-BT',
    },
    'B7-STI': {
      ...translated,
      parameters: microbenchmark,
      length: 7,
      says: 'B6 to B10: a loop of STI is faster under the translator than on the processor, and an upper limit says nothing',
    },
    'I-TWOSIDED': {
      ...translated,
      invariant: 'I-TWOSIDED',
      without: but([...asPublished, 'longMode'], 'lowerLimit'),
      parameters: microbenchmark,
      expect: 'holds',
      restsOn: ['lowerLimit'],
      says: 'a lower limit rejects it',
      source: 'catalogue, I-TWOSIDED; Checkmate has one',
    },
    'I-TWOSIDED-UPPER-ONLY': {
      ...translated,
      invariant: 'I-TWOSIDED',
      parameters: microbenchmark,
      length: 7,
      says: 'an upper limit alone does not',
      source: 'catalogue, I-TWOSIDED',
    },
    'I-TWOSIDED-WAITS': {
      ...translated,
      invariant: 'I-TWOSIDED',
      without: but([...asPublished, 'longMode'], 'lowerLimit'),
      capabilities: ['translator', 'spin'],
      parameters: microbenchmark,
      length: 10,
      says: 'refuted: whoever is early can wait, and the VMM below gets control after the loop to do so',
      source: 'not in the sources; catalogue, I-TWOSIDED, expected it to hold',
    },
    'B7-BALANCE': {
      ...translated,
      parameters: { ...plainKernel, translatedMilliCycles: 124_320 + 336 },
      length: 7,
      says: 'savings and costs of a translator need not cancel: a net cost of a third of a cycle is within the slack',
      source: 'catalogue, P-VMM-BT: savings and costs may be balanced',
    },
    'B7-NO-BALANCE': {
      ...translated,
      parameters: { ...plainKernel, translatedMilliCycles: 124_320 + 337 },
      expect: 'holds',
      restsOn: ['upperLimit'],
      says: 'a thousandth of a cycle more is not',
      source: 'the other side of the threshold',
    },
    'B11-HARDWARE': {
      ...asw,
      invariant: 'I-BARE',
      capabilities: ['hardwareVm'],
      parameters: plainKernel,
      length: 7,
      says: 'B11: with VT or Pacifica a VMM still deceives its guest: nothing that this loop executes exits, so that it runs at full speed and shows nothing',
    },
  },
});

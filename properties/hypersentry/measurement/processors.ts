import { suite, type Suite } from 'underwatch';
import { measurement } from '../../../models/hypersentry/measurement/model.ts';
import type { ProcessorName } from '../../../models/hypersentry/measurement/setting.ts';

const source = 'Agesen et al., ATC 2012: VM exit and entry, 3963 cycles on Prescott, 1266 to 1579 on Core 2';
const exits = ['vmcs', 'vmEntry', 'hide', 'apic', 'jump'] as const;
/** The powers of FULL-FALLBACK-*. */
const everything = [...exits, 'timers', 'memory'] as const;

/**
 * Bounds in nanoseconds, calculated by hand from the sources: half a round trip at 3 GHz, 200 to 375 cycles
 * for a fetch.
 */
const PRESCOTT_NS = { honest: 786, scrubFree: 791 } as const;
const CORE2_NS = { honest: 389, scrubFree: 342, context: 421, ends: 66 } as const;

const honest = (processor: ProcessorName, boundNs: number) =>
  ({
    invariant: 'I-NOFALSEALARM',
    parameters: { processor, pace: 'slowest', kernel: 'genuine', boundNs },
    source,
  }) as const;
const full = (processor: ProcessorName, more: { readonly boundNs?: number } = {}) =>
  ({ capabilities: everything, parameters: { processor, ...more }, source }) as const;
const forging = (processor: ProcessorName, boundNs: number) =>
  ({ capabilities: exits, parameters: { processor, boundNs }, source }) as const;
/** Prescott's bound on the blade's own processor. */
const wrong = full('core2', { boundNs: PRESCOTT_NS.honest });

/**
 * Claims on the bound from SMI#1 to SMI#2 by processor: with its own times, and with those of another one.
 */
export const processors: Suite = suite({
  id: 'processors',
  says: 'the bound of the fallback follows from the processor: on Prescott it does all its work, on the Core 2 class all but I-SCRUBFREE; the bound of the one is no defence on the other',
  model: measurement,
  claims: {
    'FALLBACK-PRESCOTT-HONEST': {
      ...honest('prescott', PRESCOTT_NS.honest),
      expect: 'holds',
      capabilities: [],
      restsOn: ['checkEntry'],
      says: 'the slowest exit and instruction of a Prescott take 786 ns',
    },
    'FALLBACK-PRESCOTT-HONEST-LESS': {
      ...honest('prescott', PRESCOTT_NS.honest - 1),
      expect: 'violated',
      length: 10,
      says: 'no less',
    },
    'FALLBACK-CORE2-HONEST': {
      ...honest('core2', CORE2_NS.honest),
      expect: 'holds',
      capabilities: [],
      restsOn: ['checkEntry'],
      says: 'those of a Core 2 take 389 ns',
    },
    'FALLBACK-CORE2-HONEST-LESS': {
      ...honest('core2', CORE2_NS.honest - 1),
      expect: 'violated',
      length: 10,
      says: 'no less',
    },
    'FALLBACK-CORE2-ENDS': {
      ...honest('core2', CORE2_NS.ends),
      parameters: { kernel: 'genuine', boundNs: CORE2_NS.ends },
      invariant: 'I-MEASURED',
      expect: 'holds',
      capabilities: [],
      restsOn: [],
      says: 'a bound of 66 ns still lets some measurement end: of an interrupted hypervisor, whose one fetch takes no longer at its fastest',
    },
    'FALLBACK-CORE2-ENDS-LESS': {
      ...honest('core2', CORE2_NS.ends - 1),
      parameters: { kernel: 'genuine', boundNs: CORE2_NS.ends - 1 },
      invariant: 'I-MEASURED',
      expect: 'violated',
      capabilities: [],
      says: 'a tighter one rejects every machine, always',
    },
    'FULL-FALLBACK-PRESCOTT-CONTEXT': {
      ...full('prescott'),
      invariant: 'I-CONTEXT',
      expect: 'holds',
      restsOn: ['checkEntry', 'checkCr3', 'boundedFallback', 'refuseOverlap'],
      says: 'with the least bound that spares an honest Prescott, the agent runs in context',
    },
    'FULL-FALLBACK-PRESCOTT-SCRUBFREE': {
      ...full('prescott'),
      invariant: 'I-SCRUBFREE',
      expect: 'holds',
      restsOn: ['boundedFallback'],
      says: 'one instruction retires before SMI#2, no more',
    },
    'FULL-FALLBACK-PRESCOTT-COMPLETE': {
      ...full('prescott'),
      invariant: 'I-COMPLETE',
      expect: 'holds',
      restsOn: [
        'checkEntry',
        'checkCr3',
        'boundedFallback',
        'refuseOverlap',
        'hashEachTime',
        'checkMapping',
        ['checkExit', 'clearOutput'],
      ],
      says: 'no modification passes',
    },
    'FULL-FALLBACK-PRESCOTT-OUTPUT': {
      ...full('prescott'),
      invariant: 'I-OUTPUT',
      expect: 'holds',
      restsOn: [
        'checkEntry',
        'checkCr3',
        'boundedFallback',
        'refuseOverlap',
        'hashEachTime',
        'checkMapping',
        ['checkExit', 'clearOutput'],
      ],
      says: 'no output that the agent did not compute',
    },
    'FALLBACK-PRESCOTT-SCRUBFREE-MOST': {
      ...forging('prescott', PRESCOTT_NS.scrubFree),
      invariant: 'I-SCRUBFREE',
      expect: 'holds',
      restsOn: ['boundedFallback'],
      says: 'for that it may be 791 ns at most: six values are right',
    },
    'FALLBACK-PRESCOTT-SCRUBFREE-MORE': {
      ...forging('prescott', PRESCOTT_NS.scrubFree + 1),
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      says: 'the other side of that threshold',
    },
    'FALLBACK-CORE2-SCRUBFREE-MOST': {
      ...forging('core2', CORE2_NS.scrubFree),
      invariant: 'I-SCRUBFREE',
      expect: 'holds',
      restsOn: ['boundedFallback'],
      says: 'on Core 2 it may be 342 ns at most, less than the 389 that an honest one needs: no value is right',
    },
    'FALLBACK-CORE2-SCRUBFREE-MORE': {
      ...forging('core2', CORE2_NS.scrubFree + 1),
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      says: 'the other side of that threshold',
    },
    'FALLBACK-CORE2-CONTEXT-MOST': {
      ...forging('core2', CORE2_NS.context),
      invariant: 'I-CONTEXT',
      expect: 'holds',
      restsOn: ['checkEntry', 'checkCr3', 'boundedFallback', 'refuseOverlap'],
      says: 'against a forged guest it may be 421 ns at most: 33 values are right',
    },
    'FALLBACK-CORE2-CONTEXT-MORE': {
      ...forging('core2', CORE2_NS.context + 1),
      invariant: 'I-CONTEXT',
      expect: 'violated',
      length: 10,
      says: 'the other side of that threshold',
    },
    'FALLBACK-WRONG-BOUND-CONTEXT': {
      ...wrong,
      invariant: 'I-CONTEXT',
      expect: 'violated',
      length: 10,
      says: "with a Prescott's bound on a Core 2 the agent runs in a forged guest",
    },
    'FALLBACK-WRONG-BOUND-SCRUBFREE': {
      ...wrong,
      invariant: 'I-SCRUBFREE',
      expect: 'violated',
      length: 10,
      says: 'several instructions retire',
    },
    'FALLBACK-WRONG-BOUND-OUTPUT': {
      ...wrong,
      invariant: 'I-OUTPUT',
      expect: 'violated',
      length: 15,
      says: 'the output is not what the agent computed',
    },
    'FALLBACK-WRONG-BOUND-COMPLETE': {
      ...wrong,
      invariant: 'I-COMPLETE',
      expect: 'violated',
      length: 16,
      says: 'and a modification passes',
    },
    'FALLBACK-WRONG-BOUND-HONEST': {
      ...honest('prescott', CORE2_NS.honest),
      expect: 'violated',
      length: 9,
      says: "with a Core 2's bound an honest Prescott is reported",
    },
  },
});

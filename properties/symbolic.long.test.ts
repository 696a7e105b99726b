import { expect, test } from 'vitest';
import { exploreSymbolically, systemOf } from 'underwatch';
import { measurement } from '../models/hypersentry/measurement/model.ts';
import { capabilities } from '../models/hypersentry/measurement/setting.ts';
import { cores } from '../models/platform/cores/model.ts';

/**
 * HyperSentry's cores by themselves, in scopes that no search of single states could hold: what an SMI may be
 * taken by, what is never lost between cores, and that a latched one can always be taken.
 */
test.each([
  [6, 46_656_000_000n],
  [8, 167_961_600_000_000n],
])(
  '%i cores: the SMIs that are latched, in every reachable state',
  (count, states) => {
    const scenario = { without: [], capabilities: [], parameters: { cores: count } };
    const { verdicts, exactStates, complete, bytes } = exploreSymbolically(systemOf(cores, scenario), {
      invariants: ['I-BOUNDARY', 'I-UNTOLD', 'I-TAKEN'],
      strategy: 'saturation',
      limits: { memoryLimitMb: 1024, timeLimitMs: 60_000 },
    });
    expect(verdicts).toEqual({
      'I-BOUNDARY': { kind: 'holds' },
      'I-UNTOLD': { kind: 'holds' },
      'I-TAKEN': { kind: 'holds' },
    });
    expect([exactStates, complete]).toEqual([states, true]);
    expect(bytes).toBeLessThan(100 * 2 ** 20);
  },
  90_000,
);

type Capability = keyof typeof capabilities;
/** The registers of the local APIC are seven more, and on four cores more than a search of a minute holds. */
const NOT_OWN_APIC = (Object.keys(capabilities) as Capability[]).filter((power) => power !== 'lapic');
/** On the Core 2 class no bound gives I-SCRUBFREE. */
const processor = 'prescott';
/**
 * The powers that keep other cores from coming, and those that use the time, on the measuring core and on
 * these.
 */
const MANY_CORES: readonly Capability[] = ['park', 'hold', 'hide', 'memory', 'vmcs', 'vmEntry', 'jump'];

/**
 * The whole measurement, from SMI#1 to the output, against a hypervisor on the measuring core and on the
 * others beside it. Checks the purpose of the defences in every reachable state.
 */
test.each([
  ['seven cores, of which he holds back what he likes', 7, MANY_CORES, 2_176_693_056n, 60_000],
  ['four cores, and every power but over the local APIC', 4, NOT_OWN_APIC, 4_158_797_568n, 240_000],
] as const)(
  'HyperSentry in context: %s',
  (_, count, some, states, timeLimitMs) => {
    const scenario = { without: [], capabilities: some, parameters: { cores: count, processor } };
    const invariants = ['I-FREEZE', 'I-CONTEXT', 'I-AGENT', 'I-NOPREEMPT', 'I-SCRUBFREE', 'I-OUTPUT'];
    const { verdicts, exactStates, complete, bytes } = exploreSymbolically(systemOf(measurement, scenario), {
      invariants,
      strategy: 'saturation',
      limits: { memoryLimitMb: 1024, timeLimitMs },
    });
    expect(verdicts).toEqual(Object.fromEntries(invariants.map((id) => [id, { kind: 'holds' }])));
    expect([exactStates, complete]).toEqual([states, true]);
    expect(bytes).toBeLessThan(100 * 2 ** 20);
  },
  300_000,
);

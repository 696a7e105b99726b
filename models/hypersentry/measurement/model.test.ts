import { describe, expect, test } from 'vitest';
import {
  checkModel,
  checkPurity,
  enabledIn,
  explore,
  searchRandomly,
  statesOf,
  stepOf,
  systemOf,
  type State,
  type System,
} from 'underwatch';
import { measurement } from './model.ts';
import { capabilities } from './setting.ts';
import type { Measurement } from './state.ts';

const honest = { kernel: 'genuine' } as const;
const systemWith = (cores: number, more: object = {}): System =>
  systemOf(measurement, { without: [], capabilities: [], parameters: { ...honest, cores, ...more } });
const measured = (state: State): Measurement => state as unknown as Measurement;

/** The steps of the shortest honest run that begins in a guest, as they are printed. */
const printed = (system: System): readonly string[] => {
  const { verdicts } = explore(system, { invariants: ['I-THREE-SMIS'] });
  const verdict = verdicts['I-THREE-SMIS']!;
  if (verdict.kind !== 'holds' || verdict.witness === undefined) throw new Error('no honest run');
  const states = statesOf(system, verdict.witness);
  return verdict.witness.steps.map(
    ({ action, choice }, index) =>
      `${system.model.actions[action]!.actor}: ${system.model.present!.step!(action, choice, states[index]!, system.setting)}`,
  );
};

describe('the model', () => {
  test('is complete and pure', () => {
    checkModel(measurement);
    checkPurity(
      systemOf(measurement, {
        without: ['blockDma', 'gatesInPlace', 'failClosed'],
        capabilities: Object.keys(capabilities),
        parameters: { cores: 3, longestInstructionMs: 1, clock: 'TSC' },
      }),
      24,
    );
  });
});

describe('an honest run', () => {
  test('is slide 9: three SMIs, and the guest goes on', () => {
    expect(printed(systemWith(2))).toEqual([
      'hypervisor: VM entry to its guest',
      'chipset: SMI#1, the trigger that slide 14 accepts, is sent to every core',
      'hardware: the measuring core enters SMM; saved RIP in the guest',
      'hardware: core 1 enters SMM',
      'handler: SMI#1, prepare SMM fallback: every core frozen; injects a privileged instruction at RIP; presets the counter, LVT := SMI; WBINVD; RSM',
      'hardware: the injected instruction: VM exit to the host entry',
      'hardware: a fetch misses the flushed caches: the counter overflows, the LVT entry (delivery mode 010) sends an SMI',
      'hardware: the measuring core enters SMM; saved RIP at the host entry',
      'handler: SMI#2, verify the measurement agent: accepted; puts the instruction back, saves the context; IF := 0, RIP := agent, IDT gates := its own; RSM',
      'agent: its first instructions: IDTR, DR7',
      "agent: measures the hypervisor's code and data, in host mode, through its CR3",
      'agent: restores DR7; OUT B2h: hands over by SMI#3',
      "hardware: the measuring core enters SMM; saved RIP just behind the agent's OUT B2h",
      'handler: SMI#3, store measurement output: clean; restores the context; RSM',
      'hypervisor: handles the VM exit that it finds, and enters its guest again',
      'verifier: draws the output: clean',
    ]);
  });

  /**
   * The changes that a run may leave: those of the talk's own machinery, and caches of address translation.
   */
  const visible = ({ core, others, memory, vmcs, counter, kernel }: Measurement) => ({
    core: { ...core, resumes: null, tlb: null, retired: null },
    others: others.map((other) => ({ ...other, resumes: null, retired: null })),
    memory: { ...memory, output: null },
    vmcs: { ...vmcs, guestInterrupts: null, guestBreakpoints: null },
    counter,
    kernel,
  });

  test.each([1, 2, 3])('leaves the machine as it was, on every path, with %i cores', (cores) => {
    const system = systemWith(cores, { debugged: true });
    let ends = 0;
    // Each state is seen with what was there before SMI#1; the hypervisor's own VM entries come before it.
    const seen = new Set<string>();
    const walk = (state: State, before: string): void => {
      const key = `${JSON.stringify(state)}${before}`;
      if (seen.has(key)) return;
      seen.add(key);
      const { handler, core, verifier } = measured(state);
      if (handler.phase === 'done' && core.exit === 'none' && verifier !== 'waiting') {
        ends += 1;
        expect(JSON.stringify(visible(measured(state)))).toBe(before);
        return;
      }
      for (const instance of enabledIn(system, state)) {
        const next = stepOf(system, state, instance);
        walk(
          next,
          handler.phase === 'idle' && !core.pending ? JSON.stringify(visible(measured(state))) : before,
        );
      }
    };
    for (const state of system.initial) walk(state, '');
    expect(ends).toBe(12);
  });
});

describe('larger scopes', () => {
  const beside = ['park', 'hold', 'memory', 'hide'];
  const invariants = ['I-FREEZE', 'I-AGENT', 'I-COMPLETE', 'I-NOPREEMPT'];

  test('three cores, to the end', () => {
    const system = systemOf(measurement, { without: [], capabilities: beside, parameters: { cores: 3 } });
    const { verdicts, states, complete } = explore(system, { invariants });
    expect({ states, complete }).toEqual({ states: 104_832, complete: true });
    expect(invariants.map((id) => verdicts[id]!.kind)).toEqual(['holds', 'holds', 'holds', 'holds']);
  });

  test('four cores, at random: no attack, but no proof either; without the timeout one is found', () => {
    const options = { seed: 1, runs: 1000, maxDepth: 40 };
    const four = (without: readonly string[]) =>
      systemOf(measurement, { without, capabilities: beside, parameters: { cores: 4 } });
    const guarded = searchRandomly(four([]), { ...options, invariants });
    expect(invariants.map((id) => guarded.verdicts[id]!.kind)).toEqual(invariants.map(() => 'unresolved'));
    const open = searchRandomly(four(['failClosed', 'boundedRendezvous']), {
      ...options,
      invariants: ['I-FREEZE'],
    });
    expect(open.verdicts['I-FREEZE']!.kind).toBe('violated');
  });
});

import fc from 'fast-check';
import { Fault } from 'underwatch/model';
import { describe, expect, it } from 'vitest';
import {
  assemble,
  bottleneck,
  boundsOf,
  compareRates,
  cyclesOf,
  events,
  haswellInLlvm,
  lowerBound,
  machines,
  programText,
  rate,
  skylakeInLlvm,
  steadyState,
  type Machine,
} from './index.ts';
import { anyInstruction, kernels } from './testing/kernels.ts';

const ALL: readonly Machine[] = [haswellInLlvm, skylakeInLlvm, ...Object.values(machines)];
/** The machines whose tables have every form that the kernels use. */
const COMPLETE = ALL.filter(({ id }) => id !== 'northwood');
const machine = fc.constantFrom(...COMPLETE);

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'no fault';
};

describe('text', () => {
  it('is read back as it was written, on generated kernels', () => {
    fc.assert(
      fc.property(kernels, (body) => {
        expect(assemble(programText(body))).toEqual(body);
      }),
    );
  });

  it('has segments and hints', () => {
    const text = 'mov rax, qword ptr gs:[rbx + rcx*8 + 16]\nprefetch qword ptr [rbx + 512]';
    expect(programText(assemble(text))).toBe(text);
  });

  it('refuses what is not of the subset', () => {
    const wrong = [
      'vaddps xmm0, xmm1',
      'add rax, eax!',
      'mov rax, [rbx + rcx + rdx]',
      'lea rax, [rip]',
      'mov rax, [-rbx]',
    ];
    expect(wrong.map((text) => codeOf(() => assemble(text)))).toEqual(wrong.map(() => 'UW801'));
  });
});

describe('the steady state', () => {
  const cases: readonly (readonly [string, string, Machine, number, number])[] = [
    ['a chain of additions, one cycle each', 'add rax, rbx\nadd rax, rbx', machines.skylake, 2, 1],
    [
      'four independent additions a cycle',
      'mov rax, 1\nmov rbx, 1\nmov rcx, 1\nmov rdx, 1\nmov rsi, 1',
      machines.skylake,
      5,
      4,
    ],
    ['a multiplication that feeds itself', 'imul rax, rax', machines.haswell, 3, 1],
    ['a load that feeds its own address', 'mov rax, [rax]', machines.core2, 3, 1],
    ['half a cycle for each addition on Northwood', 'add rax, rbx', machines.northwood, 1, 2],
    ['one cycle on Prescott', 'add rax, rbx', machines.prescott, 1, 1],
    ['a counter in memory, through store forwarding', 'add qword ptr [64], 1', machines.skylake, 6, 1],
    ['the same by a segment with a base', 'add qword ptr gs:[64], 1', machines.skylake, 7, 1],
    ['which no source gives for Pentium M', 'add qword ptr gs:[64], 1', machines.pentiumM, 6, 1],
    ['a segment’s place is another', 'mov [64], rax\nmov rbx, gs:[64]', machines.skylake, 1, 1],
    ['places that differ do not meet', 'mov [64], rax\nmov rbx, [72]', machines.skylake, 1, 1],
    ['what is pushed is popped', 'push rax\npop rax', machines.core2, 5, 1],
  ];

  it.each(cases)('%s', (_, text, on, cycles, iterations) => {
    expect(steadyState(on, assemble(text))).toEqual(rate(cycles, iterations));
  });

  it('is what a long run comes to', () => {
    fc.assert(
      fc.property(machine, kernels, (on, body) => {
        const { cycles, iterations } = steadyState(on, body);
        const [few, many] = [400, 400 + 4 * iterations].map((count) => cyclesOf(on, body, count));
        // A core may take a few hundred iterations to settle; what is left of that is less than one period.
        expect(Math.abs(many! - few! - 4 * cycles)).toBeLessThanOrEqual(Math.max(2, cycles / 2));
      }),
      { numRuns: 40 },
    );
  });

  it('is refused where a machine has no timing, and where there is nothing to repeat', () => {
    expect(codeOf(() => steadyState(machines.skylake, assemble('sti')))).toBe('UW802');
    expect(codeOf(() => steadyState(machines.skylake, []))).toBe('UW803');
  });
});

describe('the bound', () => {
  it('is never beaten by the simulator', () => {
    fc.assert(
      fc.property(machine, kernels, (on, body) => {
        expect(compareRates(steadyState(on, body), lowerBound(on, body))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });

  it('grows neither in dispatch nor in units when an instruction goes, nor does it overlook one that comes', () => {
    fc.assert(
      fc.property(machine, kernels, anyInstruction, fc.nat(30), (on, body, extra, at) => {
        const place = Math.min(at, body.length);
        const before = boundsOf(on, body);
        const after = boundsOf(on, [...body.slice(0, place), extra, ...body.slice(place)]);
        expect(compareRates(after.dispatch, before.dispatch)).toBeGreaterThanOrEqual(0);
        expect(compareRates(after.units, before.units)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('names what a loop is short of', () => {
    const short = ['imul rax, rax', 'imul rax, 3\nimul rbx, 3', 'mov rax, 1\nmov rbx, 1\nmov rcx, 1'];
    expect(short.map((text) => bottleneck(machines.prescott, assemble(text)))).toEqual([
      'recurrence',
      'recurrence',
      'dispatch',
    ]);
    const loads = assemble('mov rax, [rsi]\nmov rbx, [rsi]\nmov rcx, [rsi]');
    expect(bottleneck(machines.core2, loads)).toBe('units');
  });

  it('of a recurrence is the slowest of all ways round, over several iterations', () => {
    // Two values that change places each time: 3 + 1 cycles in two iterations.
    const body = assemble('imul rax, rax\nmov rcx, rax\nmov rax, rbx\nmov rbx, rcx');
    expect(boundsOf(machines.skylake, body).recurrence).toEqual(rate(3 + 1 + 1 + 1, 2));
  });
});

describe('tables', () => {
  it('use only units that the machine has, and take time', () => {
    for (const { id, units, timings } of ALL) {
      for (const [form, { latency, uops, uses }] of Object.entries(timings)) {
        const known = uses.every(
          (use) => Array.from(use.units).every((unit) => units.includes(unit)) && use.ticks > 0,
        );
        expect([id, form, known, latency > 0 && uops > 0]).toEqual([id, form, true, true]);
      }
    }
  });

  it('of events give a range and its source, or nothing', () => {
    const known = Object.values(events).flatMap((row) => Object.values(row).filter((cost) => cost !== null));
    expect(known.every(({ least, most, source }) => 0 < least && least <= most && source !== '')).toBe(true);
    expect(known).toHaveLength(19);
  });
});

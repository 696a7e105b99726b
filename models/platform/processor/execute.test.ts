import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from 'underwatch/model';
import { describe, expect, it } from 'vitest';
import {
  assemble,
  execute,
  flagsWord,
  startProcessor,
  type Program,
  type Register,
  type Start,
} from './index.ts';
import { anyInstruction } from './testing/kernels.ts';
import { COMPARED, lacksNative, runNatively } from './testing/native.ts';

const START: readonly bigint[] = [
  1n,
  2n ** 63n,
  2n ** 64n - 1n,
  0x0123_4567_89ab_cdefn,
  5n,
  2n ** 32n,
  0n,
  77n,
];
const REGISTERS = Object.fromEntries(COMPARED.map((name, index) => [name, START[index]!]));

/** Defines again the flags that the architecture leaves undefined, before anything looks at them. */
const UNDEFINED_FLAGS = ['imul', 'shl', 'shr', 'rol', 'ror', 'rcr', 'bt'];

const settled = (program: Program): Program =>
  program.flatMap((instruction) =>
    UNDEFINED_FLAGS.includes(instruction.mnemonic)
      ? [instruction, ...assemble('test rax, rax')]
      : [instruction],
  );

const withoutMemory = anyInstruction.filter(
  ({ mnemonic, operands }) =>
    !['push', 'pop'].includes(mnemonic) &&
    (mnemonic === 'lea' || operands.every(({ kind }) => kind !== 'memory')),
);

const run = (text: string, start: Partial<Start> = {}): ReturnType<typeof execute> =>
  execute(startProcessor({ program: assemble(text), ...start }));

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'no fault';
};

describe.skipIf(lacksNative())('the small machine beside a real processor', () => {
  it('leaves the same registers and flags behind, after 400 generated programs', () => {
    const programs = fc
      .sample(fc.array(withoutMemory, { minLength: 1, maxLength: 25, size: 'max' }), {
        numRuns: 400,
        seed: 20_260_101,
      })
      .map(settled);
    const folder = mkdtempSync(join(tmpdir(), 'underwatch-native-'));
    try {
      // CF, PF, ZF, SF, OF; the comparison before the program leaves ZF and PF set.
      const visible = 0x8c5n;
      const theirs = runNatively(folder, programs, START);
      const ours = programs.map((program) => {
        const cpu = startProcessor({ program, registers: REGISTERS });
        cpu.flags = { ...cpu.flags, zero: true, parity: true };
        execute(cpu);
        return [...COMPARED.map((name: Register) => cpu.registers[name]), flagsWord(cpu.flags) & visible];
      });
      const seen = theirs.map((words) =>
        words.map((word, at) => (at === COMPARED.length ? word & visible : word)),
      );
      expect(ours).toEqual(seen);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the small machine', () => {
  it('calls and returns through the stack', () => {
    const text = 'call f\nadd rax, 1\njmp end\nf: add rax, 10\nret\nend: mov rbx, rax';
    expect(run(text, { registers: { rsp: 0x100n } }).registers.rbx).toBe(11n);
  });

  it('exposes where it runs: LEA, and the return address', () => {
    const text = 'a: lea rax, [rip + a]\ncall b\nb: pop rbx';
    const { registers } = run(text, { codeBase: 0x5000n, registers: { rsp: 0x100n } });
    expect([registers.rax, registers.rbx]).toEqual([0x5000n, 0x5020n]);
  });

  it('shows IF in what PUSHF stores, and changes it with privilege only', () => {
    const start = { registers: { rsp: 0x100n } };
    expect(run('sti\npushf\npop rax', start).registers.rax).toBe(0x202n);
    const popped = run('mov rax, 0x200\npush rax\npopf\npushf\npop rbx', { ...start, privileged: false });
    expect(popped.registers.rbx).toBe(2n);
    for (const text of ['cli', 'sti', 'mov rax, dr7', 'mov dr7, rax']) {
      expect(codeOf(() => run(text, { privileged: false }))).toBe('UW804');
    }
  });

  it('adds a segment’s base to a place in memory, and not to what LEA gives', () => {
    const text = 'mov rax, gs:[rbx + 8]\nmov gs:[16], rax\nlea rcx, gs:[rbx + 8]\nprefetch [rcx]';
    const cpu = run(text, { gsBase: 0x9000n, memory: new Map([[0x9008n, 7n]]) });
    expect([cpu.registers.rax, cpu.memory.get(0x9010n), cpu.registers.rcx]).toEqual([7n, 7n, 8n]);
  });

  it('divides two words by one, and refuses what does not fit', () => {
    const { registers } = run('div rcx', { registers: { rax: 17n, rcx: 5n } });
    expect([registers.rax, registers.rdx]).toEqual([3n, 2n]);
    expect(codeOf(() => run('div rcx', { registers: { rdx: 5n, rcx: 5n } }))).toBe('UW804');
  });

  it('fails on memory that is not there, on a jump to nowhere, and when it does not end', () => {
    expect(codeOf(() => run('mov rax, [64]'))).toBe('UW804');
    expect(codeOf(() => run('jmp rax'))).toBe('UW804');
    expect(codeOf(() => execute(startProcessor({ program: assemble('a: jmp a') }), 100))).toBe('UW804');
  });

  it('works on 32-bit words where it is told to', () => {
    expect(run('add rax, rax', { bits: 32, registers: { rax: 2n ** 31n } }).registers.rax).toBe(0n);
  });
});

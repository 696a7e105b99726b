import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkmateVariant,
  checksumBody,
  LAYOUT,
  expectedChecksum,
  nextState,
  runChecksum,
} from '../../pioneer/checksum/index.ts';
import { assemble, execute, instructionText, startProcessor, type Processor } from '../processor/index.ts';
import { anyInstruction } from '../processor/testing/kernels.ts';
import { lookupTable, translate, VCPU, VMM_BASE, type Translation } from './index.ts';

const CACHE = 0x70000n;
const text = (guest: string): readonly string[] => translate(assemble(guest)).body.map(instructionText);

/** The translator's words as the VMM sets them up. */
const prepared = (
  translation: Translation,
  fields: Partial<Record<keyof typeof VCPU, bigint>> = {},
): ReadonlyMap<bigint, bigint> => {
  const words = Object.entries(VCPU).map(
    ([name, address]) => [VMM_BASE + BigInt(address), fields[name as keyof typeof VCPU] ?? 0n] as const,
  );
  return new Map([...words, ...lookupTable(translation, CACHE)]);
};

/** Runs a guest under the translator: without privilege, with the real IF set. */
const runTranslated = (guest: string, fields: Partial<Record<keyof typeof VCPU, bigint>> = {}): Processor => {
  const translation = translate(assemble(guest));
  return execute(
    startProcessor({
      program: translation.body,
      codeBase: CACHE,
      gsBase: VMM_BASE,
      memory: prepared(translation, fields),
      registers: { rsp: 0x8000n },
      interrupts: true,
      privileged: false,
    }),
  );
};

const runNative = (guest: string): Processor =>
  execute(startProcessor({ program: assemble(guest), registers: { rsp: 0x8000n } }));

describe('fragments', () => {
  it('most instructions stay as they are', () => {
    const guest = 'a: add rax, rbx\nmov rcx, [rdx + 8]\nimul rcx, rax\ncmp rcx, 5\njne a';
    const { fragments, body } = translate(assemble(guest));
    expect(body).toEqual(assemble(guest));
    expect(fragments.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 4 }, () => 'identical'),
      'control',
    ]);
  });

  it('CLI is one operation on memory, STI one and a look for a waiting interrupt', () => {
    expect(text('cli\nadd rax, 1')).toEqual(['and qword ptr gs:[4096], -513', 'add rax, 1']);
    expect(text('sti\nadd rax, 1')).toEqual([
      'or qword ptr gs:[4096], 512',
      'cmp qword ptr gs:[4104], 0',
      'jne vmm',
      'add rax, 1',
    ]);
  });

  it('PUSHF and the POP after it are one fragment, of one more instruction where IF is known to be clear', () => {
    const guest = assemble('pushf\npop rcx\nxor r8, rcx');
    const known = translate(guest, { interruptsOff: true, fusesPop: true }).body.map(instructionText);
    expect(known).toEqual(['pushf', 'pop rcx', 'lea rcx, [rcx - 512]', 'xor r8, rcx']);
    const fused = translate(guest, { fusesPop: true }).body.map(instructionText);
    expect(fused).toContain('or rcx, qword ptr gs:[4096]');
  });

  it('where the guest still needs its flags, a store does it, which leaves them alone', () => {
    expect(text('cmp rax, 1\ncli\nje a\na: add rax, 1')[1]).toBe('mov qword ptr gs:[4096], 0');
  });

  it('what exposes the program counter becomes a constant of the guest', () => {
    expect(text('a: lea rax, [rip + a]\ncall a')).toEqual(['a: mov rax, 65536', 'push 65568', 'jmp a']);
  });
});

const privileged = fc.constantFrom(
  'cli',
  'sti',
  'pushf\npop rdx',
  'pushf\nadd rsp, 8',
  'pushf\npopf',
  'a: lea rsi, [rip + a]',
);
const arithmetic = anyInstruction.filter(
  ({ mnemonic, operands }) =>
    !['push', 'pop'].includes(mnemonic) &&
    operands.every(({ kind }) => kind === 'register' || kind === 'immediate'),
);
const guestCode = fc
  .array(
    fc.oneof(
      privileged.map(assemble),
      arithmetic.map((one) => [one]),
    ),
    { minLength: 2, maxLength: 20, size: 'max' },
  )
  .map((parts) =>
    parts.flat().map((instruction, index) => ({ ...instruction, label: index === 0 ? 'a' : null })),
  );

describe('any guest', () => {
  it('ends with the same registers, and with the IF that it would have', () => {
    fc.assert(
      fc.property(guestCode, fc.boolean(), (program, fusesPop) => {
        const registers = { rsp: 0x8000n, rax: 3n, rbx: 2n ** 63n, rdi: 77n };
        const native = execute(startProcessor({ program, registers }));
        const translation = translate(program, { fusesPop });
        const guest = execute(
          startProcessor({
            program: translation.body,
            codeBase: CACHE,
            gsBase: VMM_BASE,
            memory: prepared(translation),
            registers,
            interrupts: true,
            privileged: false,
          }),
        );
        expect(guest.registers).toEqual(native.registers);
        expect(guest.memory.get(VMM_BASE + BigInt(VCPU.interrupts))).toBe(
          native.flags.interrupts ? 0x200n : 0n,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a guest under the translator', () => {
  const guests: readonly (readonly [string, string])[] = [
    ['sees the IF that it set', 'sti\ncmp rax, rax\npushf\npop rax\nadd rbx, rax'],
    ['sees the IF that it cleared', 'sti\ncli\ncmp rax, rax\npushf\npop rax\nadd rbx, rax'],
    ['sees its flags where they live on', 'sti\ncmp rax, rax\npushf\nje a\nadd rdx, 1\na: pop rax'],
    ['takes IF from the stack', 'mov rax, 0x202\npush rax\npopf\npushf\npop rbx\nadd rcx, rbx'],
    ['calls and returns', 'call f\nadd rax, 1\njmp end\nf: add rax, 10\nret\nend: mov rbx, rax'],
    [
      'calls what is known only now',
      'lea rcx, [rip + f]\ncall rcx\nadd rax, 1\njmp end\nf: add rax, 10\nret\nend: mov rbx, rax',
    ],
    ['sees its own addresses on the stack', 'call f\nf: pop rax\nlea rbx, [rip + f]'],
  ];

  it.each(guests)('%s', (_, guest) => {
    expect(runTranslated(guest).registers).toEqual(runNative(guest).registers);
  });

  it('leaves for the VMM when an interrupt waits', () => {
    expect(() => runTranslated('sti\nadd rax, 1', { pending: 1n })).toThrow('UW804');
  });

  it('answers the checksum as the machine itself does, with the real IF set and another DR7', () => {
    const words = Array.from({ length: 64 }, (_, index) => nextState(BigInt(index), 64));
    const inputs = { nonce: 99n, iterations: 200, words, dr7: 0x4321n, returnAddress: 0x1234n };
    const choices = [
      {},
      { fusesPop: true },
      { interruptsOff: true },
      { fusesPop: true, interruptsOff: true },
    ];
    for (const options of choices) {
      const translation = translate(checksumBody(checkmateVariant), options);
      const answer = runChecksum(
        translation.body,
        { ...inputs, interrupts: true, dr7: 0n },
        {
          codeBase: CACHE,
          gsBase: VMM_BASE,
          privileged: false,
          memory: prepared(translation, { dr7: 0x4321n }),
        },
      );
      expect(answer).toBe(expectedChecksum(checkmateVariant, LAYOUT, inputs));
    }
  });
});

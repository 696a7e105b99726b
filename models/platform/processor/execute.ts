import { Fault } from 'underwatch/model';
import { match, P } from 'ts-pattern';
import { flagsOfResult, flagsOfSum, flagsOfWord, flagsWord, NO_FLAGS, type Flags } from './flags.ts';
import {
  instructionText,
  REGISTERS,
  type Instruction,
  type MemoryOperand,
  type Operand,
  type Program,
  type Register,
} from './instruction.ts';

/**
 * Bytes between two instructions: every one takes the same place, so that addresses do not depend on
 * encodings.
 */
export const INSTRUCTION_BYTES = 16;

/** The state of a small machine that executes the subset: words at addresses, only those put there. */
export interface Processor {
  readonly bits: 32 | 64;
  readonly program: Program;
  /** Whether CLI, STI and DR7 are allowed and POPF sets IF; not in a guest's kernel under a translator. */
  readonly privileged: boolean;
  /** The address of the first instruction, for LEA with RIP, CALL and its return address. */
  readonly codeBase: bigint;
  readonly registers: Record<Register, bigint>;
  /** The base of the segment GS; the others have none. */
  readonly gsBase: bigint;
  /** Words by address. An access must hit one that is there, or is on the stack. */
  readonly memory: Map<bigint, bigint>;
  flags: Flags;
  dr7: bigint;
  /** The number of the next instruction; the end of the program stops it. */
  at: number;
  /** Instructions executed. */
  executed: number;
}

/** The initial state of a processor; registers that are not named hold zero. */
export interface Start {
  readonly program: Program;
  readonly bits?: 32 | 64;
  readonly codeBase?: bigint;
  readonly gsBase?: bigint;
  readonly registers?: Readonly<Partial<Record<Register, bigint>>>;
  readonly memory?: ReadonlyMap<bigint, bigint>;
  readonly interrupts?: boolean;
  readonly dr7?: bigint;
  readonly privileged?: boolean;
}

/** A processor at the first instruction of a program. */
export const startProcessor = (start: Start): Processor => ({
  bits: start.bits ?? 64,
  program: start.program,
  privileged: start.privileged ?? true,
  codeBase: start.codeBase ?? 0x10000n,
  registers: {
    ...(Object.fromEntries(REGISTERS.map((name) => [name, 0n])) as Record<Register, bigint>),
    ...start.registers,
  },
  gsBase: start.gsBase ?? 0n,
  memory: new Map(start.memory),
  flags: { ...NO_FLAGS, interrupts: start.interrupts ?? false },
  dr7: start.dr7 ?? 0n,
  at: 0,
  executed: 0,
});

const refuse = (cpu: Processor, expected: string, got: string): Fault => {
  const instruction = cpu.program[cpu.at];
  return new Fault('UW804', {
    where: `instruction ${cpu.at}, "${instruction === undefined ? 'none' : instructionText(instruction)}"`,
    expected,
    got,
    likely: 'a pointer outside the memory that was laid out, or an operand that the small machine lacks',
    next: 'look at the registers of the processor that was passed in',
  });
};

/** The address at which a labelled instruction stands. Fails with UW804 when there is no such label. */
export const addressOfLabel = (cpu: Processor, name: string): bigint => {
  const index = cpu.program.findIndex(({ label }) => label === name);
  if (index < 0) throw refuse(cpu, 'a label of the program', name);
  return cpu.codeBase + BigInt(index * INSTRUCTION_BYTES);
};

const wrap = (cpu: Processor, value: bigint): bigint => BigInt.asUintN(cpu.bits, value);

const addressOf = (cpu: Processor, { base, index, scale, displacement }: MemoryOperand): bigint => {
  const from = base === null ? 0n : cpu.registers[base];
  const by = index === null ? 0n : cpu.registers[index] * BigInt(scale);
  return wrap(cpu, from + by + BigInt(displacement));
};

/** The linear address of an operand. LEA gives the effective address, without the segment's base. */
const linearAddress = (cpu: Processor, operand: MemoryOperand): bigint =>
  wrap(cpu, addressOf(cpu, operand) + (operand.segment === 'gs' ? cpu.gsBase : 0n));

const loadWord = (cpu: Processor, address: bigint): bigint => {
  const word = cpu.memory.get(address);
  if (word === undefined) throw refuse(cpu, 'an address that holds a word', `0x${address.toString(16)}`);
  return word;
};

const read = (cpu: Processor, operand: Operand | undefined): bigint =>
  match(operand)
    .with({ kind: 'register' }, ({ name }) => cpu.registers[name])
    .with({ kind: 'immediate' }, ({ value }) => wrap(cpu, value))
    .with({ kind: 'memory' }, (at) => loadWord(cpu, linearAddress(cpu, at)))
    .with({ kind: 'label' }, ({ name }) => addressOfLabel(cpu, name))
    .with({ kind: 'dr7' }, () => cpu.dr7)
    .with(undefined, () => {
      throw refuse(cpu, 'an operand', 'none');
    })
    .exhaustive();

const write = (cpu: Processor, operand: Operand | undefined, value: bigint): void => {
  match(operand)
    .with({ kind: 'register' }, ({ name }) => {
      cpu.registers[name] = wrap(cpu, value);
    })
    .with({ kind: 'memory' }, (at) => cpu.memory.set(linearAddress(cpu, at), wrap(cpu, value)))
    .with({ kind: 'dr7' }, () => {
      cpu.dr7 = wrap(cpu, value);
    })
    .with({ kind: 'immediate' }, { kind: 'label' }, undefined, () => {
      throw refuse(cpu, 'a register or a place in memory', 'something that cannot be written');
    })
    .exhaustive();
};

const push = (cpu: Processor, value: bigint): void => {
  cpu.registers.rsp = wrap(cpu, cpu.registers.rsp - 8n);
  cpu.memory.set(cpu.registers.rsp, wrap(cpu, value));
};

const pop = (cpu: Processor): bigint => {
  const value = loadWord(cpu, cpu.registers.rsp);
  cpu.registers.rsp = wrap(cpu, cpu.registers.rsp + 8n);
  return value;
};

/**
 * An operation on two operands: its result, and its flags. A flag that the architecture leaves undefined (all
 * but CF and OF of a product, OF of shifts by more than one) has whatever value the code here gives.
 */
const arithmetic = (
  cpu: Processor,
  mnemonic: Instruction['mnemonic'],
  a: bigint,
  b: bigint,
): readonly [bigint, Flags] => {
  const { bits, flags } = cpu;
  const inverse = BigInt.asUintN(bits, ~b);
  const carry = flags.carry ? 1n : 0n;
  const logic = (result: bigint): readonly [bigint, Flags] => [result, flagsOfResult(result, bits, flags)];
  const sum = (by: bigint, carryIn: bigint): readonly [bigint, Flags] => [
    wrap(cpu, a + by + carryIn),
    flagsOfSum(a, by, carryIn, bits, flags),
  ];
  const difference = (): readonly [bigint, Flags] => {
    const [result, after] = sum(inverse, 1n);
    return [result, { ...after, carry: !after.carry }];
  };
  const turned = (left: bigint): bigint => wrap(cpu, (a << left) | (a >> (BigInt(bits) - left)));
  const carrying = ([result, after]: readonly [bigint, Flags], out: bigint): readonly [bigint, Flags] => [
    result,
    { ...after, carry: (out & 1n) === 1n },
  ];
  const rotated = (result: bigint, out: bigint): readonly [bigint, Flags] => carrying([result, flags], out);
  const top = BigInt(bits - 1);
  return match(mnemonic)
    .with('add', () => sum(b, 0n))
    .with('adc', () => sum(b, carry))
    .with('sub', 'cmp', () => difference())
    .with('and', 'test', () => logic(a & b))
    .with('or', () => logic(a | b))
    .with('xor', () => logic(a ^ b))
    .with('imul', () => logic(wrap(cpu, a * b)))
    .with('shl', () => carrying(logic(wrap(cpu, a << b)), a >> (top + 1n - b)))
    .with('shr', () => carrying(logic(a >> b), a >> (b - 1n)))
    .with('rol', () => rotated(turned(b), turned(b)))
    .with('ror', () => rotated(turned(top + 1n - b), turned(top + 1n - b) >> top))
    .with('rcr', (): readonly [bigint, Flags] => [
      (a >> 1n) | (carry << BigInt(bits - 1)),
      { ...flags, carry: (a & 1n) === 1n },
    ])
    .with('bt', (): readonly [bigint, Flags] => [a, { ...flags, carry: ((a >> b) & 1n) === 1n }])
    .with(P.string, () => {
      throw refuse(cpu, 'an operation on two operands', mnemonic);
    })
    .exhaustive();
};

const jump = (cpu: Processor, address: bigint): void => {
  const offset = address - cpu.codeBase;
  const index = Number(offset) / INSTRUCTION_BYTES;
  if (!Number.isInteger(index) || index < 0 || index > cpu.program.length) {
    throw refuse(cpu, 'the address of an instruction', `0x${address.toString(16)}`);
  }
  cpu.at = index;
};

const divide = (cpu: Processor, by: bigint): void => {
  const { registers, bits } = cpu;
  const dividend = (registers.rdx << BigInt(bits)) | registers.rax;
  if (by === 0n || (dividend / by) >> BigInt(bits) !== 0n) throw refuse(cpu, 'a quotient that fits', 'none');
  registers.rax = dividend / by;
  registers.rdx = dividend % by;
};

/** Executes an instruction that is no branch; branches choose the next instruction. */
const compute = (cpu: Processor, { mnemonic, operands: [to, from] }: Instruction): void => {
  match(mnemonic)
    .with('mov', () => write(cpu, to, read(cpu, from)))
    .with('lea', () => write(cpu, to, from?.kind === 'memory' ? addressOf(cpu, from) : read(cpu, from)))
    .with('cmp', 'test', 'bt', () => {
      cpu.flags = arithmetic(cpu, mnemonic, read(cpu, to), read(cpu, from))[1];
    })
    .with('inc', 'dec', () => {
      const [result, flags] = arithmetic(cpu, mnemonic === 'inc' ? 'add' : 'sub', read(cpu, to), 1n);
      cpu.flags = { ...flags, carry: cpu.flags.carry };
      write(cpu, to, result);
    })
    .with('neg', () => {
      const [result, flags] = arithmetic(cpu, 'sub', 0n, read(cpu, to));
      cpu.flags = flags;
      write(cpu, to, result);
    })
    .with('not', () => write(cpu, to, ~read(cpu, to)))
    .with('add', 'adc', 'sub', 'and', 'or', 'xor', 'imul', 'shl', 'shr', 'rol', 'ror', 'rcr', () => {
      const [result, flags] = arithmetic(cpu, mnemonic, read(cpu, to), read(cpu, from));
      cpu.flags = flags;
      write(cpu, to, result);
    })
    .with('cmove', () => cpu.flags.zero && write(cpu, to, read(cpu, from)))
    .with('cmovne', () => cpu.flags.zero || write(cpu, to, read(cpu, from)))
    .with('div', () => divide(cpu, read(cpu, to)))
    .with('push', () => push(cpu, read(cpu, to)))
    .with('pop', () => write(cpu, to, pop(cpu)))
    .with('pushf', () => push(cpu, flagsWord(cpu.flags)))
    .with('popf', () => {
      const flags = flagsOfWord(pop(cpu));
      cpu.flags = cpu.privileged ? flags : { ...flags, interrupts: cpu.flags.interrupts };
    })
    .with('cli', 'sti', () => {
      cpu.flags = { ...cpu.flags, interrupts: mnemonic === 'sti' };
    })
    // A hint: nothing depends on it but time.
    .with('prefetch', () => undefined)
    .with('je', 'jne', 'jmp', 'call', 'ret', 'iret', () => {
      throw refuse(cpu, 'no branch', mnemonic);
    })
    .exhaustive();
};

const needsPrivilege = ({ mnemonic, operands }: Instruction): boolean =>
  mnemonic === 'cli' || mnemonic === 'sti' || operands.some(({ kind }) => kind === 'dr7');

/** Executes one instruction. Fails with UW804 on an access to no word, or without the privilege it needs. */
export const executeOne = (cpu: Processor): void => {
  const instruction = cpu.program[cpu.at]!;
  if (!cpu.privileged && needsPrivilege(instruction)) throw refuse(cpu, 'the highest privilege', 'less');
  const [to] = instruction.operands;
  const next = cpu.codeBase + BigInt((cpu.at + 1) * INSTRUCTION_BYTES);
  match(instruction.mnemonic)
    .with('je', 'jne', (mnemonic) => jump(cpu, cpu.flags.zero === (mnemonic === 'je') ? read(cpu, to) : next))
    .with('jmp', () => jump(cpu, read(cpu, to)))
    .with('call', () => {
      const target = read(cpu, to);
      push(cpu, next);
      jump(cpu, target);
    })
    .with('ret', () => jump(cpu, pop(cpu)))
    .with(P.string, () => {
      compute(cpu, instruction);
      cpu.at += 1;
    })
    .exhaustive();
  cpu.executed += 1;
};

/**
 * Executes until the end of the program, at most so many instructions; fails with UW804 when these are too
 * few.
 */
export const execute = (cpu: Processor, most = 10_000_000): Processor => {
  while (cpu.at < cpu.program.length) {
    if (cpu.executed >= most) throw refuse(cpu, `the end within ${most} instructions`, 'none');
    executeOne(cpu);
  }
  return cpu;
};

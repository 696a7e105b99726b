import { match, P } from 'ts-pattern';
import type { Instruction, MemoryOperand, Operand, Register } from './instruction.ts';

/**
 * The resources by which instructions pass results besides memory: the general registers and the arithmetic
 * flags.
 */
export type Resource = Register | 'flags';

/**
 * A resource that is read. Address registers are needed before the load, others only for the operation after
 * it.
 */
export interface Read {
  readonly resource: Resource;
  readonly forAddress: boolean;
}

/** The reads and writes of an instruction, and its memory access. */
export interface Effects {
  /**
   * One entry for each operand that is read, in the order of the operands: an operand named twice is read
   * twice.
   */
  readonly reads: readonly Read[];
  readonly writes: readonly Resource[];
  readonly loads: boolean;
  readonly stores: boolean;
  /** The memory operand at the address: an explicit operand, the top of the stack, or none. */
  readonly address: MemoryOperand | 'push' | 'pop' | null;
}

const valueReads = (operand: Operand | undefined): readonly Read[] =>
  operand?.kind === 'register' ? [{ resource: operand.name, forAddress: false }] : [];

const addressReads = (operand: Operand): readonly Read[] =>
  operand.kind === 'memory'
    ? [operand.base, operand.index]
        .filter((name) => name !== null)
        .map((resource) => ({ resource, forAddress: true }))
    : [];

const written = (operand: Operand | undefined): readonly Resource[] =>
  operand?.kind === 'register' ? [operand.name] : [];

const FLAGS: Read = { resource: 'flags', forAddress: false };
const STACK: Read = { resource: 'rsp', forAddress: true };

/**
 * Whether an instruction sets a register to zero whatever was in it: a zero idiom, recognised since NetBurst.
 */
export const isZeroIdiom = ({ mnemonic, operands: [to, from] }: Instruction): boolean =>
  (mnemonic === 'xor' || mnemonic === 'sub') &&
  to?.kind === 'register' &&
  from?.kind === 'register' &&
  to.name === from.name;

/** Reads and writes apart from addresses and the stack, which `effectsOf` adds. */
const valuesOf = (instruction: Instruction): { reads: readonly Read[]; writes: readonly Resource[] } => {
  const [to, from] = instruction.operands;
  const both = [...valueReads(to), ...valueReads(from)];
  return match(instruction.mnemonic)
    .with('mov', () => ({ reads: valueReads(from), writes: written(to) }))
    .with('lea', () => ({ reads: [], writes: written(to) }))
    .with('add', 'sub', 'and', 'or', 'xor', 'imul', () => ({
      reads: isZeroIdiom(instruction) ? [] : both,
      writes: [...written(to), 'flags' as const],
    }))
    .with('cmp', 'test', 'bt', () => ({ reads: both, writes: ['flags' as const] }))
    .with('inc', 'dec', 'neg', 'shl', 'shr', 'rol', 'ror', () => ({
      reads: valueReads(to),
      writes: [...written(to), 'flags' as const],
    }))
    .with('not', () => ({ reads: valueReads(to), writes: written(to) }))
    .with('rcr', () => ({ reads: [...valueReads(to), FLAGS], writes: [...written(to), 'flags' as const] }))
    .with('adc', () => ({ reads: [...both, FLAGS], writes: [...written(to), 'flags' as const] }))
    .with('cmove', 'cmovne', () => ({ reads: [...both, FLAGS], writes: written(to) }))
    .with('div', () => ({
      reads: [
        ...valueReads(to),
        { resource: 'rax', forAddress: false } as const,
        { resource: 'rdx', forAddress: false } as const,
      ],
      writes: ['rax', 'rdx', 'flags'] as const,
    }))
    .with('je', 'jne', () => ({ reads: [FLAGS], writes: [] }))
    .with('jmp', 'call', 'push', () => ({ reads: valueReads(to), writes: [] }))
    .with('pop', () => ({ reads: [], writes: written(to) }))
    .with('pushf', () => ({ reads: [FLAGS], writes: [] }))
    .with('popf', 'iret', () => ({ reads: [], writes: ['flags' as const] }))
    .with('ret', 'cli', 'sti', 'prefetch', () => ({ reads: [], writes: [] }))
    .exhaustive();
};

const readsDestination = ({ mnemonic }: Instruction): boolean => !['mov', 'lea', 'pop'].includes(mnemonic);

const writesDestination = ({ mnemonic }: Instruction): boolean =>
  !['cmp', 'test', 'bt', 'jmp', 'call', 'push', 'div', 'imul', 'prefetch'].includes(mnemonic);

/** Returns the reads and writes of an instruction. */
export const effectsOf = (instruction: Instruction): Effects => {
  const { reads, writes } = valuesOf(instruction);
  const { mnemonic, operands } = instruction;
  const addresses = operands.flatMap(addressReads);
  const stack = match(mnemonic)
    .with('push', 'pushf', 'call', () => 'push' as const)
    .with('pop', 'popf', 'ret', 'iret', () => 'pop' as const)
    .with(P.string, () => null)
    .exhaustive();
  const at = mnemonic === 'lea' ? -1 : operands.findIndex(({ kind }) => kind === 'memory');
  const operand = operands[at];
  return {
    reads: [...addresses, ...(stack === null ? [] : [STACK]), ...reads],
    writes: [...writes, ...(stack === null ? [] : ['rsp' as const])],
    loads: stack === 'pop' || at === 1 || (at === 0 && readsDestination(instruction)),
    stores: stack === 'push' || (at === 0 && writesDestination(instruction)),
    address: operand?.kind === 'memory' ? operand : stack,
  };
};

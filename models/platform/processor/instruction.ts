/** The general registers of the subset, by their 64-bit names; a program says how wide its words are. */
export const REGISTERS = [
  'rax',
  'rbx',
  'rcx',
  'rdx',
  'rsi',
  'rdi',
  'rbp',
  'rsp',
  'r8',
  'r9',
  'r10',
  'r11',
  'r12',
  'r13',
  'r14',
  'r15',
] as const;

/** A general register. */
export type Register = (typeof REGISTERS)[number];

/**
 * `gs:[base + index*scale + displacement]`; an absolute address has neither base nor index. A segment has a
 * base that is not zero, which is added to the address; `null` are those that have none.
 */
export interface MemoryOperand {
  readonly kind: 'memory';
  readonly base: Register | null;
  readonly index: Register | null;
  readonly scale: 1 | 2 | 4 | 8;
  /** The size in bytes. */
  readonly displacement: number;
  readonly segment: 'gs' | null;
}

/** An operand of an instruction. */
export type Operand =
  | { readonly kind: 'register'; readonly name: Register }
  | { readonly kind: 'immediate'; readonly value: bigint }
  | MemoryOperand
  /** A place in the program: the target of a branch, or of `lea r, [rip + name]`. */
  | { readonly kind: 'label'; readonly name: string }
  /** Debug control register, which MOV reads and writes at the highest privilege only. */
  | { readonly kind: 'dr7' };

/** The operations of the subset: those that timed checksums, their attackers and a binary translator need. */
export const MNEMONICS = [
  'mov',
  'lea',
  'add',
  'sub',
  'cmp',
  'inc',
  'dec',
  'neg',
  'and',
  'or',
  'xor',
  'test',
  'not',
  'imul',
  'div',
  'shl',
  'shr',
  'rol',
  'ror',
  'rcr',
  'bt',
  'adc',
  'cmove',
  'cmovne',
  'je',
  'jne',
  'jmp',
  'call',
  'ret',
  'push',
  'pop',
  'pushf',
  'popf',
  'cli',
  'sti',
  'iret',
  'prefetch',
] as const;

/** The name of an operation in an assembler's spelling. */
export type Mnemonic = (typeof MNEMONICS)[number];

/** One instruction: destination first, as Intel writes it. */
export interface Instruction {
  readonly mnemonic: Mnemonic;
  readonly operands: readonly Operand[];
  /** The name by which branches of the program know this place. */
  readonly label: string | null;
}

/** Instructions in the order in which they stand in memory. */
export type Program = readonly Instruction[];

/** An operand that is a register. */
export const register = (name: Register): Operand => ({ kind: 'register', name });

/** An operand that is a number. */
export const immediate = (value: bigint | number): Operand => ({ kind: 'immediate', value: BigInt(value) });

/** An operand in memory, at a base register and a displacement in bytes; without base at that address. */
export const memory = (base: Register | null, displacement = 0): MemoryOperand => ({
  kind: 'memory',
  base,
  index: null,
  scale: 1,
  displacement,
  segment: null,
});

const addressText = ({ base, index, scale, displacement }: MemoryOperand): string => {
  const scaled = index === null ? null : `${index}*${scale}`;
  const places = [base, scaled, displacement === 0 ? null : `${Math.abs(displacement)}`];
  const parts = places.filter((part) => part !== null);
  if (parts.length === 0) return '0';
  if (displacement >= 0) return parts.join(' + ');
  return parts.length === 1 ? `-${parts[0]!}` : `${parts.slice(0, -1).join(' + ')} - ${parts.at(-1)!}`;
};

const operandText = (operand: Operand, mnemonic: Mnemonic): string => {
  switch (operand.kind) {
    case 'register':
      return operand.name;
    case 'immediate':
      return operand.value.toString();
    case 'memory': {
      const segment = operand.segment === null ? '' : `${operand.segment}:`;
      return `${mnemonic === 'lea' ? '' : 'qword ptr '}${segment}[${addressText(operand)}]`;
    }
    case 'label':
      return mnemonic === 'lea' ? `[rip + ${operand.name}]` : operand.name;
    case 'dr7':
      return 'dr7';
  }
};

/** An instruction as text in Intel's syntax, as the assembler here and GNU's and LLVM's read it. */
export const instructionText = ({ mnemonic, operands, label }: Instruction): string => {
  const text = operands.map((operand) => operandText(operand, mnemonic)).join(', ');
  return `${label === null ? '' : `${label}: `}${mnemonic}${text === '' ? '' : ` ${text}`}`;
};

/** A program as text, one instruction a line. */
export const programText = (program: Program): string => program.map(instructionText).join('\n');

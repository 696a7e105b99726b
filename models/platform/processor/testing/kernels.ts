import fc from 'fast-check';
import {
  immediate,
  memory,
  register,
  type Instruction,
  type Mnemonic,
  type Operand,
  type Register,
} from '../instruction.ts';

const anyRegister: fc.Arbitrary<Register> = fc.constantFrom(
  'rax',
  'rbx',
  'rcx',
  'rdx',
  'rsi',
  'rdi',
  'r8',
  'r9',
);
const place: fc.Arbitrary<Operand> = fc
  .tuple(fc.constantFrom<Register>('r12', 'r13', 'rbx', 'rsi'), fc.integer({ min: 0, max: 31 }))
  .map(([base, word]) => memory(base, 8 * word));

const instruction = (mnemonic: Mnemonic, ...operands: readonly Operand[]): Instruction => ({
  mnemonic,
  operands,
  label: null,
});

const pick = (...mnemonics: readonly Mnemonic[]): fc.Arbitrary<Mnemonic> => fc.constantFrom(...mnemonics);

const ALU = pick('add', 'sub', 'and', 'or', 'xor');

const twoRegisters = fc
  .tuple(fc.oneof(ALU, pick('mov', 'cmp', 'test', 'adc', 'cmove', 'cmovne')), anyRegister, anyRegister)
  .map(([mnemonic, to, from]) => instruction(mnemonic, register(to), register(from)));

const withNumber = fc
  .tuple(fc.oneof(ALU, pick('mov', 'cmp', 'test')), anyRegister, fc.integer({ min: 2, max: 1000 }))
  .map(([mnemonic, to, by]) => instruction(mnemonic, register(to), immediate(by)));

const multiply = fc
  .tuple(anyRegister, anyRegister)
  .map(([to, from]) => instruction('imul', register(to), register(from)));

const shift = fc
  .tuple(pick('shl', 'shr', 'rol', 'ror'), anyRegister, fc.integer({ min: 2, max: 63 }))
  .map(([mnemonic, to, by]) => instruction(mnemonic, register(to), immediate(by)));

const single = fc
  .tuple(pick('inc', 'dec', 'neg', 'not', 'push', 'pop'), anyRegister)
  .map(([mnemonic, to]) => instruction(mnemonic, register(to)));

const byOne = fc
  .tuple(pick('rcr', 'rol', 'ror'), anyRegister)
  .map(([mnemonic, to]) => instruction(mnemonic, register(to), immediate(1)));

const bitTest = fc
  .tuple(anyRegister, fc.integer({ min: 0, max: 63 }))
  .map(([of, bit]) => instruction('bt', register(of), immediate(bit)));

const address = fc
  .tuple(anyRegister, anyRegister, fc.constantFrom<1 | 2 | 4 | 8>(1, 2, 4, 8), fc.constantFrom(0, 24))
  .map(([base, index, scale, displacement]): Operand => ({
    kind: 'memory',
    base,
    index,
    scale,
    displacement,
    segment: null,
  }));

const lea = fc.tuple(anyRegister, address).map(([to, at]) => instruction('lea', register(to), at));

const load = fc
  .tuple(anyRegister, fc.oneof(place, address))
  .map(([to, at]) => instruction('mov', register(to), at));

const folded = fc
  .tuple(fc.oneof(ALU, pick('cmp')), anyRegister, place)
  .map(([mnemonic, to, at]) => instruction(mnemonic, register(to), at));

const store = fc.tuple(place, anyRegister).map(([at, from]) => instruction('mov', at, register(from)));

const update = fc
  .tuple(ALU, place, anyRegister)
  .map(([mnemonic, at, from]) => instruction(mnemonic, at, register(from)));

/** Any instruction that LLVM's models and the machines here both have. */
export const anyInstruction: fc.Arbitrary<Instruction> = fc.oneof(
  { weight: 6, arbitrary: twoRegisters },
  { weight: 4, arbitrary: withNumber },
  { weight: 2, arbitrary: multiply },
  { weight: 2, arbitrary: shift },
  { weight: 2, arbitrary: single },
  { weight: 1, arbitrary: byOne },
  { weight: 1, arbitrary: bitTest },
  { weight: 2, arbitrary: lea },
  { weight: 3, arbitrary: load },
  { weight: 2, arbitrary: folded },
  { weight: 2, arbitrary: store },
  { weight: 1, arbitrary: update },
);

const BRANCH: Instruction = instruction('jne', { kind: 'label', name: 'loop' });

/** Loop bodies of up to 30 instructions, some of which end in a branch. */
export const kernels: fc.Arbitrary<readonly Instruction[]> = fc
  .tuple(fc.array(anyInstruction, { minLength: 1, maxLength: 30, size: 'max' }), fc.boolean())
  .map(([body, loops]) => (loops ? [...body, BRANCH] : body));

import { Fault } from 'underwatch/model';
import {
  MNEMONICS,
  REGISTERS,
  type Instruction,
  type MemoryOperand,
  type Mnemonic,
  type Operand,
  type Program,
  type Register,
} from './instruction.ts';

const NUMBER = /^-?(0x[0-9a-f]+|\d+)$/i;
const NAME = /^[a-z_.][\w.]*$/i;

const numberOf = (text: string): bigint => (text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text));

const isRegister = (text: string): text is Register => (REGISTERS as readonly string[]).includes(text);
const isMnemonic = (text: string): text is Mnemonic => (MNEMONICS as readonly string[]).includes(text);

const refuse = (line: string, expected: string, got: string): Fault =>
  new Fault('UW801', {
    where: `the instruction "${line.trim()}"`,
    expected,
    got,
    likely: 'a spelling or an instruction outside the subset that is modelled',
    next: 'see models/platform/processor/instruction.ts for the subset',
  });

/** One signed part of an address at a time: a register, a scaled register or a number. */
const withPart = (address: MemoryOperand, sign: string, part: string, line: string): MemoryOperand => {
  if (NUMBER.test(part)) {
    const value = Number(numberOf(part));
    return { ...address, displacement: address.displacement + (sign === '-' ? -value : value) };
  }
  const [name = '', scale = '1'] = part.split('*').map((piece) => piece.trim());
  const factor = [1, 2, 4, 8].find((known) => known === Number(scale)) as 1 | 2 | 4 | 8 | undefined;
  if (sign === '-' || !isRegister(name) || factor === undefined) {
    throw refuse(line, 'an address [base + index*scale + number]', part);
  }
  if (factor === 1 && !part.includes('*') && address.base === null) return { ...address, base: name };
  if (address.index !== null) throw refuse(line, 'at most one base and one index', part);
  return { ...address, index: name, scale: factor };
};

const addressOf = (text: string, segment: 'gs' | null, line: string): Operand => {
  const parts = [...text.matchAll(/([+-]?)\s*([^+\-\s][^+-]*)/g)];
  if (parts[0]?.[2]?.trim() === 'rip') {
    const label = parts[1]?.[2]?.trim() ?? '';
    if (parts.length !== 2 || !NAME.test(label)) throw refuse(line, '[rip + label]', text);
    return { kind: 'label', name: label };
  }
  const empty: MemoryOperand = {
    kind: 'memory',
    base: null,
    index: null,
    scale: 1,
    displacement: 0,
    segment,
  };
  return parts.reduce<MemoryOperand>(
    (address, [, sign = '', part = '']) => withPart(address, sign, part.trim(), line),
    empty,
  );
};

const operandOf = (text: string, line: string): Operand => {
  const bracket = /^(?:[dq]word ptr )?(gs:)?\[(.*)\]$/.exec(text);
  if (bracket !== null) return addressOf(bracket[2]!, bracket[1] === undefined ? null : 'gs', line);
  if (isRegister(text)) return { kind: 'register', name: text };
  if (text === 'dr7') return { kind: 'dr7' };
  if (NUMBER.test(text)) return { kind: 'immediate', value: numberOf(text) };
  if (NAME.test(text)) return { kind: 'label', name: text };
  throw refuse(line, 'a register, a number, [an address] or a label', text);
};

const instructionOf = (line: string): Instruction => {
  const [, label, mnemonic = '', rest = ''] = /^\s*(?:([\w.]+):)?\s*(\w+)\s*(.*?)\s*$/.exec(line) ?? [];
  if (!isMnemonic(mnemonic)) throw refuse(line, `one of ${MNEMONICS.join(', ')}`, mnemonic);
  const operands = rest === '' ? [] : rest.split(',').map((operand) => operandOf(operand.trim(), line));
  return { mnemonic, operands, label: label ?? null };
};

/**
 * A program from text in Intel's syntax, one instruction a line; `;` begins a comment. A label stands before
 * the instruction that it names. Fails with UW801 on what is not of the subset.
 */
export const assemble = (text: string): Program =>
  text
    .split('\n')
    .map((line) => line.replace(/;.*/, '').trim())
    .filter((line) => line !== '')
    .map(instructionOf);

import { match } from 'ts-pattern';
import {
  effectsOf,
  immediate,
  INSTRUCTION_BYTES,
  instructionText,
  type Instruction,
  type Mnemonic,
  type Operand,
  type Program,
} from '../processor/index.ts';
import {
  CALLOUT,
  callout,
  clearInterrupts,
  labelled,
  lookup,
  popFlags,
  popsAtOnce,
  pushFlags,
  pushReturn,
  readDebug,
  setInterruptsFragment,
  type Surroundings,
} from './fragments.ts';
import { LOOKUP, VMM_BASE } from './vcpu.ts';

/**
 * How an instruction is translated: as it is, as control flow, as user-level code, or by leaving for the VMM.
 */
export type TranslationKind = 'identical' | 'control' | 'privileged' | 'callout';

/** One instruction of the guest and its translation. */
export interface Fragment {
  readonly guest: Instruction;
  readonly kind: TranslationKind;
  readonly code: Program;
}

/** Choices of the translator. */
export interface TranslationOptions {
  /** The guest's address of the first instruction. */
  readonly guestBase?: bigint;
  /** Whether STI looks for a waiting interrupt. */
  readonly checksPending?: boolean;
  /**
   * Whether fragments may suppose that the guest's IF is clear. A translator that keeps one translation for
   * each value of IF is right to; so is an adversary who knows that the checksum runs behind a CLI.
   */
  readonly interruptsOff?: boolean;
  /**
   * Whether a PUSHF is translated together with the POP after it, which leaves no word below the stack
   * pointer.
   */
  readonly fusesPop?: boolean;
}

/** Translated code. */
export interface Translation {
  readonly fragments: readonly Fragment[];
  /** The executed code, one fragment after the other; a direct jump to the next fragment is left out. */
  readonly body: Program;
  /** The same with the way out to the VMM at its end, to be executed. */
  readonly program: Program;
  readonly guestBase: bigint;
}

/** Operations that write some of the flags and leave the others, so that the earlier ones live on. */
const SOME_FLAGS: readonly Mnemonic[] = ['inc', 'dec', 'rol', 'ror', 'rcr', 'bt'];

/**
 * Whether the flags are written before they are read when going on from `from`, round the body if need be.
 * Calls and returns keep no flags, by convention. The target of a jump is not examined, so flags live there.
 */
const flagsAreDead = (body: Program, from: number): boolean => {
  for (let step = 1; step <= body.length; step++) {
    const instruction = body[(from + step) % body.length]!;
    const { reads, writes } = effectsOf(instruction);
    if (reads.some(({ resource }) => resource === 'flags')) return false;
    if (['call', 'ret'].includes(instruction.mnemonic)) return true;
    if (writes.includes('flags') && !SOME_FLAGS.includes(instruction.mnemonic)) return true;
    if (instruction.mnemonic === 'jmp') return false;
  }
  return false;
};

const nameOf = (operand: Operand | undefined): string | null =>
  operand?.kind === 'register' ? operand.name : null;

const poppedNext = (body: Program, at: number): string | null => {
  const next = body[(at + 1) % body.length]!;
  return next.mnemonic === 'pop' && next.label === null ? nameOf(next.operands[0]) : null;
};

const jumpTo = (label: Operand): Instruction => ({ mnemonic: 'jmp', operands: [label], label: null });

const controlFragment = (guest: Instruction, around: Surroundings): Program => {
  const [target] = guest.operands;
  const isDirect = target?.kind === 'label';
  const fetch = `mov rax, ${instructionText({ ...guest, label: null }).replace(/^\w+\s*/, '')}`;
  return match(guest.mnemonic)
    .with('call', () => [...pushReturn(around), ...(isDirect ? [jumpTo(target)] : lookup(fetch))])
    .with('ret', () => lookup('pop rax'))
    .otherwise(() => (isDirect ? [guest] : lookup(fetch)));
};

const moveFragment = (guest: Instruction, labels: ReadonlyMap<string, bigint>): Fragment => {
  const [to, from] = guest.operands;
  if (to?.kind === 'dr7') return { guest, kind: 'callout', code: callout() };
  if (from?.kind === 'dr7') return { guest, kind: 'privileged', code: readDebug(nameOf(to)!) };
  if (from?.kind !== 'label') return { guest, kind: 'identical', code: [guest] };
  // An instruction that exposes the program counter gives the guest's address, a constant.
  const value = immediate(labels.get(from.name)!);
  return { guest, kind: 'control', code: [{ ...guest, mnemonic: 'mov', operands: [to!, value] }] };
};

const fragmentOf = (
  guest: Instruction,
  around: Surroundings,
  labels: ReadonlyMap<string, bigint>,
): Fragment => {
  const privileged = (code: Program): Fragment => ({ guest, kind: 'privileged', code });
  return match(guest.mnemonic)
    .with('mov', 'lea', () => moveFragment(guest, labels))
    .with('cli', () => privileged(clearInterrupts(around)))
    .with('sti', () => privileged(setInterruptsFragment(around)))
    .with('pushf', () => privileged(pushFlags(around)))
    .with('popf', () => privileged(popFlags()))
    .with('iret', (): Fragment => ({ guest, kind: 'callout', code: callout() }))
    .with('je', 'jne', (): Fragment => ({ guest, kind: 'control', code: [guest] }))
    .with('jmp', 'call', 'ret', (): Fragment => ({
      guest,
      kind: 'control',
      code: controlFragment(guest, around),
    }))
    .otherwise((): Fragment => ({ guest, kind: 'identical', code: [guest] }));
};

/**
 * Translates guest kernel code as Adams and Agesen describe it (ASPLOS 2006): most instructions identically,
 * direct control flow chained, indirect control flow by a look-up, privileged instructions as short
 * user-level fragments.
 */
export const translate = (guest: Program, options: TranslationOptions = {}): Translation => {
  const { guestBase = 0x10000n, checksPending = true, interruptsOff = false, fusesPop = false } = options;
  const addressAt = (index: number): bigint => guestBase + BigInt(index * INSTRUCTION_BYTES);
  const labels = new Map(
    guest.flatMap(({ label }, index) => (label === null ? [] : [[label, addressAt(index)] as const])),
  );
  const surroundings = (index: number): Surroundings => ({
    flagsAreDead: flagsAreDead(guest, index),
    nextPopsInto: poppedNext(guest, index),
    returnAddress: addressAt(index + 1),
    checksPending,
    interruptsOff,
    fusesPop,
  });
  const fragments = guest.map((instruction, index): Fragment => {
    const before = guest[index - 1];
    if (before?.mnemonic === 'pushf' && popsAtOnce(surroundings(index - 1))) {
      return { guest: instruction, kind: 'privileged', code: [] };
    }
    const fragment = fragmentOf(instruction, surroundings(index), labels);
    return { ...fragment, code: labelled(fragment.code, instruction.label) };
  });
  const body = fragments.flatMap(({ code }) => code);
  const exit: Instruction = { mnemonic: 'iret', operands: [], label: CALLOUT };
  return { fragments, body, program: [...body, exit], guestBase };
};

/**
 * The hash table that the look-ups need, as words by address, once the translation stands at `cacheBase`. The
 * guest's addresses are taken not to collide, which the caller sees to with small programs.
 */
export const lookupTable = (translation: Translation, cacheBase: bigint): ReadonlyMap<bigint, bigint> => {
  const table = new Map<bigint, bigint>();
  let at = 0;
  for (const [index, { code }] of translation.fragments.entries()) {
    const guest = translation.guestBase + BigInt(index * INSTRUCTION_BYTES);
    const slot = Number(guest >> BigInt(LOOKUP.addressShift)) % LOOKUP.entries;
    table.set(VMM_BASE + BigInt(LOOKUP.keys + 8 * slot), guest);
    table.set(VMM_BASE + BigInt(LOOKUP.targets + 8 * slot), cacheBase + BigInt(at * INSTRUCTION_BYTES));
    at += code.length;
  }
  return table;
};

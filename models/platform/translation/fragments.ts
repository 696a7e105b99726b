import { assemble, type Instruction, type Program } from '../processor/index.ts';
import { IF_BIT, LOOKUP, VCPU } from './vcpu.ts';

/** The way out to the VMM proper, for what fragments cannot do. */
export const CALLOUT = 'vmm';

/** The context that a fragment depends on. */
export interface Surroundings {
  /** Whether the arithmetic flags are written again before they are read. */
  readonly flagsAreDead: boolean;
  /** The register that the next instruction pops into: it is free until then. */
  readonly nextPopsInto: string | null;
  /** The guest's address of the next instruction, which a CALL pushes. */
  readonly returnAddress: bigint;
  /** Whether STI checks for a waiting interrupt, as it has to; a benchmark may ask for the time without. */
  readonly checksPending: boolean;
  /** Whether the fragment is only used while the guest has IF clear, which the translator can arrange. */
  readonly interruptsOff: boolean;
  /** Whether a PUSHF may be translated together with the POP after it. */
  readonly fusesPop: boolean;
}

const setInterrupts = (to: boolean, flagsAreDead: boolean): string => {
  // The published translation is one read-modify-write; it spoils the flags, so where they live a store does
  // it.
  if (!flagsAreDead) return `mov qword ptr gs:[${VCPU.interrupts}], ${to ? IF_BIT : 0}`;
  return to
    ? `or qword ptr gs:[${VCPU.interrupts}], ${IF_BIT}`
    : `and qword ptr gs:[${VCPU.interrupts}], ${-IF_BIT - 1}`;
};

/** CLI: a handful of cycles in memory instead of a microcoded instruction. */
export const clearInterrupts = ({ flagsAreDead }: Surroundings): Program =>
  assemble(setInterrupts(false, flagsAreDead));

/**
 * STI: the same, and a check for a waiting interrupt. That compares, so it is left out where the flags live.
 */
export const setInterruptsFragment = ({ flagsAreDead, checksPending }: Surroundings): Program => {
  const check = `cmp qword ptr gs:[${VCPU.pending}], 0\njne ${CALLOUT}`;
  return assemble(`${setInterrupts(true, flagsAreDead)}\n${checksPending && flagsAreDead ? check : ''}`);
};

/** Whether a PUSHF and the POP after it are translated together. */
export const popsAtOnce = ({ fusesPop, flagsAreDead, nextPopsInto, interruptsOff }: Surroundings): boolean =>
  fusesPop && nextPopsInto !== null && (flagsAreDead || interruptsOff);

/**
 * PUSHF: the real flags, of which IF is always 1 here, with the guest's IF instead. LEA does it without
 * touching the flags, at the price of two spilled registers; if the next instruction pops the word, its
 * register is free. Translated together with that POP it stores nothing, and where the guest's IF is known to
 * be clear, it adds just one LEA.
 */
export const pushFlags = (around: Surroundings): Program => {
  const { flagsAreDead, nextPopsInto: to, interruptsOff } = around;
  const adjust = `pushf\npop ${to}\nlea ${to}, [${to} - ${IF_BIT}]`;
  const withGuestIf = interruptsOff ? adjust : `${adjust}\nor ${to}, gs:[${VCPU.interrupts}]`;
  if (popsAtOnce(around)) return assemble(withGuestIf);
  if (to !== null && flagsAreDead) return assemble(`${withGuestIf}\npush ${to}`);
  return assemble(`mov gs:[${VCPU.firstSpill}], rax
    mov gs:[${VCPU.secondSpill}], rcx
    pushf
    pop rax
    mov rcx, gs:[${VCPU.interrupts}]
    lea rax, [rax + rcx*1 - ${IF_BIT}]
    push rax
    mov rcx, gs:[${VCPU.secondSpill}]
    mov rax, gs:[${VCPU.firstSpill}]`);
};

/** POPF: without privilege it leaves IF alone; the guest's IF comes from the word. */
export const popFlags = (): Program =>
  assemble(`mov gs:[${VCPU.firstSpill}], rax
    mov rax, [rsp]
    and rax, ${IF_BIT}
    mov gs:[${VCPU.interrupts}], rax
    mov rax, gs:[${VCPU.firstSpill}]
    popf`);

/**
 * The jump to the translation of a guest address that is known only now, in `target`: a hash of the address,
 * one compare, and the jump. The flags are spoilt, which calling conventions allow at calls and returns.
 */
export const lookup = (fetch: string): Program =>
  assemble(`mov gs:[${VCPU.firstSpill}], rax
    mov gs:[${VCPU.secondSpill}], rdx
    ${fetch}
    mov rdx, rax
    shr rdx, ${LOOKUP.addressShift}
    and rdx, ${LOOKUP.entries - 1}
    cmp rax, gs:[rdx*8 + ${LOOKUP.keys}]
    jne ${CALLOUT}
    mov rax, gs:[rdx*8 + ${LOOKUP.targets}]
    mov gs:[${VCPU.target}], rax
    mov rdx, gs:[${VCPU.secondSpill}]
    mov rax, gs:[${VCPU.firstSpill}]
    jmp qword ptr gs:[${VCPU.target}]`);

/** A direct CALL pushes the guest's return address: a constant. */
export const pushReturn = ({ returnAddress }: Surroundings): Program => assemble(`push ${returnAddress}`);

/** MOV from DR7 is a load of the guest's DR7. */
export const readDebug = (to: string): Program => assemble(`mov ${to}, gs:[${VCPU.dr7}]`);

/** A fragment that leaves for the VMM, whose work is no code of the translation cache. */
export const callout = (): Program => assemble(`jmp ${CALLOUT}`);

/**
 * A fragment with its first instruction named as the guest's was, so that direct branches find it: chaining.
 */
export const labelled = (fragment: Program, label: string | null): Program =>
  fragment.map((instruction: Instruction, index) => (index === 0 ? { ...instruction, label } : instruction));

import { assemble, type Program } from '../../platform/processor/index.ts';

/** One pseudo-random step: ESI is the state, ECX the accumulator. */
const step = `mov rax, rsi
  imul rax, rax
  or rax, 5
  add rsi, rax
  xor rcx, rsi`;

/**
 * One read: mixes the address and the word; the next address is the state modulo the range, by a division.
 */
const read = `add rcx, rdi
  xor rcx, [rdi]
  mov rax, rsi
  mov rdx, 0
  div rbx
  lea rdi, [rdx + rbp]`;

/**
 * The transfer into a block and its end, honest or with the original addresses from tables (+6 instructions).
 */
const transfer = {
  honest: 'add rcx, [rsp]',
  attack: `mov rax, [rsp + 64]
    mov rax, [rax*8 + 8192]
    mov rdx, rcx
    mov rcx, [rdx*8 + 12288]
    mov [rsp + 64], rax
    xor rcx, rax
    add rcx, [rsp + 72]`,
} as const;

/**
 * One normal block of Checkmate as its source describes it, without MOV from DR7, whose time nobody
 * published: return and target address, two pseudo-random reads with a division each, flags, a return
 * address, one word of the checksum in memory, a rotation of six words through carry, and the indirect call
 * of the next block. 32-bit words; a reconstruction.
 */
export const checkmateBlock = (kind: keyof typeof transfer = 'honest'): Program =>
  assemble(`${transfer[kind]}
    ${step}
    ${read}
    pushf
    pop rax
    add rcx, rax
    ${step}
    ${read}
    mov rax, [rsp + 8]
    test rsi, 255
    cmove rax, r9
    xor rax, rsi
    add rcx, rax
    mov rax, r10
    and rax, 3
    xor [rsp + rax*4 + 100], rcx
    bt r11, 0
    rcr qword ptr [rsp + 16], 1
    rcr qword ptr [rsp + 24], 1
    rcr qword ptr [rsp + 32], 1
    rcr qword ptr [rsp + 40], 1
    rcr qword ptr [rsp + 48], 1
    rcr qword ptr [rsp + 56], 1
    add rsp, 8
    sub r10, 1
    je done
    mov rax, rsi
    and rax, 7
    mov rcx, [rax*8 + 4096]
    call rcx`);

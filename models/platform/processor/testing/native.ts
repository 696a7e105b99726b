import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programText, type Program, type Register } from '../instruction.ts';

/** The registers that a comparison loads and stores; RSP and the two of the test's own are left alone. */
export const COMPARED: readonly Register[] = ['rax', 'rbx', 'rcx', 'rdx', 'rsi', 'rdi', 'r8', 'r9'];

/**
 * Whether this machine cannot execute x86-64 code made by gcc, and is none of CI, where it must. Says so
 * aloud.
 */
export const lacksNative = (): boolean => {
  const missing = process.arch !== 'x64' || spawnSync('gcc', ['--version']).error !== undefined;
  // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
  if (missing) console.warn('NOT TESTED: execution on a real processor, which needs gcc on x86-64');
  return missing && process.env['CI'] === undefined;
};

/** A function of one argument: the words of the registers, then room for RFLAGS. Intel syntax of GNU as. */
const functionText = (program: Program, index: number): string => `
f${index}:
  push rbx
  push r15
  mov r15, rdi
  ${COMPARED.filter((name) => name !== 'rdi')
    .map((name) => `mov ${name}, [r15 + ${8 * COMPARED.indexOf(name)}]`)
    .join('\n  ')}
  mov rdi, [r15 + ${8 * COMPARED.indexOf('rdi')}]
  cmp r15, r15
${programText(program)}
  pushf
  pop qword ptr [r15 + ${8 * COMPARED.length}]
  ${COMPARED.map((name) => `mov [r15 + ${8 * COMPARED.indexOf(name)}], ${name}`).join('\n  ')}
  pop r15
  pop rbx
  ret`;

const mainText = (programs: number, start: readonly bigint[]): string => `#include <stdio.h>
typedef unsigned long long word;
${Array.from({ length: programs }, (_, index) => `extern void f${index}(word *);`).join('\n')}
int main(void) {
  void (*all[])(word *) = {${Array.from({ length: programs }, (_, index) => `f${index}`).join(', ')}};
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
    word words[] = {${start.map((value) => `${value}ull`).join(', ')}, 0};
    all[i](words);
    for (unsigned w = 0; w < sizeof words / sizeof *words; w++) printf("%llu ", words[w]);
    printf("\\n");
  }
  return 0;
}
`;

/** The results of each program on the processor at hand: the compared registers, then RFLAGS. */
export const runNatively = (
  folder: string,
  programs: readonly Program[],
  start: readonly bigint[],
): readonly (readonly bigint[])[] => {
  const functions = programs.map(functionText).join('\n');
  const globals = programs.map((_, index) => `.globl f${index}`).join('\n');
  writeFileSync(
    join(folder, 'code.s'),
    `.intel_syntax noprefix\n.text\n${globals}\n${functions}\n.section .note.GNU-stack,"",@progbits\n`,
  );
  writeFileSync(join(folder, 'main.c'), mainText(programs.length, start));
  const made = spawnSync('gcc', ['-O1', '-o', 'run', 'main.c', 'code.s'], { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`gcc ended with ${made.status}:\n${made.stderr}`);
  const run = spawnSync(join(folder, 'run'), { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the code ended with ${run.status ?? run.signal}`);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ').map(BigInt));
};

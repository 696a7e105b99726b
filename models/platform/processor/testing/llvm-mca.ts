import { spawnSync } from 'node:child_process';
import { programText, type Instruction } from '../instruction.ts';

/** The version of llvm-mca on this machine, or `undefined`. */
export const llvmMcaVersion = (): string | undefined =>
  /LLVM version (\S+)/.exec(spawnSync('llvm-mca', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];

/**
 * Whether a test that needs llvm-mca is to be left out: it is not here, and this is no run of CI, where its
 * absence is a failure. Says so aloud.
 */
export const lacksLlvmMca = (): boolean => {
  const missing = llvmMcaVersion() === undefined;
  // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
  if (missing) console.warn('NOT TESTED: cycles against llvm-mca, which is not installed');
  return missing && process.env['CI'] === undefined;
};

const region = (body: readonly Instruction[], index: number): string =>
  `# LLVM-MCA-BEGIN k${index}\n${programText(body)}\n# LLVM-MCA-END k${index}`;

/** The times of several loop bodies by llvm-mca: the cycles of so many iterations of each. */
export const llvmMcaCycles = (
  cpu: string,
  bodies: readonly (readonly Instruction[])[],
  iterations: number,
  dispatchWidth?: number,
): readonly number[] => {
  const args = [
    `-mcpu=${cpu}`,
    `-iterations=${iterations}`,
    '-resource-pressure=false',
    '-instruction-info=false',
  ];
  const width = dispatchWidth === undefined ? [] : [`-dispatch=${dispatchWidth}`];
  const input = ['.intel_syntax noprefix', 'loop:', ...bodies.map(region), ''].join('\n');
  const run = spawnSync('llvm-mca', [...args, ...width], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const cycles = [...run.stdout.matchAll(/Total Cycles:\s+(\d+)/g)].map(([, total]) => Number(total));
  if (run.status !== 0 || cycles.length !== bodies.length) {
    throw new Error(
      `llvm-mca -mcpu=${cpu} ended with ${run.status} after ${cycles.length} regions:\n${run.stderr}`,
    );
  }
  return cycles;
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statesThatFit, type Contender, type Found } from '../contender.ts';
import { runMeasured, type Finished } from '../measuring/measured-process.ts';
import { modelText, type Origin } from '../model-source.ts';
import { availabilityOf, gccTool, numberIn, prepareWith, rumurTool } from '../measuring/tools.ts';

// Measured, and some more.
const BYTES_PER_STATE = 60;

const MODEL = 'smi-gate.m';

/**
 * States unpacked and values of 32 bits: a quarter faster than the defaults, for half as much memory again. A
 * table with room for all states from the start (--set-capacity) brought nothing. Deadlocks and symmetry
 * are left out because nobody else looks for them.
 */
const GENERATOR = [
  '--deadlock-detection',
  'off',
  '--symmetry-reduction',
  'off',
  '--pack-state',
  'off',
  '--value-type',
  'uint32_t',
] as const;
// Its compare-and-swap of two words needs an instruction that gcc does not take for granted.
const COMPILER = ['-O3', '-march=native'] as const;

const read = ({ stdout }: Finished): Found => {
  const attacked = stdout.includes('error trace for the error');
  if (!attacked && !stdout.includes('No error found')) throw new Error(`no verdict: ${stdout.slice(-300)}`);
  return {
    states: numberIn(stdout, /(\d+) states, \d+ rules fired in/, 'states'),
    transitions: numberIn(stdout, /\d+ states, (\d+) rules fired in/, 'rules fired'),
    // One line a step; the start state is announced by another.
    ...(attacked ? { attackSteps: stdout.match(/^Rule ".*fired\.$/gm)?.length ?? 0 } : {}),
  };
};

const rumur = (id: string, origin: Origin, threads: number): Contender => ({
  id,
  says: `${origin === 'by-hand' ? 'model written by hand' : 'model exported'}, ${GENERATOR.slice(4).join(' ')}, gcc ${COMPILER.join(' ')}`,
  threads,
  mostStates: statesThatFit(BYTES_PER_STATE),
  // With several threads, whoever comes first ends the search.
  shortest: threads === 1,
  availability: () => availabilityOf([rumurTool, gccTool]),
  prepare: async (size, folder) => {
    writeFileSync(join(folder, MODEL), await modelText('murphi', origin, size));
    const prepareMs = await prepareWith(
      [
        ['rumur', ...GENERATOR, '--threads', String(threads), '--output', 'verifier.c', MODEL],
        ['gcc', ...COMPILER, '-o', 'verifier', 'verifier.c', '-lpthread'],
      ],
      folder,
    );
    return {
      prepareMs,
      run: (timeoutMs) => runMeasured(join(folder, 'verifier'), [], { folder, timeoutMs }),
      read,
    };
  },
});

/** Rumur with each number of threads, and on the model that is exported to it. */
export const rumurContenders = (threads: readonly number[]): readonly Contender[] => [
  ...threads.map((count) => rumur(count === 1 ? 'rumur' : `rumur-${count}`, 'by-hand', count)),
  rumur('rumur-export', 'exported', 1),
];

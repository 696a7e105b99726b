import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { statesThatFit, type Contender, type Found } from '../contender.ts';
import { runMeasured, type Finished } from '../measuring/measured-process.ts';
import { constantsOf } from '../model-source.ts';
import { availabilityOf, gccTool, numberIn, prepareWith } from '../measuring/tools.ts';

// Measured, and some more.
const BYTES_PER_STATE = 40;

const SOURCE = fileURLToPath(new URL('../peers/smi-gate.c', import.meta.url));
const COMPILER = ['-O3', '-march=native'] as const;

const read = ({ stdout }: Finished): Found => {
  const attacked = stdout.startsWith('attack ');
  return {
    states: numberIn(stdout, /states (\d+)/, 'states'),
    transitions: numberIn(stdout, /transitions (\d+)/, 'transitions'),
    ...(attacked
      ? { attackSteps: numberIn(stdout, /attack (\d+)/, 'steps') }
      : { depth: numberIn(stdout, /depth (\d+)/, 'depth') }),
  };
};

/**
 * The reference model and its search as one program in C, by hand: a checker of models has to be compared
 * with that.
 */
export const byHand: Contender = {
  id: 'c-by-hand',
  says: `the model and its breadth-first search as one program, written and packed by hand, gcc ${COMPILER.join(' ')}`,
  threads: 1,
  mostStates: statesThatFit(BYTES_PER_STATE),
  shortest: true,
  availability: () => availabilityOf([gccTool]),
  prepare: async (size, folder) => {
    const constants = constantsOf(size).map(([name, value]) => `-D${name}=${value}`);
    const prepareMs = await prepareWith([['gcc', ...COMPILER, ...constants, '-o', 'gate', SOURCE]], folder);
    return {
      prepareMs,
      run: (timeoutMs) => runMeasured(join(folder, 'gate'), [], { folder, timeoutMs }),
      read,
    };
  },
};

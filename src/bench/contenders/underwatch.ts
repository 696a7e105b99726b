import { z } from 'zod';
import { compiledChild } from '../compiled.ts';
import { statesThatFit, type Contender, type Found } from '../contender.ts';
import { runMeasured, type Finished } from '../measuring/measured-process.ts';
import { tool } from '../../model/tool.ts';

// Measured, and some more.
const BYTES_PER_STATE = 26;

const count = z.number().int().min(0);

const printed = z.object({
  verdict: z.enum(['holds', 'violated']),
  states: count,
  transitions: count,
  depth: count,
  userRuns: count,
  trieNodes: count,
  bytes: count,
  attackSteps: count.optional(),
  insideMs: z.number(),
});

const read = ({ stdout }: Finished): Found => {
  const { verdict, bytes, depth, attackSteps, ...found } = printed.parse(JSON.parse(stdout));
  return {
    ...found,
    ownBytes: bytes,
    ...(verdict === 'holds' ? { depth } : {}),
    ...(attackSteps === undefined ? {} : { attackSteps }),
  };
};

const underwatch = (threads: number): Contender => ({
  id: threads === 1 ? 'underwatch' : `underwatch-${threads}`,
  says: 'the exhaustive engine on the immer model, compiled beforehand as the package is; the start of node is counted',
  threads,
  mostStates: statesThatFit(BYTES_PER_STATE),
  shortest: true,
  availability: () => Promise.resolve({ kind: 'available', version: tool.version }),
  prepare: async ({ id }, folder) => {
    const child = await compiledChild('search');
    const args = [child, id, ...(threads > 1 ? ['--threads', String(threads)] : [])];
    return {
      prepareMs: 0,
      run: (timeoutMs) => runMeasured(process.execPath, args, { folder, timeoutMs }),
      read,
    };
  },
});

/** Our exhaustive engine with each number of threads. */
export const underwatchContenders = (threads: readonly number[]): readonly Contender[] =>
  threads.map(underwatch);

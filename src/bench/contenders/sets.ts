import { z } from 'zod';
import { tool } from '../../model/tool.ts';
import type { Strategy } from '../../search/symbolic/options.ts';
import { compiledChild } from '../compiled.ts';
import type { Contender, Found } from '../contender.ts';
import { runMeasured, type Finished } from '../measuring/measured-process.ts';

const count = z.number().int().min(0);

const printed = z.object({
  verdict: z.enum(['holds', 'violated']),
  states: count,
  transitions: count,
  depth: count.optional(),
  userRuns: count,
  trieNodes: count,
  bytes: count,
  nodes: count,
  peakNodes: count,
  attackSteps: count.optional(),
  insideMs: z.number(),
});

const read = ({ stdout }: Finished): Found => {
  const { verdict, bytes, depth, attackSteps, ...found } = printed.parse(JSON.parse(stdout));
  return {
    ...found,
    ownBytes: bytes,
    ...(verdict === 'holds' && depth !== undefined ? { depth } : {}),
    ...(attackSteps === undefined ? {} : { attackSteps }),
  };
};

const setsBy = (strategy: Strategy, says: string): Contender => ({
  id: `underwatch-${strategy}`,
  says,
  threads: 1,
  shortest: true,
  availability: () => Promise.resolve({ kind: 'available', version: tool.version }),
  prepare: async ({ id }, folder) => {
    const child = await compiledChild('sets');
    return {
      prepareMs: 0,
      run: (timeoutMs) => runMeasured(process.execPath, [child, id, strategy], { folder, timeoutMs }),
      read,
    };
  },
});

/** Our symbolic engine: level by level, and in no order where that is enough. */
export const setsContenders: readonly Contender[] = [
  setsBy('levels', 'the symbolic engine, level by level: depth and shortest attacks come with it'),
  setsBy('saturation', 'the symbolic engine by saturation; it goes on by levels where there is an attack'),
];

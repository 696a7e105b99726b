import { z } from 'zod';
import type { Results } from './results.ts';

const count = z.number().int().min(0);
const milliseconds = z.number().min(0);
const text = z.string();

const spread = z
  .strictObject({ median: z.number(), min: z.number(), max: z.number() })
  .meta({ description: 'Over the rounds.' });

const absent = [
  z.strictObject({ kind: z.literal('not-installed'), tool: text, install: text }),
  z.strictObject({ kind: z.literal('timed-out'), timeoutMs: milliseconds }),
  z.strictObject({ kind: z.literal('wrong'), because: text }),
] as const;

const measurement = z.strictObject({
  prepareMs: milliseconds.describe('Generating and compiling a verifier.'),
  runMs: milliseconds.describe('The whole process that searches, its start included.'),
  insideMs: milliseconds.exactOptional().describe('The search by itself, as the tool says.'),
  cpuMs: milliseconds.exactOptional().describe('Processor time of all threads.'),
  peakBytes: count.exactOptional().describe('Most memory resident at once.'),
  ownBytes: z.number().min(0).exactOptional().describe('Memory for states, as the tool says.'),
  states: count,
  transitions: count,
  attackSteps: count.exactOptional(),
  userRuns: count.exactOptional().describe('Runs of functions of the model: our engine only.'),
  trieNodes: count.exactOptional(),
  nodes: count.exactOptional().describe('Nodes of the diagram of all states: our symbolic engine only.'),
  peakNodes: count.exactOptional().describe('The most nodes in use at once.'),
});

const versus = z.strictObject({
  baseline: text,
  run: spread.describe('How many times as fast the search is: above 1 it is faster than the baseline.'),
  answer: spread.describe('The same with generating and compiling.'),
  cpu: spread.exactOptional().describe('The search by processor time, which a busy machine disturbs less.'),
  peak: spread.exactOptional().describe('How many times the memory it takes: below 1 it needs less.'),
});

const search = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    rounds: z.array(measurement),
    runMs: spread,
    answerMs: spread,
    peakBytes: spread.exactOptional(),
    statesPerSecond: z.number(),
    transitionsPerSecond: z.number(),
    peakBytesPerState: z.number().exactOptional(),
    ownBytesPerState: z.number().exactOptional(),
    versus: versus.exactOptional(),
  }),
  ...absent,
]);

const walk = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    rounds: z.array(
      z.strictObject({
        runMs: milliseconds,
        insideMs: milliseconds,
        walks: count,
        steps: count,
        peakBytes: count.exactOptional(),
      }),
    ),
    stepsPerSecond: spread,
    versus: z.strictObject({ baseline: text, stepsPerSecond: spread }).exactOptional(),
  }),
  ...absent,
]);

const contender = z.strictObject({ id: text, says: text, version: text.exactOptional() });

/** The schema of `reports/bench.json`. */
export const resultsSchema: z.ZodType<Results> = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: text, version: text }),
  machine: z.strictObject({
    processor: text,
    cores: count,
    memoryMb: count,
    platform: text,
    load: z.number().min(0),
    nodeStartMs: milliseconds.exactOptional().describe('What a process of Node takes that does nothing.'),
  }),
  versions: z.record(text, text).describe('Of node and of every tool that was found.'),
  startedAt: text,
  rounds: count,
  timeoutMs: milliseconds,
  baseline: text,
  contenders: z.array(contender.extend({ threads: count, shortest: z.boolean() })),
  searches: z.array(z.strictObject({ size: text, contender: text, outcome: search })),
  walkers: z.array(contender),
  walks: z.array(z.strictObject({ walker: text, outcome: walk })),
});

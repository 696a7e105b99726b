import { z } from 'zod';
import { attackSchema, scenarioSchema } from './parts.ts';
import type { OutcomeEntry } from '../outcomes/outcome.ts';

const text = z.string();
const whole = z.number().int();
const count = whole.min(0);
const share = z.number().min(0).max(1);
const verdict = z.enum(['holds', 'violated', 'unresolved', 'vacuous']);

const probe = z
  .strictObject({
    value: whole,
    verdict,
    bound: z
      .enum(['maxDepth', 'maxStates', 'timeLimitMs', 'memoryLimitMb', 'runs', 'interrupted'])
      .exactOptional(),
    states: count,
    transitions: count,
    complete: z.boolean(),
    attack: attackSchema.exactOptional().describe('Beside a flip alone.'),
  })
  .meta({ id: 'probe', description: 'What a search says at one value of a parameter.' });

const threshold = z
  .strictObject({
    kind: z.literal('threshold'),
    model: text,
    scenario: scenarioSchema,
    invariant: text,
    parameter: text,
    from: whole,
    to: whole,
    probes: z.array(probe).describe('Every value that was searched, in order.'),
    flips: z.array(whole).describe('The smaller one of each two neighbours with different verdicts.'),
    everyValue: z.boolean().describe('Otherwise nothing is known between two neighbours that agree.'),
    undecided: whole.exactOptional().describe('The value that a limit left open.'),
    reproduce: text,
  })
  .meta({ id: 'threshold', description: 'Where a verdict changes as one parameter grows.' });

const population = z
  .strictObject({
    kind: z.literal('population'),
    study: text,
    population: text,
    says: text,
    source: text,
    unit: text,
    lower: z.number().exactOptional(),
    upper: z.number(),
    claimed: z.strictObject({ bound: z.enum(['atMost', 'atLeast']), perMillion: count }),
    runs: count,
    outside: count.describe('How many runs were out of limits.'),
    confidence: share,
    interval: z.strictObject({ lower: share, upper: share }),
    verdict: z.enum(['shown', 'refuted', 'open']),
    reproduce: text,
  })
  .meta({ id: 'population', description: 'What samples say of a share; they prove nothing.' });

const engine = z
  .strictObject({
    kind: z.literal('engine'),
    model: text,
    scenario: scenarioSchema,
    engine: text,
    says: text,
    states: count,
    transitions: count,
    depth: count,
    complete: z.boolean(),
    maxDepth: count.exactOptional(),
    answers: z.record(text, z.strictObject({ kind: verdict, length: count.exactOptional() })),
    disagreements: z.array(
      z.strictObject({
        with: text,
        about: text,
        said: text,
        saidByOther: text,
        maxDepth: count.exactOptional(),
      }),
    ),
    reproduce: text,
  })
  .meta({ id: 'engine', description: 'An engine, beside the others on one model.' });

/** The schema of a result that is no claim of a suite, and no question about a board. */
export const outcomeSchema: z.ZodType<OutcomeEntry> = z.discriminatedUnion('kind', [
  threshold,
  population,
  engine,
]);

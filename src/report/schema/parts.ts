import { z } from 'zod';
import type { Attack } from '../../attack/attack.ts';
import type { Scenario, Value } from '../../model/index.ts';
import type { Onward } from '../../search/result.ts';
import type { CorpusEntry, Report } from '../report.ts';

/** The schema of any plain value. */
export const valueSchema: z.ZodType<Value> = z.json().meta({ id: 'value', description: 'Any JSON value.' });

/** The schema of a scenario. */
export const scenarioSchema: z.ZodType<Scenario> = z
  .strictObject({
    without: z.array(z.string()).describe('Defences that are switched off.'),
    capabilities: z.array(z.string()).describe('What the adversary can do.'),
    parameters: z.record(z.string(), valueSchema).describe("Overrides of the model's parameters."),
  })
  .meta({ id: 'scenario', description: 'The circumstances of a search.' });

const step = z
  .strictObject({
    action: z.string(),
    actor: z.string(),
    text: z.string().describe("The step in the model's own words."),
    choices: z.record(z.string(), valueSchema),
    changes: z.array(
      z.strictObject({
        field: z.string(),
        before: z.string(),
        after: z.string(),
        hidden: z.literal(true).exactOptional().describe('Bookkeeping of the model.'),
      }),
    ),
  })
  .meta({ id: 'step', description: 'One step of a path, and the fields of the state that it changed.' });

/** The schema of a path's continuation. */
export const onwardSchema: z.ZodType<Onward> = z
  .strictObject({
    stem: z.number().int().min(0).describe('Steps to the state from which no good one can be reached.'),
    loopFrom: z
      .number()
      .int()
      .min(0)
      .exactOptional()
      .describe(
        'Steps after which the loop begins, back to which the last step leads. Without it, nothing can happen at the end.',
      ),
  })
  .meta({
    id: 'onward',
    description: 'How it goes on once no good state can be reached: what follows the stem.',
  });

/** The schema of a path. */
export const attackSchema: z.ZodType<Attack> = z
  .strictObject({
    length: z.number().int().min(0).describe('The steps that it takes: those of the stem, if it goes on.'),
    shortest: z
      .boolean()
      .describe('Whether every path of fewer than `length` steps was looked at, and none does the same.'),
    cost: z.number().min(0).describe('The sum of the costs of the steps that need a capability.'),
    initial: z.number().int().min(0).describe('Which of the initial states it starts in.'),
    steps: z.array(step).describe('All steps, those after the stem too.'),
    onward: onwardSchema.exactOptional(),
  })
  .meta({ id: 'attack', description: 'A path, step by step.' });

const place = z
  .strictObject({ file: z.string().describe('From the folder of the run.'), line: z.number().int().min(0) })
  .meta({ id: 'place', description: 'A line of a source file.' });

/** The schema of the places of functions, by model. */
export const sourcesSchema: z.ZodType<NonNullable<Report['sources']>> = z.record(
  z.string(),
  z.strictObject({
    actions: z.record(
      z.string(),
      z.strictObject({ guard: place.exactOptional(), effect: place.exactOptional() }),
    ),
    invariants: z.record(z.string(), place),
  }),
);

/** The schema of a kept attack. */
export const corpusSchema: z.ZodType<CorpusEntry> = z
  .strictObject({
    file: z.string(),
    claim: z.string(),
    length: z.number().int().min(0),
    outcome: z.enum(['works', 'harmless', 'refused']),
    because: z.string().exactOptional().describe('Why it does not work any more.'),
    shorter: z
      .number()
      .int()
      .min(0)
      .exactOptional()
      .describe('The run found one of so many steps that answers the same question.'),
  })
  .meta({ id: 'corpus', description: 'A kept attack, which was run before anything was searched.' });

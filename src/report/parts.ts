import { z } from 'zod';
import type { Attack } from '../attack/attack.ts';
import type { Scenario, Value } from '../model/index.ts';

/** Any plain value. */
export const valueSchema: z.ZodType<Value> = z.json().meta({ id: 'value', description: 'Any JSON value.' });

/** The circumstances of a search, as the documents carry them. */
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
    changes: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
  })
  .meta({ id: 'step', description: 'One step of a path, and the fields of the state that it changed.' });

/** A path, as the report carries it. */
export const attackSchema: z.ZodType<Attack> = z
  .strictObject({
    length: z.number().int().min(0),
    shortest: z.boolean().describe('Whether every shorter path was looked at, and none does the same.'),
    cost: z.number().min(0).describe('The sum of the costs of the steps that need a capability.'),
    initial: z.number().int().min(0).describe('Which of the initial states it starts in.'),
    steps: z.array(step),
  })
  .meta({ id: 'attack', description: 'A path, step by step.' });

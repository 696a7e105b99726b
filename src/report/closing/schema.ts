import { z } from 'zod';
import type { StopEntry } from '../report.ts';

/** The schema of a defence that stops an attack. */
export const stopSchema: z.ZodType<StopEntry> = z
  .strictObject({
    defence: z.string(),
    says: z.string(),
    partsAt: z.number().int().min(0).describe('The first step that comes out otherwise, or is not possible.'),
    text: z.string().exactOptional().describe('That step as it comes out with the defence on.'),
    refusedAt: z
      .number()
      .int()
      .min(1)
      .exactOptional()
      .describe('The first step that is not possible; without it all are, and nothing is broken.'),
    claims: z
      .array(z.string())
      .exactOptional()
      .describe('Claims that ask whether another attack gets through then, and expect that none does.'),
  })
  .meta({ id: 'stop', description: 'A defence with which, alone, this attack does not work.' });

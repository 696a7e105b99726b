import { z } from 'zod';
import { attackFileSchema } from './attack-file.ts';
import { reportSchema } from './schema/schema.ts';

const documents = {
  'report-v1': { title: 'Underwatch report, version 1', schema: reportSchema },
  'attack-v1': { title: 'Underwatch attack file, version 1', schema: attackFileSchema },
} as const;

/** Returns the published JSON Schemas as text, by file name without its ending. */
export const jsonSchemas: { readonly [name: string]: () => string } = Object.fromEntries(
  Object.entries(documents).map(([name, { title, schema }]) => [
    name,
    () => `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, undefined, 2)}\n`,
  ]),
);

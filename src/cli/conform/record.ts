import { z } from 'zod';
import type { Operation, Part } from '../../conform/index.ts';
import { parseJson } from '../../model/text/json.ts';
import { Fault } from '../../model/index.ts';
import { readText } from '../workspace/read-file.ts';

/**
 * A sequence of operations that a model and an implementation do not see alike; `conform --replay` takes it.
 */
export interface SequenceFile {
  readonly schemaVersion: 1;
  readonly part: string;
  readonly oracle: string;
  readonly operations: readonly Operation[];
}

const whole = z.number().int().min(0).max(0xffff_ffff);
const bytes = z.union([z.literal(1), z.literal(2), z.literal(4)]);

const operation: z.ZodType<Operation> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('out'), port: whole.max(0xffff), bytes, value: whole }),
  z.strictObject({
    kind: z.literal('configure'),
    at: z.strictObject({ device: whole.max(31), function: whole.max(7) }),
    offset: whole.max(255),
    bytes,
    value: whole,
  }),
  z.strictObject({ kind: z.literal('store'), address: whole, value: whole.max(255) }),
  z.strictObject({ kind: z.literal('reset') }),
]);

const schema: z.ZodType<SequenceFile> = z.strictObject({
  schemaVersion: z.literal(1),
  part: z.string(),
  oracle: z.string(),
  operations: z.array(operation).max(100_000),
});

/** Makes the content of a sequence file. */
export const sequenceFile = (part: Part, operations: readonly Operation[]): SequenceFile => ({
  schemaVersion: 1,
  part: part.id,
  oracle: part.oracle,
  operations,
});

const garbled = (path: string, got: string): Fault =>
  new Fault('UW441', {
    where: path,
    expected: 'a sequence of operations, as `underwatch conform` writes it',
    got: got.slice(0, 200),
    likely: 'the file was cut short, edited by hand, or is something else',
    next: 'run `underwatch conform` without --replay: it writes one where it finds a difference',
  });

/** Reads a sequence. Throws UW301, UW320 and UW441. */
export const readSequence = (path: string): SequenceFile => {
  const text = readText(path, 'a sequence of operations');
  const parsed = schema.safeParse(parseJson(path, text, (got) => garbled(path, got)));
  if (parsed.success) return parsed.data;
  throw garbled(
    path,
    parsed.error.issues.map(({ message, path: at }) => `${at.join('.')}: ${message}`).join('; '),
  );
};

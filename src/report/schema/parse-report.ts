import { Fault } from '../../model/index.ts';
import { parseJson } from '../../model/text/json.ts';
import { shown } from '../../model/shown.ts';
import type { Report } from '../report.ts';
import { reportSchema } from './schema.ts';

const garbled = (path: string, expected: string, got: string): Fault =>
  new Fault('UW380', {
    where: path,
    expected,
    got: shown(got).slice(0, 200),
    likely: 'the file was cut short, edited by hand, or is not a report',
    next: 'name the report.json or audit.json of a run, or run `underwatch verify` again',
  });

const otherVersion = (path: string, got: string): Fault =>
  new Fault('UW381', {
    where: path,
    expected: 'schemaVersion 1',
    got: shown(got).slice(0, 200),
    likely: 'it was written by another version of underwatch',
    next: 'read it with the version that wrote it, or run `underwatch verify` again',
  });

/**
 * Reads a report. Throws UW380 for a file that is none (cut off, no JSON, other fields), UW381 for one of
 * another version of the schema, UW324 and UW325 for parts that no report has.
 */
export const parseReport = (path: string, content: string): Report => {
  const data = parseJson(path, content, (got) => garbled(path, 'a JSON document', got));
  const { schemaVersion } = (data ?? {}) as { readonly [name: string]: unknown };
  if (schemaVersion !== undefined && schemaVersion !== 1) {
    throw otherVersion(path, `schemaVersion ${JSON.stringify(schemaVersion)}`);
  }
  const parsed = reportSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] ?? { message: 'not one', path: [] };
  throw garbled(path, 'a report', `${issue.message} at ${issue.path.join('.') || 'the top'}`);
};

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../../../model/text/json.ts';
import { Fault } from '../../../../model/index.ts';
import { filesOf } from '../../../../report/files.ts';
import type { Report } from '../../../../report/report.ts';
import { reportSchema } from '../../../../report/schema/schema.ts';
import { writeReport } from '../../../../report/write.ts';
import type { Workplace } from '../../../../testing/workplace.ts';
import { mutateJson } from '../mutate-json.ts';
import { must, type Subject } from '../subject.ts';

const noJson = (got: string): Fault =>
  new Fault('UW501', { where: '', expected: '', got, likely: '', next: '' });

const filesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true }).map(String).toSorted().join();

/** Reads a changed report, and says what it is: no JSON, of no schema, or one that can be told. */
const read = (text: string): string => {
  let parsed: unknown;
  try {
    parsed = parseJson('report.json', text, noJson);
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  const report = reportSchema.safeParse(parsed);
  if (!report.success) return 'no report';
  for (const [path] of filesOf(report.data)) {
    must(
      /^(?:(?:attacks|witnesses|suites)\/)?[\w-][\w.-]*(?:~\d+\.\w+)?$/.test(path),
      `a file that is named ${path}`,
    );
  }
  return 'a report';
};

/** The subject of reports, changed, where the next report is written. */
export const reports = (place: Workplace, report: Report): Subject => {
  const folder = join(place.path, 'reports/latest');
  let whole: Promise<string> | undefined;
  place.write('reports/attacks/mine.json', '');
  const mine = (): string => readdirSync(join(place.path, 'reports/attacks')).join();
  return {
    name: 'reports',
    share: 20,
    run: async (random) => {
      whole ??= writeReport(folder, report).then(() => filesIn(folder));
      const files = await whole;
      const bytes = mutateJson(report, random);
      place.write('reports/latest/report.json', bytes);
      const outcome = read(Buffer.from(bytes).toString('utf8'));
      await writeReport(folder, report);
      must(filesIn(folder) === files, `the folder has ${filesIn(folder)}`);
      must(mine() === 'mine.json', 'a file outside of the folder is gone');
      return outcome;
    },
  };
};

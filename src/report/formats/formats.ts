import { Fault } from '../../model/index.ts';
import { jsonText } from '../document.ts';
import { markdownText } from '../markdown/markdown.ts';
import { summaryText } from '../markdown/summary.ts';
import type { Report } from '../report.ts';
import type { PageModels } from '../page/models.ts';
import { pageText } from '../page/page.ts';
import { baselineOf } from './baseline.ts';
import { ctrfOf } from './ctrf.ts';
import { githubText } from './github.ts';
import { junitText } from './junit.ts';
import { sarifOf } from './sarif.ts';

/** The name of a format that a report can be turned into. */
export type ReportFormat =
  | 'html'
  | 'junit'
  | 'sarif'
  | 'ctrf'
  | 'github'
  | 'summary'
  | 'markdown'
  | 'json'
  | 'baseline';

/** The data that a format may use beside a report. */
interface Beside {
  /** The earlier report, for a format that compares. */
  readonly earlier?: Report;
  /** The models, for a page in which they run. */
  readonly models?: PageModels;
}

interface Format {
  readonly says: string;
  readonly text: (report: Report, beside?: Beside) => string;
  readonly compares?: true;
  /** Set if it tells of claims and boards alone. */
  readonly ofClaims?: true;
}

/** The report formats, by name; each is a function of the report, and of what stands beside it. */
export const REPORT_FORMATS: { readonly [name in ReportFormat]: Format } = {
  html: {
    says: 'one page to look at, on which attacks are played',
    text: (report, { models } = {}) => pageText(report, models),
    ofClaims: true,
  },
  junit: { says: 'JUnit XML: a test for each claim', text: junitText },
  sarif: {
    says: 'SARIF 2.1.0: attacks as ways through the source of the model',
    text: (report, { earlier } = {}) => jsonText(sarifOf(report, earlier)),
    compares: true,
  },
  ctrf: { says: 'Common Test Report Format, JSON', text: (report) => jsonText(ctrfOf(report)) },
  github: { says: 'annotations of a GitHub job', text: githubText },
  summary: { says: 'Markdown in short, for a comment or the summary of a job', text: summaryText },
  markdown: { says: 'Markdown, all of it in one document', text: markdownText },
  json: { says: 'the report itself', text: jsonText },
  baseline: {
    says: 'the report without its stories, to be kept for `diff` and `--shard`',
    text: (report) => jsonText(baselineOf(report)),
    ofClaims: true,
  },
};

/** Checks a report. Throws UW453 for one of which a format has nothing to say. */
export const needTellable = (where: string, { outcomes, run }: Report, format: ReportFormat): void => {
  if (outcomes === undefined || REPORT_FORMATS[format].ofClaims !== true) return;
  const others = Object.entries(REPORT_FORMATS).flatMap(([name, { ofClaims }]) =>
    ofClaims === true ? [] : [name],
  );
  throw new Fault('UW453', {
    where,
    expected: 'a report of verify or audit',
    got: `a report of ${run.command}`,
    likely: `the format ${format} tells of claims and boards alone`,
    next: `choose another format: ${others.join(', ')}`,
  });
};

import { jsonText } from '../document.ts';
import { markdownText } from '../markdown/markdown.ts';
import { summaryText } from '../markdown/summary.ts';
import type { Report } from '../report.ts';
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

interface Format {
  readonly says: string;
  /** The text; a format that compares says what has changed since an earlier report, where one is given. */
  readonly text: (report: Report, earlier?: Report) => string;
  readonly compares?: true;
}

/** What a report can be turned into, by name; each is a function of the report alone. */
export const REPORT_FORMATS: { readonly [name in ReportFormat]: Format } = {
  html: { says: 'one page to look at, on which attacks are played', text: pageText },
  junit: { says: 'JUnit XML: a test for each claim', text: junitText },
  sarif: {
    says: 'SARIF 2.1.0: attacks as ways through the source of the model',
    text: (report, earlier) => jsonText(sarifOf(report, earlier)),
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
  },
};

import { appendFileSync, statSync } from 'node:fs';
import { githubText } from '../../report/formats/github.ts';
import { summaryText } from '../../report/markdown/summary.ts';
import type { Report } from '../../report/report.ts';
import { reasonOf } from '../../report/reason.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The largest summary that GitHub takes of one step, in bytes; more is refused whole. */
const MOST_BYTES = 2 ** 20;

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
};

/**
 * Annotates, in a job of GitHub, what is not as expected, beside the lines of the model, and adds the summary
 * to that of the step, where there is room for it. Elsewhere it does nothing.
 */
export const tellGithub = (
  report: Report,
  { err }: Pick<Terminal, 'err'>,
  env: { readonly [name: string]: string | undefined },
): void => {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  err(githubText(report));
  const path = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (path === '') return;
  const text = `${summaryText(report)}\n`;
  if (sizeOf(path) + Buffer.byteLength(text) > MOST_BYTES) {
    err('the summary of this step has no room for that of underwatch: see summary.md beside the report\n');
    return;
  }
  try {
    appendFileSync(path, text);
  } catch (error) {
    err(`the summary of this step cannot be written: ${reasonOf(error)}\n`);
  }
};

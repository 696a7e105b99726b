import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { suites } from 'underwatch/properties';
import { parseReport } from '../../report/schema/parse-report.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';
import { verifyText } from './verify-text.ts';

const BASELINE = fileURLToPath(new URL('../../../reports/baseline.json', import.meta.url));

/** Lines that are there to be pasted, or to be opened. */
const isCommand = (line: string): boolean => /npx underwatch|reports\//.test(line);

describe.each([80, 120])('what is printed of all claims that are built in, in %s columns', (width) => {
  const report = parseReport(BASELINE, readFileSync(BASELINE, 'utf8'));
  const text = verifyText(
    { suites, report, folder: 'reports/latest/verify', verbose: false, quiet: false },
    { ...quietTerminal(), width },
  );
  const lines = text.trimEnd().split('\n');

  it('has at most sixty lines, one for each suite, none of them too wide', () => {
    expect(report.claims.length).toBeGreaterThan(500);
    expect(lines.length).toBeLessThanOrEqual(60);
    for (const { id } of suites) expect(lines.filter((line) => line.split(/ +/)[1] === id).length).toBe(1);
    expect(lines.filter((line) => line.length > width && !isCommand(line))).toEqual([]);
  });

  it('ends with where to look', () => {
    expect(lines.slice(-8).join('\n')).toContain('reports/latest/verify/index.html');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { Report } from '../../report/report.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const dam = ['--config', configAt('dam')];
const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: place.path });
const written = (name: string): Report => parseReport(name, readFileSync(join(place.path, name), 'utf8'));

it('what threshold, study and cross-check decide is a report that other formats are made of', async () => {
  const range = ['--parameter', 'rain', '--from', '8', '--to', '12'];
  const ended = await Promise.all([
    run('threshold', '--claim', 'DAM-DRY', ...range, '--output', 'threshold.json', ...dam),
    run('study', 'rain', '--runs', '2000', '--seed', '5', '--output', 'study.json', ...dam),
    run('cross-check', 'dam', '--runs', '20', '--output', 'engines.json', ...dam),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([0, 1, 0]);
  const [threshold, study, engines] = ['threshold.json', 'study.json', 'engines.json'].map(written);
  expect(threshold?.outcomes).toMatchObject([
    { flips: [10], everyValue: true, probes: { 3: { value: 11, attack: { length: 11 } } } },
  ]);
  expect(threshold?.run).toMatchObject({ command: 'threshold', engine: 'exhaustive', interrupted: false });
  expect(threshold?.outcomes?.[0]?.reproduce).toBe(
    `npx underwatch threshold --claim DAM-DRY ${range.join(' ')} --config ${configAt('dam')}`,
  );
  expect(study?.outcomes).toMatchObject([{ verdict: 'shown' }, { verdict: 'refuted', outside: 313 }]);
  expect(engines?.outcomes?.every((one) => one.kind === 'engine' && one.disagreements.length === 0)).toBe(
    true,
  );
  const [junit, html] = await Promise.all([
    run('report', 'study.json', '--format', 'junit'),
    run('report', 'study.json', '--format', 'html'),
  ]);
  expect(junit.stdout).toContain(
    '<testsuites name="underwatch" tests="2" failures="1" errors="0" skipped="0"',
  );
  expect([html.code, html.stderr]).toEqual([
    2,
    expect.stringMatching(/^UW453 a format cannot tell what a report is about: study\.json\n/),
  ]);
});

it('a report that cannot be written is told', async () => {
  const { code, stderr } = await run('study', 'rain', '--runs', '10', '--output', 'none/study.json', ...dam);
  expect([code, stderr.split(' ')[0]]).toEqual([2, 'UW604']);
});

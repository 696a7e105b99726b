import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnswerEntry, Report } from '../../report/report.ts';
import { reportSchema } from '../../report/schema/schema.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';
import { createWorkplace } from '../../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const config = ['--config', configAt('door')];
const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: place.path });
const board = (name: string, ...lines: readonly string[]): string =>
  place.write(`boards/${name}/door.log`, ['door=oak', ...lines, 'end', ''].join('\n'));

board('locked', 'lock=1', 'alarm=0');
board('open', 'lock=0', 'alarm=0');
board('unknown');
board('alarmed', 'alarm=1');

const answersOf = (report: Report, name: string): readonly AnswerEntry[] =>
  report.platforms?.find((platform) => platform.name === name)?.answers ?? [];

const brief = (answers: readonly AnswerEntry[]): readonly unknown[] =>
  answers.map(({ id, verdict, decidedBy, brokenWhen, closedBy, notClosedBy }) => ({
    id,
    verdict,
    decidedBy,
    brokenWhen,
    closedBy,
    notClosedBy,
  }));

describe.concurrent('underwatch audit', () => {
  it('answers every question, says which unknown decides and which single settings close an attack', async () => {
    const paths = ['locked', 'open', 'unknown', 'alarmed'].map((name) => `boards/${name}`);
    const { code, stdout, stderr } = await run('audit', ...paths, ...config, '--json', '--out', 'all');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = reportSchema.parse(JSON.parse(stdout));
    const nothing = { decidedBy: [], brokenWhen: [], closedBy: [], notClosedBy: [] };
    expect(brief(answersOf(report, 'locked'))).toEqual([
      { id: 'Q-OPEN', verdict: 'holds', ...nothing },
      { id: 'Q-QUIET', verdict: 'holds', ...nothing },
    ]);
    expect(brief(answersOf(report, 'open'))).toEqual([
      { id: 'Q-OPEN', verdict: 'violated', ...nothing, closedBy: ['set-lock'], notClosedBy: ['set-alarm'] },
      { id: 'Q-QUIET', verdict: 'violated', ...nothing, closedBy: ['set-lock', 'set-alarm'] },
    ]);
    expect(brief(answersOf(report, 'unknown'))).toEqual([
      {
        id: 'Q-OPEN',
        verdict: 'depends',
        decidedBy: ['lock'],
        brokenWhen: [{ lock: false }],
        closedBy: ['set-lock'],
        notClosedBy: ['set-alarm'],
      },
      {
        id: 'Q-QUIET',
        verdict: 'depends',
        decidedBy: ['lock', 'alarm'],
        brokenWhen: [{ lock: false, alarm: false }],
        closedBy: ['set-lock', 'set-alarm'],
        notClosedBy: [],
      },
    ]);
    expect(brief(answersOf(report, 'alarmed')).at(1)).toEqual({
      id: 'Q-QUIET',
      verdict: 'holds',
      ...nothing,
    });
  });

  it('prints the facts, the answers and the attacks', async () => {
    const { stdout } = await run(
      'audit',
      '--gpi',
      '7',
      'boards/unknown',
      ...config,
      '--verbose',
      '--out',
      'text',
    );
    expect(stdout).toContain('unknown  oak door, bell 7\n');
    expect(stdout).toContain(
      [
        'unknown  oak door, bell 7',
        '',
        'What to do',
        '  1  set the lock',
        '     closes  Q-OPEN, Q-QUIET',
        '     with all of them no attack is left on Q-OPEN, Q-QUIET',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('  lock   unknown  the lock of the door\n');
    expect(stdout).toContain('  DOOR  0000  boards/unknown/door.log, lock\n');
    expect(stdout).toContain('  Q-QUIET  depends on lock, alarm  closed by set-lock, set-alarm\n');
    expect(stdout).toContain('  possible when   lock false, alarm false\n');
    expect(stdout).toContain('1 board: 1 with attacks\n');
  });

  it('compares several boards at the end', async () => {
    const paths = ['locked', 'unknown'].map((name) => `boards/${name}`);
    const { stdout } = await run('audit', ...paths, ...config, '--quiet', '--out', 'compare');
    expect(stdout).toContain(
      [
        'board    lock     alarm    violated',
        'locked   set      clear    0 of 2',
        'unknown  unknown  unknown  0 of 2, 2 depends',
        '',
        '2 boards: 1 with attacks',
      ].join('\n'),
    );
  });

  it('exits with 1 under --strict when an attack is possible, and with 0 when none is', async () => {
    const open = await run('audit', '--strict', 'boards/locked', 'boards/open', ...config, '--out', 'strict');
    expect(open.code).toBe(1);
    const locked = await run('audit', '--strict', 'boards/locked', ...config, '--out', 'strict', '--quiet');
    expect(locked.code).toBe(0);
  });

  it('exits with 1 under --baseline for what is worse than it was, and with 0 for what was known', async () => {
    const known = place.write('known.json', (await run('audit', 'boards/open', ...config, '--json')).stdout);
    const same = await run('audit', '--baseline', known, 'boards/open', ...config, '--out', 'base');
    expect([same.code, same.stdout]).toEqual([
      0,
      expect.stringContaining('Nothing changed since the baseline\n') as string,
    ]);
    const better = await run('audit', '--baseline', known, 'boards/locked', ...config, '--out', 'base');
    expect(better.stdout).toContain('3 changes since the baseline, 0 for the worse\n');
    expect(better.code).toBe(0);
    const locked = place.write(
      'locked.json',
      (await run('audit', 'boards/locked', ...config, '--json')).stdout,
    );
    const worse = await run('audit', '--baseline', locked, 'boards/open', ...config, '--out', 'base');
    expect(worse.stdout).toContain('  worse  Q-OPEN   holds → violated in 1 step, shortest\n');
    expect(worse.stdout).toContain('  worse  lock     set → clear\n');
    expect(worse.code).toBe(1);
    const verify = place.write('verify.json', known.length > 0 ? '{"schemaVersion":2}' : '');
    expect((await run('audit', '--baseline', verify, 'boards/open', ...config)).stderr).toContain('UW381');
  });

  it('exits with 4 when a question has no answer', async () => {
    const { code, stdout } = await run(
      'audit',
      '--max-states',
      '1',
      'boards/locked',
      ...config,
      '--out',
      'part',
    );
    expect(stdout).toContain('1 board: 0 with attacks, 1 audited in part\n');
    expect(code).toBe(4);
  });

  it('takes several files of one folder for one board, and boards of one name for two', async () => {
    place.write('boards/open/other.log', 'nothing of interest');
    place.write('more/open/door.log', 'door=elm\nlock=1\nend\n');
    const files = ['boards/open/other.log', 'boards/open/door.log', 'more/open/door.log'];
    const { stdout } = await run('audit', ...files, ...config, '--json', '--out', 'files');
    const { platforms = [] } = reportSchema.parse(JSON.parse(stdout));
    expect(platforms.map(({ name, chipset }) => [name, chipset])).toEqual([
      ['open', 'oak door, bell 0'],
      ['open-2', 'elm door, bell 0'],
    ]);
  });

  it('reads what is compressed by gzip, in UTF-16, or comes by standard input', async () => {
    const text = 'door=oak\nlock=1\nalarm=1\nend\n';
    const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
    place.write('boards/gzip/door.log', gzipSync(text));
    place.write('boards/wide/door.log', wide);
    place.write('boards/both/door.log', gzipSync(wide.swap16()));
    for (const name of ['gzip', 'wide', 'both']) {
      const { code, stdout } = await run('audit', `boards/${name}`, ...config, '--quiet', '--out', name);
      expect([code, stdout]).toEqual([0, expect.stringContaining('Q-OPEN   holds') as string]);
    }
    const piped = await runCli(['audit', '-', ...config, '--quiet', '--out', 'piped'], {
      cwd: place.path,
      input: text,
    });
    expect(piped.stdout).toContain('standard-input  oak door, bell 0');
    expect(piped.code).toBe(0);
  });

  it('writes attacks that replay', async () => {
    await run('audit', 'boards/unknown', ...config, '--out', 'attacks');
    const file = join('attacks', 'attacks', 'unknown--Q-QUIET.json');
    const { code, stdout } = await run('replay', file, ...config);
    expect(stdout).toContain('It still breaks unnoticed, as recorded.');
    expect(code).toBe(0);
  });
});

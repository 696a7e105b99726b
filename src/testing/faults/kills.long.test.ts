import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../workplace.ts';
import { filesIn, run, type Ended } from './command.ts';
import { CONFIG } from './project.ts';

/** A configuration with an auditor: whether a door is locked. */
const DOOR = fileURLToPath(new URL('../../cli/testing/door.config.ts', import.meta.url));

const place = createWorkplace();
afterAll(place.remove);

// 200 in a night.
const KILLS = Number(process.env['UNDERWATCH_KILLS'] ?? 6);
const at = (name: string): string => join(place.path, name);
const verify = (args: readonly string[], onStart?: Parameters<typeof run>[1]['onStart']): Promise<Ended> =>
  run(['verify', '--probe-runs', '20', ...args], {
    cwd: place.path,
    ...(onStart === undefined ? {} : { onStart }),
  });

/** Kills the command after so many milliseconds, unless it has ended. */
const killedAfter = (args: readonly string[], delayMs: number): Promise<Ended> =>
  verify(args, (child) => {
    void setTimeout(delayMs).then(() => child.kill('SIGKILL'));
  });

let whole: ReturnType<typeof filesIn>;
let takesMs: number;

beforeAll(async () => {
  place.write('underwatch.config.mjs', CONFIG);
  const startMs = performance.now();
  const ended = await verify(['--out', 'whole']);
  takesMs = performance.now() - startMs;
  expect(ended.code).toBe(0);
  whole = filesIn(at('whole'));
  expect(Object.keys(whole)).toEqual([
    'attacks/OPEN.json',
    'index.html',
    'report.json',
    'report.md',
    'summary.md',
  ]);
}, 120_000);

/** The instants at which to kill, some of them when the report is written, which is soon over. */
const instants = (): readonly number[] =>
  fc.sample(
    fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.9, max: 1.05, noNaN: true })),
    KILLS,
  );

const MOST_MS = 60_000 * (KILLS + 2);

describe('killed at any instant', { timeout: MOST_MS }, () => {
  it('a run that is kept goes on to the report that it would have left', async () => {
    let killed = 0;
    for (const [turn, instant] of instants().entries()) {
      const [kept, out] = [`kept-${turn}`, `out-${turn}`];
      const first = await killedAfter(
        ['--checkpoint', kept, '--checkpoint-every', '1', '--out', out],
        instant * takesMs,
      );
      if (first.signal === 'SIGKILL') killed += 1;
      // Once more in the middle, of what is left.
      await killedAfter(['--resume', kept, '--out', out], (takesMs * (1 - instant)) / 2);
      let last = await verify(['--resume', kept, '--out', out]);
      if (/UW314/.test(last.stderr)) last = await verify(['--checkpoint', kept, '--out', out]);
      expect(last.code).toBe(0);
      expect(filesIn(at(out))).toEqual(whole);
    }
    expect(killed).toBeGreaterThan(KILLS / 4);
  });

  it('a run leaves the report that was there, or its own, and nothing that hinders the next', async () => {
    for (const instant of instants().slice(0, Math.ceil(KILLS / 3))) {
      await killedAfter(['--out', 'again'], instant * takesMs);
      const { 'report.json': json, 'report.md': markdown } = filesIn(at('again'));
      expect([undefined, whole['report.json']]).toContain(json);
      expect([undefined, whole['report.md']]).toContain(markdown);
    }
    expect((await verify(['--out', 'again'])).code).toBe(0);
    expect(filesIn(at('again'))).toEqual(whole);
  });

  it('an audit leaves the report that was there, or its own', async () => {
    place.write('boards/open/door.log', 'door=oak\nlock=0\nalarm=0\nend\n');
    place.write('boards/shut/door.log', 'door=oak\nlock=1\nalarm=0\nend\n');
    const audit = (out: string, onStart?: Parameters<typeof run>[1]['onStart']): Promise<Ended> =>
      run(['audit', 'boards/open', 'boards/shut', '--config', DOOR, '--out', out], {
        cwd: place.path,
        ...(onStart === undefined ? {} : { onStart }),
      });
    const startMs = performance.now();
    expect((await audit('audited')).code).toBe(0);
    const lastsMs = performance.now() - startMs;
    const expected = filesIn(at('audited'));
    expect(Object.keys(expected)).toContain('audit.json');
    for (const instant of instants().slice(0, Math.ceil(KILLS / 3))) {
      await audit('audited-again', (child) => {
        void setTimeout(instant * lastsMs).then(() => child.kill('SIGKILL'));
      });
      for (const [name, text] of Object.entries(filesIn(at('audited-again')))) {
        // The next one may remove the work under way, and the note that somebody works there.
        if (!/\.part|\.lock$/.test(name)) expect(text).toBe(expected[name]);
      }
    }
    expect((await audit('audited-again')).code).toBe(0);
    expect(filesIn(at('audited-again'))).toEqual(expected);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../report/schema/schema.ts';
import { configAt, runCli, type Ended } from './testing/run-cli.ts';
import { createWorkplace } from '../testing/workplace.ts';

const place = createWorkplace();
afterAll(place.remove);

const out = join(place.path, 'out');

/** Starts a search that would take hours and sends SIGINT once it is under way. */
const interrupted = (): Promise<Ended> =>
  runCli(['verify', '--config', configAt('long'), '--out', out], {
    cwd: place.path,
    onStderr: (child, stderr) => {
      if (/searching .* SAFE-MOVES {2}[1-9]/.test(stderr) && !stderr.includes('stopping'))
        child.kill('SIGINT');
    },
  });

describe('SIGINT in mid-search', () => {
  it('exits with 130, keeps what was decided in a partial report, and leaves the earlier report whole', async () => {
    const before = await runCli(['verify', 'door', '--config', configAt('long'), '--out', out], {
      cwd: place.path,
    });
    expect(before.code).toBe(0);
    const earlier = readFileSync(join(out, 'report.json'), 'utf8');

    const { code, stdout, stderr } = await interrupted();
    expect(stderr).toContain('stopping at the next slice');
    expect(code).toBe(130);
    expect(stdout).toMatch(/^interrupted: (\d) of \1?\d decided, as expected$/m);
    expect(stdout).not.toContain('SAFE-CLOSED  ');
    expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(earlier);

    const partial = reportSchema.parse(JSON.parse(readFileSync(join(out, 'report.partial.json'), 'utf8')));
    expect(partial.run.interrupted).toBe(true);
    expect(partial.claims.map(({ id, verdict, bound }) => [id, verdict, bound]).slice(-2)).toEqual([
      ['SAFE-MOVES', 'violated', undefined],
      ['SAFE-CLOSED', 'unresolved', 'interrupted'],
    ]);
    expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    const after = await runCli(['verify', 'door', '--config', configAt('long'), '--out', out], {
      cwd: place.path,
    });
    expect(after.code).toBe(0);
    expect(existsSync(join(out, 'report.partial.json'))).toBe(false);
  });
});

describe('a function of a model that does not return', () => {
  const endless = ['verify', '--config', configAt('endless'), '--out', join(place.path, 'endless')];

  it('is told by name, with the state it was given, when the time limit is over', async () => {
    const { code, stdout } = await runCli([...endless, '--time-limit-ms', '1000'], { cwd: place.path });
    expect(code).toBe(2);
    expect(stdout).toContain('UW117 a function of a model does not return: model wheel, action turn');
    expect(stdout).toContain('{"at":3}');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'keeps nobody from ending the process by a second %s',
    async (name) => {
      let sent = 0;
      const startMs = performance.now();
      const { code } = await runCli(endless, {
        cwd: place.path,
        onStderr: (child, stderr) => {
          if (sent > 0 || !stderr.includes('stuck')) return;
          const again = (): void => {
            sent += 1;
            // Until it is gone: the thread that listens may not be up yet.
            if (child.kill(name)) setTimeout(again, 500);
          };
          again();
        },
      });
      expect(code).not.toBe(0);
      expect(sent).toBeGreaterThan(1);
      // Its own limit would end it after twenty seconds.
      expect(performance.now() - startMs).toBeLessThan(20_000);
    },
  );
});

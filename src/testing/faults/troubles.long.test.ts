import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lock } from '../../search/checkpoint/lock.ts';
import { createWorkplace } from '../workplace.ts';
import { filesIn, run, type Ended, type Starting } from './command.ts';
import { CONFIG } from './project.ts';

const place = createWorkplace();
afterAll(place.remove);

const sh = (line: string): SpawnSyncReturns<Buffer> => spawnSync('/bin/sh', ['-c', line]);
const isRoot = process.getuid?.() === 0;
const at = (name: string): string => join(place.path, name);
const verify = (args: readonly string[], starting: Partial<Starting> = {}): Promise<Ended> =>
  run(['verify', '--probe-runs', '0', ...args], { cwd: place.path, ...starting });

/** The claims of the small models: soon decided. */
const SMALL = ['first', 'third'];

/** A configuration with an auditor: whether a door is locked. */
const DOOR = fileURLToPath(new URL('../../cli/testing/door.config.ts', import.meta.url));

/** Checks that no process ended in a way that is not documented. */
const inGoodOrder = ({ code, stderr }: Ended, ...codes: readonly number[]): void => {
  expect(codes).toContain(code);
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
};

let small: ReturnType<typeof filesIn>;

beforeAll(async () => {
  place.write('underwatch.config.mjs', CONFIG);
  place.write('boards/open/door.log', 'door=oak\nlock=0\nalarm=0\nend\n');
  inGoodOrder(await verify([...SMALL, '--out', 'small']), 0);
  small = filesIn(at('small'));
}, 120_000);

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: 130, and what was decided is kept',
    async (signal) => {
      const ended = await verify(['--out', signal], {
        onStart: (child) => {
          child.stderr?.on('data', (text: Buffer) => {
            if (text.includes('searching')) child.kill(signal);
          });
        },
      });
      inGoodOrder(ended, 130, 0);
      expect(ended.signal).toBe(null);
      if (ended.code === 130) expect(Object.keys(filesIn(at(signal)))).toContain('report.partial.json');
    },
  );

  it('stopped and continued, it goes on', async () => {
    const ended = await verify([...SMALL, '--out', 'continued'], {
      onStart: (child) => {
        const rest = async (): Promise<void> => {
          await setTimeout(150);
          child.kill('SIGSTOP');
          await setTimeout(1500);
          child.kill('SIGCONT');
        };
        void rest();
      },
    });
    inGoodOrder(ended, 0);
    expect(filesIn(at('continued'))).toEqual(small);
  });
});

describe('where nothing can be written', () => {
  it.skipIf(!existsSync('/dev/full'))('stdout is full: UW333, and the report is whole', async () => {
    const ended = await verify([...SMALL, '--out', 'full'], { stdout: '/dev/full' });
    inGoodOrder(ended, 2);
    expect(ended.stderr).toContain('UW333');
    expect(filesIn(at('full'))).toEqual(small);
  });

  it('stdout is closed', async () => {
    const ended = await verify([...SMALL, '--out', 'closed'], {
      onStart: (child) => child.stdout?.destroy(),
    });
    inGoodOrder(ended, 0);
    expect(filesIn(at('closed'))).toEqual(small);
  });

  it('the folder goes away meanwhile: it is made again, or refused', async () => {
    const ended = await verify(['second', '--out', 'gone/deep', '--checkpoint', 'gone/kept'], {
      onStart: (child) => {
        const remove = async (): Promise<void> => {
          while (!existsSync(at('gone/deep')) && child.exitCode === null) await setTimeout(10);
          rmSync(at('gone'), { recursive: true, force: true });
        };
        void remove();
      },
    });
    inGoodOrder(ended, 0, 2);
    expect(ended.signal).toBe(null);
  });

  it.skipIf(isRoot)('the folder is read-only: UW302', async () => {
    mkdirSync(at('locked'));
    chmodSync(at('locked'), 0o500);
    const ended = await verify([...SMALL, '--out', 'locked']);
    inGoodOrder(ended, 2);
    expect(ended.stderr).toContain('UW302');
  });

  it.skipIf(!isRoot)('the disk is full: the fault of the file, and no half report', async ({ skip }) => {
    const disk = at('disk');
    mkdirSync(disk);
    if (sh(`mount -t tmpfs -o size=24k none ${disk}`).status !== 0) skip('no disk can be mounted here');
    try {
      const ended = await verify([...SMALL, '--out', 'disk/out', '--checkpoint', 'disk/kept']);
      inGoodOrder(ended, 2);
      expect(ended.stderr).toMatch(/UW302|UW313/);
      const left = filesIn(join(disk, 'out'));
      expect([undefined, small['report.json']]).toContain(left['report.json']);
      expect(Object.keys(left).filter((path) => path.endsWith('.tmp'))).toEqual([]);
    } finally {
      sh(`umount ${disk}`);
    }
  });
});

describe('two runs on one folder', () => {
  it('of checkpoints: the second is refused while the first is there', async () => {
    const refusals: Ended[] = [];
    const first = await verify(['second', '--checkpoint', 'one', '--out', 'one-a'], {
      onStart: (child) => {
        const start = async (): Promise<void> => {
          while (!existsSync(at('one/run.lock')) && child.exitCode === null) await setTimeout(10);
          refusals.push(await verify(['second', '--resume', 'one', '--out', 'one-b']));
        };
        void start();
      },
    });
    inGoodOrder(first, 0);
    while (refusals.length === 0) await setTimeout(50);
    inGoodOrder(refusals[0]!, 0, 2);
    if (refusals[0]!.code === 2) expect(refusals[0]!.stderr).toContain('UW332');
    expect(existsSync(at('one/run.lock'))).toBe(false);
  });

  it.each([
    ['verify', SMALL],
    ['audit', ['--config', DOOR, 'boards/open']],
  ])('of reports: a second %s is refused at once, and the report that is there stays', async (name, args) => {
    const out = `held-${name}`;
    const start = (): Promise<Ended> => run([name, ...args, '--out', out], { cwd: place.path });
    inGoodOrder(await start(), 0);
    const before = filesIn(at(out));
    const release = lock(out, at(`${out}/report.lock`));
    const refused = await start();
    release();
    inGoodOrder(refused, 2);
    expect(refused.stderr).toContain('UW332');
    expect(refused.stderr).toContain(`process ${process.pid} on `);
    expect(refused.stdout).toBe('');
    expect(filesIn(at(out))).toEqual(before);
    inGoodOrder(await start(), 0);
  });

  it('of reports: two at the same time leave one whole report', async () => {
    const both = await Promise.all([
      verify([...SMALL, '--out', 'both']),
      verify([...SMALL, '--out', 'both']),
    ]);
    for (const ended of both) inGoodOrder(ended, 0, 2);
    expect(both.some(({ code }) => code === 0)).toBe(true);
    expect(filesIn(at('both'))).toEqual(small);
  });

  it('of reports: what one left that was killed is no hindrance', async () => {
    const killed = await verify(['second', '--out', 'killed'], {
      onStart: (child) => {
        const kill = async (): Promise<void> => {
          while (!existsSync(at('killed/report.lock')) && child.exitCode === null) await setTimeout(5);
          child.kill('SIGKILL');
        };
        void kill();
      },
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(existsSync(at('killed/report.lock'))).toBe(true);
    inGoodOrder(await verify([...SMALL, '--out', 'killed']), 0);
    expect(filesIn(at('killed'))).toEqual(small);
  });
});

describe('with little of everything', () => {
  it.each([
    ['few files', { before: 'ulimit -n 24' }],
    ['a small heap', { node: ['--max-old-space-size=64'] }],
    ['a date that jumps', { node: ['--require', './dates.cjs'] }],
    ['a clock that jumps, which is time that has passed', { node: ['--require', './jumps.cjs'] }],
  ])('%s: it ends as documented, with the same report or none', async (name, starting) => {
    const jump = 'let turn = 0; const jump = () => ((turn += 1) % 3 === 0 ? -86400000 : 86400000);';
    place.write('dates.cjs', `const { now } = Date; ${jump} Date.now = () => now() + jump();`);
    place.write(
      'jumps.cjs',
      `const { now } = performance; ${jump} performance.now = () => now.call(performance) + jump();`,
    );
    const folder = name.replaceAll(' ', '-');
    const ended = await verify([...SMALL, '--out', folder], starting);
    const { code, stderr, stdout } = ended;
    inGoodOrder(ended, 0, 1, 2);
    if (code === 0) expect(filesIn(at(folder))).toEqual(small);
    else expect(code === 1 ? stdout : stderr).toMatch(code === 1 ? /timeLimitMs/ : /UW\d{3}/);
  });

  it.each(['700000', '1100000', '4000000'])(
    'an address space of %s KiB: the report is right, or the one that was there stays',
    async (size) => {
      const folder = `space-${size}`;
      inGoodOrder(await verify([...SMALL, '--out', folder]), 0);
      // Node may not even start: then it aborts with words of its own.
      const ended = await verify([...SMALL, '--out', folder], { before: `ulimit -v ${size}` });
      // A process that aborts releases nothing: the lock is as that of one that was killed.
      const { 'report.lock': _lock, ...left } = filesIn(at(folder));
      expect(left).toEqual(small);
      if (size === '4000000') expect(ended.code).toBe(0);
    },
  );
});

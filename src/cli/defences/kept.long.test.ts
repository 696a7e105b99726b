import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const LONG_MS = 280_000;

const keptBytes = (folder: string): number =>
  statSync(join(place.path, folder, 'defences.checkpoint'), { throwIfNoEntry: false })?.size ?? 0;

/** Runs the command and kills it once a further search was kept. */
const killed = (folder: string, ...args: readonly string[]): Promise<Ended> => {
  const before = keptBytes(folder);
  // A file of no search has some hundred bytes.
  const isFurther = (): boolean => keptBytes(folder) > Math.max(before, 600);
  return runCli(['defences', ...args], {
    cwd: place.path,
    onStart: (child) => {
      const wait = async (): Promise<void> => {
        while (!isFurther() && child.exitCode === null) await setTimeout(5);
        child.kill('SIGKILL');
      };
      void wait();
    },
  });
};

describe('defences that are killed', () => {
  it(
    'go on with what was found, to the same answer',
    async () => {
      const whole = await runCli(['defences', 'deferral', '--json'], { cwd: place.path });
      const first = await killed('kept', 'deferral', '--json', '--checkpoint', 'kept');
      const second = await killed('kept', 'deferral', '--json', '--resume', 'kept');
      expect([first.code, second.code]).toEqual([null, null]);
      const last = await runCli(['defences', 'deferral', '--json', '--resume', 'kept'], { cwd: place.path });
      expect([last.code, last.stdout]).toEqual([whole.code, whole.stdout]);
    },
    LONG_MS,
  );
});

describe('parts of defences', () => {
  it('are put together to the answer of one run', async () => {
    const run = (...args: readonly string[]): Promise<Ended> =>
      runCli(['defences', 'keep', '--matrix', ...args, '--config', configAt('keep')], { cwd: place.path });
    const whole = await run('--json');
    for (const index of [1, 2]) {
      const part = await run('--shard', `${index}/2`, '--checkpoint', `part-${index}`);
      expect([part.code, part.stdout.startsWith(`part ${index} of 2: `)]).toEqual([0, true]);
    }
    const merged = await run('--json', '--merge', 'part-1', 'part-2');
    expect([merged.code, merged.stdout]).toEqual([whole.code, whole.stdout]);
  });

  it.each([
    ['--shard', '1/2'],
    ['--checkpoint', 'a', '--resume', 'b'],
    ['--merge', 'nowhere'],
    ['--resume', 'nowhere'],
  ])('are refused with %s %s', async (...args) => {
    const asked = ['defences', 'keep', '--config', configAt('keep'), ...args];
    const { code, stderr } = await runCli(asked, { cwd: place.path });
    expect([code, /^UW3(04|14)/.test(stderr)]).toEqual([2, true]);
  });
});

// The environment matters three hundred steps deep, where no sample of the model comes.
const DEEP = `
import { defineConfig, suite } from 'underwatch';
const depth = Number(process.env.DEPTH);
const model = {
  id: 'well', says: 'a well', defences: { lid: 'a lid', rope: 'a rope' }, capabilities: {}, parameters: {},
  initial: () => ({ n: 0, lost: false }),
  actions: {
    down: { actor: 'user', says: 'goes down', when: (s) => s.n < 400, then: (d) => { d.n += 1; } },
    fall: {
      actor: 'user', says: 'falls',
      when: (s, _, { defends }) => (s.n === 1 && !defends('lid') && !defends('rope')) || (s.n === depth && !defends('rope')),
      then: (d) => { d.lost = true; },
    },
  },
  invariants: { safe: { kind: 'always', says: 'is safe', source: 'test', holds: (s) => !s.lost } },
};
const claim = { invariant: 'safe', without: ['lid', 'rope'], expect: 'violated', says: 'is not safe', source: 'test' };
export default defineConfig({ suites: [suite({ id: 'wells', says: 'wells', model, claims: { FALL: claim } })] });
`;

describe('searches of defences that are kept', () => {
  it('are not those of another environment', async () => {
    writeFileSync(join(place.path, 'well.config.mjs'), DEEP);
    const ask = (depth: number, ...args: readonly string[]): Promise<Ended> =>
      runCli(['defences', 'FALL', '--config', 'well.config.mjs', ...args], {
        cwd: place.path,
        env: { DEPTH: String(depth) },
      });
    const first = await ask(500, '--checkpoint', 'well');
    expect(first.stdout).toContain('lid, or rope');
    expect((await ask(500, '--resume', 'well')).stdout).toBe(first.stdout);
    const other = await ask(300, '--resume', 'well');
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringMatching(/UW312.*environment variable DEPTH:/s),
    ]);
    expect((await ask(300)).stdout).not.toContain('lid, or rope');
  });
});

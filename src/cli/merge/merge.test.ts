import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { jsonText } from '../../report/document.ts';
import { reportSchema } from '../../report/schema/schema.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { main } from '../program.ts';
import { quietTerminal } from '../testing/fuzz/quiet-terminal.ts';
import { configAt, runCli } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const timeless = (folder: string): string => {
  const { timing: _, ...rest } = reportSchema.parse(
    JSON.parse(readFileSync(join(place.path, folder, 'report.json'), 'utf8')),
  );
  return jsonText(rest);
};

it('joins what shards left in their folders to what one run leaves', async () => {
  const verify = (...args: readonly string[]): ReturnType<typeof runCli> =>
    runCli(['verify', '--config', configAt('wrong'), ...args], { cwd: place.path });
  const ended = await Promise.all([verify('--shard', '1/2'), verify('--shard', '2/2')]);
  const whole = await verify('--out', 'whole');
  expect(ended.map(({ code }) => code)).toEqual([1, 1]);
  const files = [1, 2].map((index) =>
    join(place.path, `reports/latest/verify-shard-${index}-of-2/report.json`),
  );
  const terminal = quietTerminal();
  const out = join(place.path, 'merged');
  const code = await main(['merge', ...files, '--out', out, '--quiet'], terminal);
  expect(code).toBe(whole.code);
  expect(terminal.read().out).toContain('not as expected');
  expect(timeless('merged')).toBe(timeless('whole'));
  expect(await main(['merge', files[0]!, '--out', out], quietTerminal())).toBe(2);
});

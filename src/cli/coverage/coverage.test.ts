import { afterAll, expect, it } from 'vitest';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli, type Ended } from '../testing/run-cli.ts';

const place = createWorkplace();
afterAll(place.remove);

const run = (...args: readonly string[]): Promise<Ended> =>
  runCli([...args, '--config', configAt('door')], { cwd: place.path });

it('says of a stored report what its claims leave untouched', async () => {
  await run('verify', '--out', 'out', '--quiet');
  const { code, stdout } = await run('coverage', 'out/report.json');
  expect([code, stdout]).toEqual([
    0,
    [
      'door  7 claims, searches: 5; some ended before they had looked at every state',
      '  never possible    ring',
      '  speak of nothing  DOOR-BELL',
      '  have no witness   DOOR-QUIET',
      '',
    ].join('\n'),
  ]);
  const none = await run('coverage');
  expect([none.code, none.stderr.slice(0, 5)]).toEqual([2, 'UW301']);
});

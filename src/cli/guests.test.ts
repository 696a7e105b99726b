import { afterAll, describe, expect, test } from 'vitest';
import { createWorkplace } from '../testing/workplace.ts';
import { reportSchema } from '../report/schema/schema.ts';
import { configAt, runCli, type Ended } from './testing/run-cli.ts';

const workplace = createWorkplace();
afterAll(() => workplace.remove());

const verify = (misdeed: string): Promise<Ended> =>
  runCli(['verify', '--config', configAt('guest'), '--json'], {
    cwd: workplace.path,
    env: { MISDEED: misdeed },
  });

describe('code of a configuration', () => {
  test('does nothing to the report but give its verdict', async () => {
    const { code, stdout } = await verify('nothing');
    expect(code).toBe(1);
    expect(reportSchema.parse(JSON.parse(stdout)).claims[0]).toMatchObject({ verdict: 'violated' });
  });

  test.each(['prints', 'sets', 'exitsAndCatches'])('cannot spoil the document: it %s', async (misdeed) => {
    const { code, stdout, stderr } = await verify(misdeed);
    expect(code, stderr).toBe(1);
    expect(reportSchema.parse(JSON.parse(stdout)).claims).toHaveLength(1);
    if (misdeed !== 'prints') return;
    for (const text of ['{"claims": "forged"}\n', 'to stderr\n', 'without a line break'])
      expect(stderr).toContain(text);
  });

  test('that ends the process in a model costs the claims of the model', async () => {
    const { code, stdout } = await verify('exits');
    expect(code).toBe(2);
    const { claims } = reportSchema.parse(JSON.parse(stdout));
    expect(claims[0]).toMatchObject({ verdict: 'unresolved', error: { code: 'UW342' } });
    expect(claims[0]?.error?.where).toMatch(/^process\.exit\(0\), at .*guest\.config\.ts:\d+:\d+$/);
  });

  test.each([
    ['exitsAtOnce', /^UW342 .*process\.exit\(0\), at\s+\S*guest\.config\.ts:\d+:\d+$/m],
    ['neverLoads', /^UW342 .*the configuration, or what it imports$/m],
  ])('that does so elsewhere ends the run, and not as a success: it %s', async (misdeed, told) => {
    const { code, stdout, stderr } = await verify(misdeed);
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(told);
  });

  const nobodyWaits = /^UW343 .*\s\S*guest\.config\.ts:\d+:\d+\n(.*\n)* +got +RangeError: nobody waits$/m;
  test.each([
    ['rejects', nobodyWaits],
    ['throwsLater', nobodyWaits],
    ['exitsLater', /^UW342 .*process\.exit\(0\), at\s+\S*guest\.config\.ts:\d+:\d+$/m],
  ])('that fails where nobody waits is told, and costs no claim: it %s', async (misdeed, told) => {
    const { code, stdout, stderr } = await verify(misdeed);
    expect(code, stderr).toBe(2);
    expect(reportSchema.parse(JSON.parse(stdout)).claims[0]).toMatchObject({ verdict: 'violated' });
    expect(stderr).toMatch(told);
  });

  test.each(['leavesTimer', 'leavesServer', 'failsForEver'])(
    'keeps no process that has come to its end: it %s',
    async (misdeed) => {
      const { code, stdout } = await verify(misdeed);
      expect(code).toBe(misdeed === 'failsForEver' ? 2 : 1);
      expect(reportSchema.parse(JSON.parse(stdout)).claims).toHaveLength(1);
    },
  );
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacksBrowser, openPage, startBrowser } from '../../testing/browser.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt, runCli } from '../testing/run-cli.ts';

const BIN = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));

const place = createWorkplace();
afterAll(place.remove);

/** Serves a page while `look` looks at it; returns how the command ended once it was interrupted. */
const whileServing = async (
  args: readonly string[],
  look: (url: string) => Promise<void>,
): Promise<number | null> => {
  const child = spawn(process.execPath, [BIN, ...args, '--no-browser'], {
    cwd: place.path,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  try {
    const [line] = (await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended])) as [string];
    expect(line).toMatch(/^http:/);
    await look(line.trim());
  } finally {
    child.kill('SIGINT');
  }
  return (await ended)[0];
};

describe.skipIf(lacksBrowser())('what is served, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it('is a built-in model that nobody has searched, of which each step can be chosen, up to a violation', async () => {
    const code = await whileServing(['explore', 'H-DEFER'], async (url) => {
      const { page, troubles } = await openPage(browser, url);
      await page.waitForSelector('.ways');
      expect(await page.textContent('h1')).toBe('hypersentry');
      expect(await page.textContent('.ways li')).toContain(
        'asks for a measurement, over the management network',
      );
      const choose = async (search: string, name: RegExp): Promise<void> => {
        await page.getByRole('searchbox').fill(search);
        await page.getByRole('button', { name }).first().click();
      };
      await page.getByRole('button', { name: /asks for a measurement/ }).click();
      await choose('ALT_GP_SMI_EN', /ALT_GP_SMI_EN\.GPI0 := 0/);
      await choose('pulse', /pulse/);
      await choose('GPE0_STS reads', /reads GPE0_STS .* breaks I-STEALTH/);
      expect(await page.textContent('.count')).toBe('step 4 of 4');
      expect(await page.textContent('.alarming')).toBe('Also broken: I-STEALTH at step 4');
      const there = page.url();
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await page.textContent('.count')).toBe('step 3 of 3');
      await page.goto(there);
      await page.waitForSelector('.ways');
      expect(await page.textContent('.count')).toBe('step 4 of 4');
      expect(troubles).toEqual([]);
    });
    expect(code).toBe(0);
  });

  it("is a model of a user's own, in a scenario of the command line", async () => {
    const args = [
      'explore',
      'door',
      '--without',
      'steel',
      '--set',
      'lock=true',
      '--config',
      configAt('door'),
    ];
    const code = await whileServing(args, async (url) => {
      const { page, troubles } = await openPage(browser, url);
      await page.waitForSelector('.ways');
      await page.getByRole('button', { name: /picks the lock/ }).click();
      await page.getByRole('button', { name: /pushes the door.*breaks shut/ }).click();
      expect(await page.textContent('.count')).toBe('step 2 of 2');
      expect(troubles).toEqual([]);
    });
    expect(code).toBe(0);
  });

  it('is the page of a report, with its models', async () => {
    const door = ['--config', configAt('door')];
    await runCli(['verify', ...door], { cwd: place.path });
    const code = await whileServing(['open', ...door], async (url) => {
      const { page, troubles } = await openPage(browser, `${url}#/try/claim/DOOR-PICKED`);
      await page.waitForSelector('.ways');
      await page
        .getByRole('button', { name: /picks the lock/ })
        .last()
        .click();
      expect(await page.textContent('.count')).toBe('step 1 of 1');
      expect(troubles).toEqual([]);
    });
    expect(code).toBe(0);
  });
});

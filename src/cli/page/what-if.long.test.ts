import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageText } from '../../report/page/page.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import { lacksBrowser, openPage, startBrowser } from '../../testing/browser.ts';
import { createWorkplace } from '../../testing/workplace.ts';
import { configAt } from '../testing/run-cli.ts';

const BIN = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const place = createWorkplace();
afterAll(place.remove);

const verified = (name: string, ...args: readonly string[]): string => {
  const folder = join(place.path, name);
  execFileSync(process.execPath, [BIN, 'verify', ...args, '--out', folder], { encoding: 'utf8' });
  return pathToFileURL(join(folder, 'index.html')).href;
};

const texts = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).allTextContents();
/** The numbers of the instances of a path, as its address has them. */
const pathIn = (page: Page): readonly string[] =>
  (new URLSearchParams(page.url().split('?')[1]).get('path') ?? '').split('.');

describe.skipIf(lacksBrowser())('what if, in a page', () => {
  let browser: Browser;
  let defer: string;
  let door: string;

  beforeAll(async () => {
    browser = await startBrowser();
    defer = verified('defer', '--claim', 'H-DEFER');
    door = verified('door', '--config', configAt('door'));
  }, 120_000);
  afterAll(() => browser.close());

  it('goes from a step of an attack another way, into a violation and back', async () => {
    const { page, troubles } = await openPage(browser, `${defer}#/claim/H-DEFER/step/3`);
    await page.getByRole('link', { name: 'What if something else happens after step 3?' }).click();
    await page.waitForSelector('.ways');
    expect(await page.textContent('.ways li')).toContain('the recorded path goes here');
    await page.getByRole('searchbox').fill('GPE0_STS reads');
    await page.getByRole('button', { name: /reads GPE0_STS .* breaks I-STEALTH/ }).click();
    expect(await page.textContent('.count')).toBe('step 4 of 4');
    expect(await page.textContent('.alarming')).toBe('Also broken: I-STEALTH at step 4');
    expect(await page.textContent('.lanes .flag')).toBe('goes another way from here');
    const forked = page.url();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.textContent('.count')).toBe('step 3 of 10');
    await page.goto(forked);
    await page.waitForSelector('.ways');
    expect([await page.textContent('.count'), pathIn(page).length]).toEqual(['step 4 of 4', 4]);
    expect(troubles).toEqual([]);
  });

  it('says at each step what the invariant says, and by what it is broken', async () => {
    const { page } = await openPage(browser, `${defer}#/claim/H-DEFER/step/10`);
    await page.waitForSelector('.strip');
    const marks = await page
      .locator('.judged')
      .first()
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(marks).toHaveLength(11);
    expect(marks.at(-1)).toBe('after step 10: broken');
    expect((await texts(page, '.judged:first-child .grounds li'))[0]).toMatch(
      /^verifier\.phase = "accepted" with "\w+" it would not be broken$/,
    );
  });

  it('goes the same path in another scenario, as far as it then goes', async () => {
    const { page, troubles } = await openPage(browser, `${defer}#/try/claim/H-DEFER?step=10`);
    await page.waitForSelector('.ways');
    await page.locator('summary', { hasText: 'Scenario:' }).click();
    await page.getByRole('checkbox', { name: /^gpiGateLock/ }).check();
    expect(await page.textContent('.trouble')).toMatch(
      /The path ends here: step 2 is not possible here: hypervisor: ALT_GP_SMI_EN\.GPI0 := 0/,
    );
    expect(await page.textContent('.count')).toBe('step 1 of 1');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.textContent('.count')).toBe('step 10 of 10');
    expect(await page.locator('.lanes .flag').allTextContents()).toEqual(['breaks I-COMPLETE']);
    expect(troubles).toEqual([]);
  });

  it("lets a user's own model run as well, from its sources", async () => {
    const { page, troubles } = await openPage(browser, `${door}#/try/claim/DOOR-PICKED`);
    await page.waitForSelector('.ways');
    await page
      .getByRole('button', { name: /picks the lock/, exact: false })
      .last()
      .click();
    await page
      .getByRole('button', { name: /pushes the door.*breaks shut/ })
      .last()
      .click();
    expect(await page.textContent('.judged .badge')).toBe('broken at step 2');
    await page
      .getByRole('button', { name: /^alarm rings/ })
      .last()
      .click();
    expect(await page.textContent('.ways h3')).toBe('Nothing can happen after step 3');
    expect(troubles).toEqual([]);
  });

  it('says so where the models are not in the page, or are not those of the run', async () => {
    const path = join(place.path, 'defer/report.json');
    const report = parseReport(path, readFileSync(path, 'utf8'));
    const without = place.write('none.html', pageText(report, { kind: 'absent', because: 'a reason' }));
    const none = await openPage(browser, `${pathToFileURL(without).href}#/claim/H-DEFER`);
    expect(await none.page.textContent('.side > .quiet')).toBe(
      'What else could happen cannot be tried here: a reason.',
    );
    const claims = report.claims.map((claim) => ({
      ...claim,
      attack: claim.attack && {
        ...claim.attack,
        steps: claim.attack.steps.map((step, at) => (at === 4 ? { ...step, text: 'something else' } : step)),
      },
    })) as typeof report.claims;
    const other = place.write('other.html', pageText({ ...report, claims }));
    const { page } = await openPage(browser, `${pathToFileURL(other).href}#/try/claim/H-DEFER`);
    expect(await page.textContent('.trouble')).toBe(
      'The model in this page is not the one of the recorded path: step 5 comes out otherwise.',
    );
  });

  it.each(['light', 'dark'] as const)('keeps nobody out: axe, %s, wide and narrow', async (colorScheme) => {
    for (const view of [`${defer}#/try/claim/H-DEFER?step=8`, `${defer}#/claim/H-DEFER/step/10`]) {
      for (const width of [1280, 390]) {
        const { page } = await openPage(browser, view, { colorScheme, viewport: { width, height: 900 } });
        await page.waitForSelector('.strip');
        for (const summary of await page.locator('summary').all()) await summary.click();
        await page.evaluate(AXE);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(
          violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          `${view} at ${width}`,
        ).toEqual([]);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(overflow, `${view} at ${width}`).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    }
  });
});

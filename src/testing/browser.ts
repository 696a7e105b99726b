import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** The path of Chromium on Debian, unless the environment names another. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Whether to leave out tests in a browser: there is none, and this is no run of CI, where its absence is a
 * failure. Says so aloud.
 */
export const lacksBrowser = (): boolean => {
  const missing = !existsSync(CHROMIUM);
  if (missing) {
    // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
    console.warn(`NOT TESTED: the page in a browser: no ${CHROMIUM} (Debian package chromium)`);
  }
  return missing && process.env['CI'] === undefined;
};

/** Starts a browser without a window. */
export const startBrowser = (): Promise<Browser> =>
  // Its own sandbox needs more rights than tests have where they run as root.
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A watched page, on which errors, and requests to the network, are noted. */
export interface Watched {
  readonly page: Page;
  /** Errors, dialogs, breaches of the page's policy, and addresses other than its own. */
  readonly troubles: string[];
}

/** Opens `url`, and waits until there is something to read. */
export const openPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('dialog', (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const origin = url.startsWith('file:') ? 'file:' : new URL(url).origin;
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) troubles.push(request.url());
  });
  await page.goto(url);
  await page.waitForSelector('h1');
  return { page, troubles };
};

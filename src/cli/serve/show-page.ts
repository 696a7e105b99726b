import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openInBrowser } from './browser.ts';
import { servePage } from './serve.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const untilSignal = (): { readonly came: Promise<void>; readonly forget: () => void } => {
  let heard = (): void => undefined;
  const came = new Promise<void>((resolve) => {
    heard = resolve;
    for (const name of SIGNALS) process.on(name, heard);
  });
  return {
    came,
    forget: () => {
      for (const name of SIGNALS) process.off(name, heard);
    },
  };
};

const tellOpened = async (terminal: Terminal, url: string): Promise<void> => {
  const trouble = await openInBrowser(url);
  if (trouble === undefined) return;
  terminal.err(`no browser was started, as ${trouble}; open the address in one yourself\n`);
};

/** Serves a page and opens it in the browser, if it may, until a signal ends that. Throws UW451. */
export const showPage = async (
  terminal: Terminal,
  html: string,
  { browser }: { readonly browser: boolean },
): Promise<ExitCode> => {
  const { came, forget } = untilSignal();
  const { close, url } = await servePage(html);
  terminal.out(`${url}\n`);
  terminal.err('this machine alone can open it, until Ctrl-C\n');
  // A browser may end when its window is closed: nobody waits for that.
  if (browser) void tellOpened(terminal, url);
  await came;
  forget();
  await close();
  return EXIT.asExpected;
};

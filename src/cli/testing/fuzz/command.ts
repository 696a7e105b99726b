import { EXIT } from '../../exit-codes.ts';
import { main } from '../../program.ts';
import { quietTerminal } from './quiet-terminal.ts';
import { must } from './subject.ts';

/** The output of a command, and its outcome: the code of its fault, or how it ended. */
export interface Said {
  readonly outcome: string;
  readonly out: string;
}

/**
 * Runs a command in this process. Throws for an internal error, a stack trace, or bad input without a code.
 */
export const command = async (args: readonly string[]): Promise<Said> => {
  const terminal = quietTerminal();
  const exit = await main(args, terminal);
  const { out, err } = terminal.read();
  must(exit !== EXIT.internal, `an internal error: ${err}`);
  must(!/^\s+at .*:\d+:\d+\)?$/m.test(`${err}\n${out}`), `a stack trace: ${err}${out}`);
  must(({} as { length?: unknown }).length === undefined, 'all objects were changed');
  if (exit !== EXIT.badInput) return { outcome: `exit ${exit}`, out };
  // An empty request: there is no fault in it, but nothing to do either.
  if (/^Usage: underwatch \[options\] \[command\]$/m.test(err)) return { outcome: 'usage', out };
  const [code] = /\bUW\d{3}\b/.exec(`${err}${out}`) ?? [];
  must(code !== undefined, `bad input without a code: ${err}`);
  return { outcome: code ?? '', out };
};

import type { ExitCode } from './exit-codes.ts';

// The original is kept from before there was a configuration, whose calls are refused.
const exit = process.exit.bind(process);
let isOver = false;

/** Notes that the command has come to its end, so that the process may end. */
export const comeToEnd = (): void => {
  isOver = true;
};

/** Whether the command has come to its end. */
export const hasEnded = (): boolean => isOver;

/** Ends the process at once. */
export const leave = (code: ExitCode): never => {
  comeToEnd();
  return exit(code);
};

/** The exit codes of the command, and their meanings. */
export const EXIT = {
  /** Success: everything came out as expected. */
  asExpected: 0,
  /** Failure: a verdict is not as expected, or an attack no longer works, or `--strict` found one. */
  unexpected: 1,
  /** Bad input: the command line, a file, a model or a board cannot be used. */
  badInput: 2,
  /** An internal error: a bug of underwatch itself. */
  internal: 3,
  /** An audit in part: data that a board's logs do not have leaves a question without an answer. */
  inPart: 4,
  /** An interruption by the user; a partial report is written. */
  interrupted: 130,
} as const;

/** An exit code. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Takes the exit code of a command. */
export type Finish = (code: ExitCode) => void;

/** The exit codes of the command, and their meanings. */
export const EXIT = {
  /** Success: everything came out as expected. */
  asExpected: 0,
  /** A verdict is not as expected, or an attack no longer works, or `--strict` found one. */
  unexpected: 1,
  /** The command line, a file, a model or a board cannot be used. */
  badInput: 2,
  /** A bug of underwatch itself. */
  internal: 3,
  /** A board was audited in part: what its logs do not tell leaves a question without an answer. */
  inPart: 4,
  /** Stopped by the user; a partial report is written. */
  interrupted: 130,
} as const;

/** One of them. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Takes the exit code of a command. */
export type Finish = (code: ExitCode) => void;

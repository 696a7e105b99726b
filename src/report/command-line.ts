/** Quotes an argument for a POSIX shell. */
export const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;

/** Writes a command as a line to paste. */
export const commandLine = (...words: readonly string[]): string =>
  ['npx underwatch', ...words.map(quoted)].join(' ');

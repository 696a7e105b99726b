/** An argument as a POSIX shell takes it. */
export const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;

/** A command as a line to paste. */
export const commandLine = (...words: readonly string[]): string =>
  ['npx underwatch', ...words.map(quoted)].join(' ');

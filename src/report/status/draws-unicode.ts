type Environment = { readonly [name: string]: string | undefined };

/**
 * Whether the locale or the terminal says that it draws more than ASCII. Where neither says anything, it
 * does: most that say nothing do.
 */
export const drawsUnicode = (env: Environment): boolean => {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '');
  return locale === undefined || /utf-?8/i.test(locale);
};

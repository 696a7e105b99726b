import { getSystemErrorMap } from 'node:util';

/** Returns the reason in an error of the file system, in the system's own words. */
export const reasonOf = (error: unknown): string => {
  const { errno, code } = error as { readonly errno?: number; readonly code?: string };
  const [, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return words === undefined ? String(error) : `${words} (${code})`;
};

import { spawn } from 'node:child_process';

/** A program that opens an address in the user's browser, and its arguments before the address. */
type Opener = readonly [program: string, ...before: readonly string[]];

type Environment = { readonly [name: string]: string | undefined };

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** Returns a program that opens an address here; or says why none does. */
const openerOf = (platform: NodeJS.Platform, env: Environment): Opener | string => {
  if (platform === 'darwin') return ['open'];
  // An empty title: `start` takes the first argument in quotes for one.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']) || isSet(env['BROWSER'])
    ? ['xdg-open']
    : 'there is no screen: DISPLAY, WAYLAND_DISPLAY and BROWSER are not set';
};

/**
 * Opens an address in the browser. Resolves to nothing once it was taken, and to the reason where it was not.
 * A program may go on running for as long as the browser does.
 */
export const openInBrowser = (
  url: string,
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> => {
  const opener = openerOf(platform, env);
  if (typeof opener === 'string') return Promise.resolve(opener);
  const [program, ...before] = opener;
  return new Promise((resolve) => {
    const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true, env: { ...env } });
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? `${program} is not installed` : `${program}: ${error.message}`),
    );
    child.once('exit', (code) =>
      resolve(code === 0 ? undefined : `${program} ended with ${code ?? 'a signal'}`),
    );
    child.unref();
  });
};

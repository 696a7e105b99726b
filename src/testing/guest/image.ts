import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cpioOf, type Entry } from './cpio.ts';

/**
 * The variable that names the folder where a Debian kernel package was unpacked: `boot` and `lib/modules`
 * below it.
 */
export const KERNEL = 'UNDERWATCH_GUEST_KERNEL';

const inFolder = (folder: string, name: RegExp): string | undefined => {
  if (!existsSync(folder)) return undefined;
  const found = readdirSync(folder).find((each) => name.test(each));
  return found === undefined ? undefined : join(folder, found);
};

/**
 * Finds the kernel that a guest runs, and its module of model-specific registers; undefined where there is
 * none.
 */
export const guestKernel = (): { readonly kernel: string; readonly msrModule: string } | undefined => {
  const root = process.env[KERNEL] ?? '/';
  const kernel = inFolder(join(root, 'boot'), /^vmlinuz-/);
  const modules = inFolder(join(root, 'lib/modules'), /./);
  const msrModule =
    modules === undefined ? undefined : inFolder(join(modules, 'kernel/arch/x86/kernel'), /^msr\.ko$/);
  return kernel === undefined || msrModule === undefined ? undefined : { kernel, msrModule };
};

const foldersOf = (paths: readonly string[]): readonly Entry[] => {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  return [...folders].toSorted().map((path) => ({ path, folder: true as const }));
};

/** Returns the files of a folder and below it. */
export const filesBelow = (folder: string, to: string): readonly Entry[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path: join(to, relative(folder, path)), bytes: readFileSync(path) }));

/** Returns entries with this Node and the libraries that it needs. */
export const nodeEntries = (): readonly Entry[] => {
  const node = realpathSync(process.execPath);
  const libraries = [...execFileSync('ldd', [node], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path = '']) => path,
  );
  return [
    { path: 'bin/node', bytes: readFileSync(node) },
    ...libraries.map((path) => ({ path: path.slice(1), bytes: readFileSync(path) })),
  ];
};

const APPLETS = ['cat', 'dd', 'devmem', 'echo', 'head', 'id', 'insmod', 'ls', 'mount', 'od', 'printf', 'sed'];
const MORE_APPLETS = ['sh', 'sleep', 'sync', 'tail', 'tr', 'uname'];

/**
 * Makes an image with busybox, the module of model-specific registers, `/init`, and other files that are
 * given.
 */
export const guestImage = (msrModule: string, init: string, others: readonly Entry[]): Uint8Array => {
  const files: readonly Entry[] = [
    { path: 'init', bytes: new TextEncoder().encode(init) },
    {
      path: 'bin/busybox',
      bytes: readFileSync(execFileSync('which', ['busybox'], { encoding: 'utf8' }).trim()),
    },
    { path: 'msr.ko', bytes: readFileSync(msrModule) },
    ...[...APPLETS, ...MORE_APPLETS].map((name) => ({ path: `bin/${name}`, to: 'busybox' })),
    ...others,
  ];
  const roots = ['proc/x', 'sys/x', 'dev/x', 'tmp/x'];
  return cpioOf([...foldersOf([...files.map(({ path }) => path), ...roots]), ...files]);
};

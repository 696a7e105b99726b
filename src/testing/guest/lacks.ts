import { spawnSync } from 'node:child_process';
import { guestKernel, KERNEL } from './image.ts';

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).error === undefined;

/**
 * Whether to leave out tests that run a guest: QEMU, busybox or a kernel is not here, and this is no run of
 * CI. Says so aloud.
 */
export const lacksGuest = (): boolean => {
  const missing = [
    ...(runs('qemu-system-x86_64', '--version') ? [] : ['qemu-system-x86_64']),
    ...(runs('busybox', '--help') ? [] : ['busybox']),
    ...(runs('inl', '--help') ? [] : ['inl']),
    ...(guestKernel() === undefined ? [`a kernel at $${KERNEL}`] : []),
  ];
  // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
  if (missing.length > 0) console.warn(`NOT TESTED: a guest that is read, for want of ${missing.join(', ')}`);
  return missing.length > 0 && process.env['CI'] === undefined;
};

import { qemuQ35 } from '../conform/index.ts';

/**
 * Whether to leave out tests that need QEMU: it is not here, and this is no run of CI, where its absence is a
 * failure. Says so aloud.
 */
export const lacksQemu = (): boolean => {
  const missing = qemuQ35.version() === undefined;
  // oxlint-disable-next-line no-console -- whoever runs the tests has to see what was not tested
  if (missing) console.warn(`NOT TESTED: models against QEMU: install ${qemuQ35.installs}`);
  return missing && process.env['CI'] === undefined;
};

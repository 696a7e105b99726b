import { createHash } from 'node:crypto';

/**
 * The longest stem of a file name: no file system finds it too long with an ending, and with what is put
 * behind it while it is written.
 */
const LONGEST = 120;
const DIGEST_LENGTH = 10;

/** Names that mean a device to some systems, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Makes a file name for anything. An id of letters, digits, dots, hyphens and underscores is its own name.
 * Others keep only these characters, and a digest tells them apart. It is never a path, a device, hidden, or
 * too long.
 */
export const fileName = (id: string): string => {
  const isPlain = /^[\w-][\w.-]*$/.test(id) && id.length <= LONGEST && !DEVICE.test(id);
  if (isPlain) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, DIGEST_LENGTH);
  const left = id
    .slice(0, LONGEST)
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^\.+/, '')
    .slice(0, LONGEST - DIGEST_LENGTH - 1);
  return left === '' || DEVICE.test(left) ? `of-${digest}` : `${left}-${digest}`;
};

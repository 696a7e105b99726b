/** A file, a folder or a link of an image. */
export type Entry =
  | { readonly path: string; readonly folder: true }
  | { readonly path: string; readonly to: string }
  | { readonly path: string; readonly bytes: Uint8Array };

const FOLDER = 0o04_0755;
const LINK = 0o12_0777;
const PROGRAM = 0o10_0755;

const padded = (bytes: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
};

const encoder = new TextEncoder();

const entryBytes = (name: string, mode: number, data: Uint8Array, number: number): readonly Uint8Array[] => {
  const fields = [number, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length + 1, 0];
  const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`;
  return [padded(encoder.encode(head)), padded(data)];
};

/** Writes an image as Linux unpacks it when it starts: the format `newc` of cpio. */
export const cpioOf = (entries: readonly Entry[]): Uint8Array => {
  const parts = entries.flatMap((entry, index) => {
    if ('folder' in entry) return entryBytes(entry.path, FOLDER, new Uint8Array(), index + 1);
    return 'to' in entry
      ? entryBytes(entry.path, LINK, encoder.encode(entry.to), index + 1)
      : entryBytes(entry.path, PROGRAM, entry.bytes, index + 1);
  });
  return Buffer.concat([...parts, ...entryBytes('TRAILER!!!', 0, new Uint8Array(), 0)]);
};

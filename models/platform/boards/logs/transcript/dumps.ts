/** One row of a dump of bytes: where it begins, and its bytes. */
export interface Row {
  readonly offset: number;
  readonly bytes: readonly number[];
}

const start = /^([0-9a-f]{4,8})(?::|  ?)\s*/i;
const group = /^(?:[0-9a-f]{2}){1,8}$/i;

/** The offsets of od are octal unless it is told otherwise; those of the others are hexadecimal. */
const bytesOf = (text: string, words: boolean): readonly number[] => {
  const bytes: number[] = [];
  // The characters that xxd and hexdump -C show stand behind two blanks or a bar.
  for (const word of text.split(' ')) {
    if (word === '' && bytes.length < 16 && bytes.length !== 8) {
      if (bytes.length > 0) break;
      continue;
    }
    if (word === '') continue;
    if (!group.test(word) || bytes.length === 16) break;
    const pairs = word.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
    bytes.push(...(words ? pairs.toReversed() : pairs));
  }
  return bytes;
};

/** A row of a dump, as xxd, hexdump or hd write it; undefined for any other line. */
export const rowIn = (line: string, words: boolean): Row | undefined => {
  const [lead = '', offset] = start.exec(line) ?? [];
  if (offset === undefined) return undefined;
  const bytes = bytesOf(line.slice(lead.length, 90), words);
  return bytes.length === 16 ? { offset: Number.parseInt(offset, 16), bytes } : undefined;
};

/** A row of `od -An -v -tx1`, which has no offset. */
export const bareRowIn = (line: string): readonly number[] | undefined => {
  if (!/^ *(?:[0-9a-f]{2} ){15}[0-9a-f]{2}$/i.test(line)) return undefined;
  return line
    .trim()
    .split(' ')
    .map((pair) => Number.parseInt(pair, 16));
};

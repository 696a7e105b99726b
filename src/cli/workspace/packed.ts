/** The first bytes of files that hold other files, or one in another form. */
const PACKED: readonly {
  readonly begins: readonly number[];
  readonly as: string;
  readonly unpack: string;
}[] = [
  { begins: [0x42, 0x5a, 0x68], as: 'bzip2', unpack: 'bunzip2' },
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], as: 'xz', unpack: 'unxz' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], as: 'zstd', unpack: 'unzstd' },
  { begins: [0x04, 0x22, 0x4d, 0x18], as: 'lz4', unpack: 'unlz4' },
  { begins: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], as: '7-Zip', unpack: '7z x' },
  { begins: [0x50, 0x4b, 0x03, 0x04], as: 'ZIP', unpack: 'unzip' },
];

/** A file that cannot be read as text as it is: what it is, and what makes it text. */
export interface NoText {
  readonly got: string;
  readonly likely: string;
  readonly next: string;
}

const HEAD_BYTES = 4096;

/**
 * Decodes text in UTF-16 that begins with its byte order mark, as PowerShell's `>` writes it; undefined for
 * other bytes.
 */
export const wideText = (bytes: Uint8Array): string | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be').decode(bytes) : undefined;
};

/** Says what the bytes of a file are if they are no text: compressed, or of another kind. */
export const noTextIn = (bytes: Uint8Array): NoText | undefined => {
  const packed = PACKED.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte));
  if (packed !== undefined) {
    return {
      got: `a file compressed by ${packed.as}`,
      likely: 'it was packed to be sent, or to be kept',
      next: `unpack it first: ${packed.unpack}`,
    };
  }
  if (!bytes.subarray(0, HEAD_BYTES).includes(0)) return undefined;
  return {
    got: 'bytes that are no text',
    likely: 'a binary file, or text in UTF-16',
    next: 'name the text that the tool wrote',
  };
};

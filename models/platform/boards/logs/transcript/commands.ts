/** A command that shows registers, as it follows a prompt. */
export type Shown =
  | { readonly kind: 'msr'; readonly address: number; readonly everyCore: boolean }
  | { readonly kind: 'config'; readonly device: string; readonly registers: readonly Place[] }
  | { readonly kind: 'dump'; readonly device?: string; readonly words: boolean };

/** The place of a value in configuration space. */
export interface Place {
  readonly offset: number;
  readonly widthBits: 8 | 16 | 32;
}

// Behind nothing, a prompt, or the `+` of a shell that tells what it runs.
const command = /^(?:.{0,80}[#$%>+] )?(?:sudo )?(rdmsr|setpci|xxd|hexdump|hd|od) (.{1,400})$/;
const device = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i;
const register = /^(?:0x)?([0-9a-f]{1,3})\.([bwl])$/i;
const sysfs = /\/(?:[0-9a-f]{4,8}:)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\/config$/i;

const WIDTHS = { b: 8, w: 16, l: 32 } as const;

// Only these print a value as plain hexadecimal.
const PLAIN_RDMSR = new Set([
  '-x',
  '-X',
  '-0',
  '-c',
  '-a',
  '--all',
  '--hexadecimal',
  '--zero-pad',
  '--c-language',
]);

const rdmsr = (words: readonly string[]): Shown | undefined => {
  const address = words.at(-1)!;
  const options = words.slice(0, -1);
  if (!/^(?:0x[0-9a-f]{1,8}|[1-9]\d{0,9})$/i.test(address)) return undefined;
  if (!options.every((option) => PLAIN_RDMSR.has(option))) return undefined;
  const everyCore = options.includes('-a') || options.includes('--all');
  return { kind: 'msr', address: Number(address), everyCore };
};

const two = (digits: string): string => digits.toLowerCase().padStart(2, '0');

const setpci = (words: readonly string[]): Shown | undefined => {
  const [option, where = '', ...rest] = words;
  const [, , bus, slot, fn] = device.exec(where) ?? [];
  if (option !== '-s' || bus === undefined) return undefined;
  const registers = rest.map((word): Place | undefined => {
    const [, offset, width] = register.exec(word) ?? [];
    if (offset === undefined) return undefined;
    return {
      offset: Number.parseInt(offset, 16),
      widthBits: WIDTHS[width!.toLowerCase() as keyof typeof WIDTHS],
    };
  });
  // A name, or a value that is written, is read by nobody here.
  if (registers.length === 0 || registers.includes(undefined)) return undefined;
  return {
    kind: 'config',
    device: `${two(bus)}:${two(slot!)}.${fn}`,
    registers: registers.filter((one) => one !== undefined),
  };
};

const dump = (tool: string, words: readonly string[]): Shown | undefined => {
  const [, address] = sysfs.exec(words.at(-1) ?? '') ?? [];
  const options = words.slice(0, -1).join(' ');
  // od and hexdump show words in the machine's order unless they are told otherwise.
  const isBytes =
    tool === 'xxd' ||
    tool === 'hd' ||
    (tool === 'hexdump' ? /-\w*C/.test(options) : /-t ?x1\b/.test(options));
  if (tool === 'xxd' && /-[bier]/.test(options)) return undefined;
  if (tool === 'od' && !isBytes) return undefined;
  return {
    kind: 'dump',
    ...(address === undefined ? {} : { device: address.toLowerCase() }),
    words: !isBytes,
  };
};

/** The command of a line, if it is one that shows registers. */
export const commandIn = (line: string): Shown | undefined => {
  const [, tool, rest] = command.exec(line.slice(0, 500)) ?? [];
  if (tool === undefined || rest === undefined) return undefined;
  const words = rest.split(/ +/).filter((word) => word !== '');
  if (tool === 'rdmsr') return rdmsr(words);
  return tool === 'setpci' ? setpci(words) : dump(tool, words);
};

/** Whether a line is a command of these tools at all, which ends the output of the one before. */
export const isCommand = (line: string): boolean => command.test(line.slice(0, 500));

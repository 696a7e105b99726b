import type { SouthbridgeLayout } from './layout.ts';
import { deviceAt, type PciDevice } from './lspci.ts';
import type { BoardLogs } from './recognise.ts';
import { cutShort, differentBoards, lacksPart, notIntel } from './refusals.ts';
import { hexOf } from './text.ts';

const lpcAddress = '00:1f.0';
const rowsOfConfigSpace = 16;

/** Refuses logs that name different chips: a wrong picture of a board is worse than none. */
export const checkSameBoard = (board: string, { inteltool, lspci }: BoardLogs): void => {
  const pairs = [
    ['south bridge', inteltool.southbridge?.id, deviceAt(lspci, lpcAddress)?.id],
    ['host bridge', inteltool.northbridge?.id, deviceAt(lspci, '00:00.0')?.id],
  ] as const;
  for (const [chip, inInteltool, inLspci] of pairs)
    if (inInteltool !== undefined && inLspci !== undefined && inInteltool !== inLspci)
      throw differentBoards(
        `${board}: ${inteltool.file} and ${lspci.file}`,
        `the same ${chip} in both`,
        `${inInteltool} in ${inteltool.file}, ${inLspci} in ${lspci.file}`,
      );
};

/**
 * The LPC bridge, D31:F0, with all 256 bytes of its configuration space and its PCI id.
 * @throws Fault UW403, UW404 (another maker's) or UW405.
 */
export const lpcBridgeOf = (board: string, { lspci }: BoardLogs): PciDevice & { readonly id: string } => {
  const lpc = deviceAt(lspci, lpcAddress);
  const last = lspci.devices.at(-1);
  const isCut = !lspci.endsInLineEnd || (last?.brokenRows ?? 0) > 0;
  if (lpc === undefined) {
    const got = `devices up to ${last?.address ?? 'none'}`;
    if (isCut) throw cutShort('lspci', lspci.file, `the LPC bridge ${lpcAddress}`, got);
    const likely = 'a list of some devices only, or cut between two devices';
    throw lacksPart('lspci', lspci.file, `the LPC bridge ${lpcAddress}`, got, likely);
  }
  const { id } = lpc;
  if (id !== undefined && !id.startsWith('8086:')) throw notIntel(board, id, lpc.name);
  const where = `${lspci.file}: ${lpcAddress}`;
  const expected = '256 bytes of configuration space in hexadecimal';
  const rows = [...lpc.rows.keys()].filter((offset) => offset < 0x100);
  const got = `${rows.length * 16} bytes`;
  if (rows.length >= rowsOfConfigSpace && id !== undefined) return { ...lpc, id };
  const isWhole = lpc.brokenRows === 0 && !(isCut && lpc === last);
  if (isWhole && rows.length === 0)
    throw lacksPart('lspci', where, expected, 'none', 'lspci was run without -xxxx, or the log was cut');
  if (isWhole && rows.length === 4 && rows.every((offset) => offset < 0x40))
    throw lacksPart(
      'lspci',
      where,
      expected,
      'the first 64',
      'lspci was not run as root, or the log was cut',
    );
  throw cutShort('lspci', where, expected, got);
};

/**
 * Refuses a log of lspci that stops inside a device whose registers are needed.
 * @throws Fault UW403.
 */
export const checkLastDevice = ({ lspci }: BoardLogs, devices: readonly string[]): void => {
  const last = lspci.devices.at(-1);
  if (last === undefined || !devices.includes(last.address)) return;
  const rows = [...last.rows.keys()].filter((offset) => offset < 0x100).length;
  if (rows < rowsOfConfigSpace)
    throw cutShort(
      'lspci',
      `${lspci.file}: ${last.address}`,
      '256 bytes of configuration space in hexadecimal',
      `${rows * 16} bytes, and the end of the log`,
    );
};

/**
 * Refuses a log of inteltool without its ACPI I/O block, or with a part of it. That inteltool cannot
 * dump the block of a chipset is no fault of the log.
 * @throws Fault UW403 or UW405.
 */
export const checkPmbase = ({ inteltool }: BoardLogs, layout: SouthbridgeLayout): void => {
  const { pmbase, sections, file } = inteltool;
  if (pmbase.size === 0) {
    if (inteltool.unsupported.includes('PMBASE')) return;
    const expected = 'the section ABASE/PMBASE with the registers SMI_EN and SMI_STS';
    const last = sections.at(-1) ?? 'none';
    if (!inteltool.endsInLineEnd || sections.includes('ABASE/PMBASE') || last === 'ACPI/PMC')
      throw cutShort('inteltool', file, expected, `no register of it; the last section is ${last}`);
    const likely = 'inteltool was run without -p or -a, not as root, or the log was cut between two sections';
    throw lacksPart('inteltool', file, expected, `sections ${sections.join(', ') || 'none'}`, likely);
  }
  // Other generations have other registers there, and inteltool may print them in other widths.
  if (layout.gpiToSmi !== 'alt-gp-smi') return;
  const lost = layout.pmbase.filter(({ name, offset }) => !name.endsWith('_HI') && !pmbase.has(offset));
  if (lost.length > 0)
    throw cutShort(
      'inteltool',
      `${file}: section ABASE/PMBASE`,
      'all of its registers',
      `no ${lost.map(({ name, offset }) => `${name} (pmbase+${hexOf(offset, 4)})`).join(', ')}`,
    );
};

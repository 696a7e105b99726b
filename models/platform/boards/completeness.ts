import type { SouthbridgeLayout } from './layout.ts';
import type { InteltoolLog } from './logs/inteltool.ts';
import { deviceAt, type LspciLog } from './logs/lspci.ts';
import type { BoardLogs, Named } from './logs/recognise.ts';
import { cutShort, differentBoards, lacksPart, notIntel } from './logs/refusals.ts';
import { hexOf } from './logs/text.ts';

const lpcAddress = '00:1f.0';
const rowsOfConfigSpace = 16;

/** Refuses logs that name different chips: a wrong picture of a board is worse than none. */
export const checkSameBoard = (board: string, { sources }: BoardLogs): void => {
  for (const [chip, of] of [
    ['south bridge', 'southbridge'],
    ['host bridge', 'northbridge'],
  ] as const) {
    const [first, ...others] = sources.filter((source) => source[of] !== undefined);
    const other = others.find((source) => source[of]!.id !== first?.[of]!.id);
    if (first === undefined || other === undefined) continue;
    const [one, two] = first.kind === 'inteltool' ? [first, other] : [other, first];
    throw differentBoards(
      `${board}: ${one.file} and ${two.file}`,
      `the same ${chip} in both`,
      `${one[of]!.id} in ${one.file}, ${two[of]!.id} in ${two.file}`,
    );
  }
};

/** Whether a log of lspci stops in the middle of a device. */
const isCut = ({ devices, endsInLineEnd }: LspciLog): boolean =>
  !endsInLineEnd || (devices.at(-1)?.brokenRows ?? 0) > 0;

/**
 * Refuses a log of lspci that is cut before or within the LPC bridge. One that never had all of it is no
 * fault: what it lacks is unknown.
 * @throws Fault UW403 or UW404 (another maker's).
 */
export const checkLpcBridge = (board: string, log: Named<LspciLog>): void => {
  const lpc = deviceAt(log, lpcAddress);
  const last = log.devices.at(-1);
  if (lpc === undefined) {
    if (!isCut(log)) return;
    const got = `devices up to ${last?.address ?? 'none'}`;
    throw cutShort('lspci', log.file, `the LPC bridge ${lpcAddress}`, got);
  }
  if (lpc.id !== undefined && !lpc.id.startsWith('8086:')) throw notIntel(board, lpc.id, lpc.name);
  const rows = [...lpc.rows.keys()].filter((offset) => offset < 0x100);
  if (rows.length >= rowsOfConfigSpace) return;
  // By a user lspci shows 64 bytes, without -x none.
  const isWhole = lpc.brokenRows === 0 && !(isCut(log) && lpc === last);
  if (isWhole && (rows.length === 0 || (rows.length === 4 && rows.every((offset) => offset < 0x40)))) return;
  const expected = '256 bytes of configuration space in hexadecimal';
  throw cutShort('lspci', `${log.file}: ${lpcAddress}`, expected, `${rows.length * 16} bytes`);
};

/** The fault of logs of which none names the south bridge. */
export const noSouthbridge = ({ lspci, inteltool, sources }: BoardLogs): Error => {
  const [log] = lspci;
  const where = log?.file ?? sources[0]?.file ?? 'the logs';
  const got =
    log === undefined
      ? 'no chip'
      : `devices up to ${log.devices.at(-1)?.address ?? 'none'}, none of them with an id`;
  const likely =
    inteltool.length === 0
      ? 'a list of some devices only, or cut between two devices'
      : 'a part of a log, without its first lines';
  return lacksPart('lspci', where, `the LPC bridge ${lpcAddress}`, got, likely);
};

/**
 * Refuses a log of lspci that stops inside a device whose registers are needed.
 * @throws Fault UW403.
 */
export const checkLastDevice = (log: Named<LspciLog>, devices: readonly string[]): void => {
  const last = log.devices.at(-1);
  if (last === undefined || !isCut(log) || !devices.includes(last.address)) return;
  const rows = [...last.rows.keys()].filter((offset) => offset < 0x100).length;
  if (rows < rowsOfConfigSpace)
    throw cutShort(
      'lspci',
      `${log.file}: ${last.address}`,
      '256 bytes of configuration space in hexadecimal',
      `${rows * 16} bytes, and the end of the log`,
    );
};

/**
 * Refuses a log of inteltool that is cut before or within its ACPI I/O block. That inteltool cannot dump the
 * block of a chipset, or was not asked to, is no fault of the log.
 * @throws Fault UW403.
 */
export const checkPmbase = (log: Named<InteltoolLog>, layout: SouthbridgeLayout): void => {
  const { pmbase, sections, file, unsupported, endsInLineEnd } = log;
  if (pmbase.size === 0) {
    if (unsupported.includes('PMBASE')) return;
    const last = sections.at(-1) ?? 'none';
    if (endsInLineEnd && !sections.includes('ABASE/PMBASE') && last !== 'ACPI/PMC') return;
    const expected = 'the section ABASE/PMBASE with the registers SMI_EN and SMI_STS';
    throw cutShort('inteltool', file, expected, `no register of it; the last section is ${last}`);
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

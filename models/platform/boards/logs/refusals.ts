import { Fault } from 'underwatch/model';
import { supportedGenerations } from '../layouts.ts';
import type { Chip } from './inteltool.ts';

/** The kinds of log; a transcript holds commands that show single registers. */
export type LogKind = 'inteltool' | 'lspci' | 'chipsec' | 'flashrom' | 'transcript' | 'evidence';

/** The command that writes a log of each kind again. */
export const commandFor: { readonly [kind in LogKind]: string } = {
  inteltool: 'sudo inteltool -a > inteltool.log 2>&1',
  lspci: 'sudo lspci -nnvvvxxxx > lspci.log',
  chipsec: 'sudo chipsec_main -l chipsec.log',
  flashrom: 'sudo flashrom -p internal -V > flashrom.log',
  evidence: 'sudo sh collect.sh > board.txt, with collect.sh from underwatch audit --script',
  transcript: 'sudo setpci -s 00:1f.0 a0.w, sudo rdmsr -a 0x1f3',
};

/** UW401: there is nothing to read. */
export const noLogs = (board: string, got: string): Fault =>
  new Fault('UW401', {
    where: board,
    expected: 'inteltool.log and lspci.log',
    got,
    likely: 'the folder is empty, or another one was meant',
    next: `on the board, run ${commandFor.inteltool}; ${commandFor.lspci}`,
  });

/** UW402: a file is empty, binary, or something else than a log of inteltool or lspci. */
export const notALog = (path: string, got: string, likely: string): Fault =>
  new Fault('UW402', {
    where: path,
    expected: 'the text that inteltool -a or lspci -nnvvvxxxx wrote',
    got,
    likely,
    next: `on the board, run ${commandFor.inteltool}; ${commandFor.lspci}`,
  });

/** UW402: the kernel let the tool see nothing. */
export const refused = (path: string, got: string): Fault =>
  new Fault('UW402', {
    where: path,
    expected: 'the text that inteltool -a or lspci -nnvvvxxxx wrote',
    got,
    likely:
      'the kernel refused it: Secure Boot puts the kernel into lockdown, or it was built with STRICT_DEVMEM; running it as root again changes nothing',
    next: 'boot with Secure Boot off and iomem=relaxed on the kernel command line, and run it again; lspci -nnvvvxxxx works as it is',
  });

/** UW320, UW321 or UW322: more than a log of these tools ever has. */
export const beyondBound = (
  code: 'UW320' | 'UW321' | 'UW322',
  path: string,
  expected: string,
  got: string,
): Fault =>
  new Fault(code, {
    where: path,
    expected,
    got,
    likely: 'another file, or the logs of many runs in one',
    next: `on the board, run ${commandFor.inteltool}; ${commandFor.lspci}`,
  });

/** UW403: a log stops in the middle, or has text where values should be. */
export const cutShort = (kind: LogKind, path: string, expected: string, got: string): Fault =>
  new Fault('UW403', {
    where: path,
    expected,
    got,
    likely: 'the copy was cut, or the tool was stopped before it was done',
    next: `on the board, run ${commandFor[kind]} and copy the whole file`,
  });

/** UW404: a south bridge whose registers are not known. */
export const unknownChipset = (board: string, southbridge: Chip, northbridge: Chip | undefined): Fault =>
  new Fault('UW404', {
    where: `${board}: south bridge ${southbridge.id} (${southbridge.name})`,
    expected: `an Intel south bridge of one of these generations: ${supportedGenerations.join(', ')}`,
    got: `south bridge ${southbridge.id}, host bridge ${northbridge?.id ?? 'not listed'}`,
    likely: 'the chipset is older or newer than those',
    next:
      'describe it in models/platform/boards/southbridges.ts: the places of SMI_EN, SMI_STS, SMI_LOCK, ' +
      'TCO_LOCK, ACPI_BASE_LOCK, GPIO_ROUT, ALT_GP_SMI_EN and BIOS_CNTL, from its datasheet',
  });

/** UW404: what CHIPSEC printed of a machine that it does not know. */
export const unknownToChipsec = (path: string): Fault =>
  new Fault('UW404', {
    where: path,
    expected: 'a log of a platform that CHIPSEC knows',
    got: '"Unsupported Platform"',
    likely:
      'a chipset that CHIPSEC does not know, read as if it were another: its values, and what it says of them, mean nothing',
    next: `on the board, run ${commandFor.lspci}`,
  });

/** UW404: a board of another maker, whose SMI logic is another one. */
export const notIntel = (board: string, id: string, name: string): Fault =>
  new Fault('UW404', {
    where: `${board}: ${name} (${id})`,
    expected: 'a board with an Intel chipset (vendor 8086)',
    got: id.startsWith('1022:') ? 'an AMD board (vendor 1022)' : `vendor ${id.slice(0, 4)}`,
    likely: 'other makers have another SMI logic, SMRAM in other registers, and no inteltool',
    next: 'audit an Intel board; the late-launch models cover AMD SVM without a board',
  });

/** UW405: a log is whole but was made without a part that is needed. */
export const lacksPart = (
  kind: LogKind,
  where: string,
  expected: string,
  got: string,
  likely: string,
): Fault =>
  new Fault('UW405', { where, expected, got, likely, next: `on the board, run ${commandFor[kind]}` });

/** UW406: the logs come from different boards, or there are several of one kind. */
export const differentBoards = (where: string, expected: string, got: string): Fault =>
  new Fault('UW406', {
    where,
    expected,
    got,
    likely: 'files of two boards, or of two runs, are in one folder',
    next: 'keep one inteltool.log and one lspci.log of the same board, from the same boot',
  });

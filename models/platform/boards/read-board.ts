import { checkLastDevice, checkPmbase, checkSameBoard, lpcBridgeOf } from './completeness.ts';
import { collectFindings, isRead } from './collect.ts';
import type { Chip } from './inteltool.ts';
import { northbridgeLayout, southbridgeLayout } from './layouts.ts';
import { deviceAt } from './lspci.ts';
import { profileOf, type PlatformProfile } from './profile.ts';
import type { BoardReadings, RegisterValue } from './readings.ts';
import { recogniseLogs, type BoardLogs, type LogFile } from './recognise.ts';
import { unknownChipset } from './refusals.ts';
import { hexOf } from './text.ts';

// inteltool names the product ("QM87"), lspci the function; where one does not know, the other may.
const chipOf = (id: string, inInteltool: Chip | undefined, inLspci: string | undefined): Chip => {
  const known = inInteltool !== undefined && inInteltool.name !== 'unknown';
  return { id, name: known ? inInteltool.name : (inLspci ?? 'unknown') };
};

interface Disagreement {
  readonly name: string;
  readonly note: string;
}

// Both logs carry these; the configuration space holds flags below the address bits.
const disagreements = (logs: BoardLogs, registers: readonly RegisterValue[]): readonly Disagreement[] => {
  const { inteltool, lspci } = logs;
  const shared = [
    { name: 'PMBASE', other: inteltool.pmBase, unit: 0x80, span: 0x1_0000 },
    { name: 'GPIOBASE', other: inteltool.gpioBase, unit: 0x40, span: 0x1_0000 },
    { name: 'RCBA', other: inteltool.rcba, unit: 0x4000, span: 0x1_0000_0000 },
    { name: 'BIOS_CNTL', other: inteltool.biosCntl, unit: 1, span: 0x100 },
  ];
  return shared.flatMap(({ name, other, unit, span }) => {
    const register = registers.find((each) => each.name === name);
    if (register === undefined || other === undefined) return [];
    const plain = (value: number): number => (value - (value % unit)) % span;
    if (plain(register.value) === plain(other)) return [];
    const values = `${hexOf(register.value, 4)} in ${lspci.file}, ${hexOf(other, 4)} in ${inteltool.file}`;
    return [{ name, note: `${name} is taken as unknown: ${values}` }];
  });
};

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const readingsOf = (name: string, logs: BoardLogs): BoardReadings => {
  checkSameBoard(name, logs);
  const lpc = lpcBridgeOf(name, logs);
  const host = deviceAt(logs.lspci, '00:00.0');
  const southbridge = chipOf(lpc.id, logs.inteltool.southbridge, lpc.name);
  const northbridge = chipOf(
    host?.id ?? logs.inteltool.northbridge?.id ?? 'unknown',
    logs.inteltool.northbridge,
    host?.name,
  );
  const south = southbridgeLayout(southbridge.id);
  if (south === undefined) throw unknownChipset(name, southbridge, northbridge);
  const north = northbridgeLayout(northbridge.id);
  checkPmbase(logs, south);
  checkLastDevice(
    logs,
    [...south.config, ...(north?.config ?? [])].map(({ device }) => device),
  );

  const findings = collectFindings(logs, south, north);
  const read = findings.filter(isRead);
  const disputed = disagreements(logs, read);
  const isDisputed = (register: string): boolean => disputed.some((each) => each.name === register);
  return {
    id: slug(name),
    name,
    southbridge,
    northbridge,
    registers: read.filter((register) => !isDisputed(register.name)),
    unknown: findings
      .filter((finding) => !isRead(finding) || isDisputed(finding.name))
      .map((finding) => (isRead(finding) ? { name: finding.name, why: 'the two logs disagree' } : finding)),
    notes: disputed.map(({ note }) => note),
  };
};

/**
 * Reads a board from what inteltool and lspci wrote about it, in any order and under any name. What the
 * logs do not show is unknown in the profile; what cannot be trusted is refused.
 * @param name what the board is called in reports; its id is made from it.
 * @throws Fault UW401 no logs; UW402 empty or not a log; UW403 cut short; UW404 a chipset that is not
 * supported; UW405 a log lacks a part; UW406 logs of different boards; UW320 to UW322 more than a log ever has.
 */
export const readBoard = (
  name: string,
  files: readonly LogFile[],
): { readonly profile: PlatformProfile } => ({
  profile: profileOf(readingsOf(name, recogniseLogs(name, files))),
});

import {
  checkLastDevice,
  checkLpcBridge,
  checkPmbase,
  checkSameBoard,
  noSouthbridge,
} from './completeness.ts';
import { collect, isRead, type Dispute } from './collect.ts';
import { layoutOfGeneration, northbridgeLayout, southbridgeLayout } from './layouts.ts';
import type { Chip } from './logs/inteltool.ts';
import { recogniseLogs, type BoardLogs, type LogFile } from './logs/recognise.ts';
import { differentBoards, unknownChipset } from './logs/refusals.ts';
import type { Source } from './logs/source.ts';
import { hexOf } from './logs/text.ts';
import { profileOf, type PlatformProfile } from './profile.ts';
import type { BoardReadings, RegisterValue } from './readings.ts';

// inteltool names the product ("QM87"), lspci the function; where one does not know, the other may.
const chipOf = (chips: readonly (Chip | undefined)[]): Chip | undefined => {
  const told = chips.filter((chip) => chip !== undefined);
  return told.find(({ name }) => name !== 'unknown') ?? told[0];
};

/** The name of a bridge in the logs: first in those of inteltool. */
const bridgeOf = (sources: readonly Source[], bridge: 'southbridge' | 'northbridge'): Chip | undefined =>
  chipOf(
    sources
      .toSorted((a, b) => Number(b.kind === 'inteltool') - Number(a.kind === 'inteltool'))
      .map((source) => source[bridge]),
  );

// inteltool prints the addresses in base registers; configuration space holds flags below the address bits.
const BASES = [
  { name: 'PMBASE', of: 'pmBase', unit: 0x80, span: 0x1_0000 },
  { name: 'GPIOBASE', of: 'gpioBase', unit: 0x40, span: 0x1_0000 },
  { name: 'RCBA', of: 'rcba', unit: 0x4000, span: 0x1_0000_0000 },
] as const;

const baseDisputes = ({ inteltool }: BoardLogs, registers: readonly RegisterValue[]): readonly Dispute[] =>
  BASES.flatMap(({ name, of, unit, span }) => {
    const register = registers.find((each) => each.name === name);
    const plain = (value: number): number => (value - (value % unit)) % span;
    const other = inteltool.find(
      (log) => log[of] !== undefined && register !== undefined && plain(log[of]) !== plain(register.value),
    );
    if (register === undefined || other === undefined) return [];
    const [file] = register.readFrom.split(': ', 1);
    const values = `${hexOf(register.value, 4)} in ${file}, ${hexOf(other[of]!, 4)} in ${other.file}`;
    return [{ name, values, sameTool: false }];
  });

/** Registers that change by themselves: two logs of one boot may disagree about them. */
const isVolatile = (name: string): boolean =>
  /_STS(?:_HI)?$/.test(name) || ['GP_LVL', 'MSR_SMI_COUNT'].includes(name);

/** Refuses two logs of one tool that differ in settings of the firmware. */
const checkOneBoot = (board: string, { sources }: BoardLogs, disputes: readonly Dispute[]): void => {
  const serious = disputes.filter(({ name, sameTool }) => sameTool && !isVolatile(name));
  if (serious.length === 0) return;
  throw differentBoards(
    `${board}: ${sources.map(({ file }) => file).join(', ')}`,
    'logs of one board and one boot',
    serious.map(({ name, values }) => `${name}: ${values}`).join('; '),
  );
};

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const readingsOf = (name: string, logs: BoardLogs): BoardReadings => {
  const { sources, lspci, inteltool, complaints } = logs;
  checkSameBoard(name, logs);
  for (const log of lspci) checkLpcBridge(name, log);
  const generation = sources.find((source) => source.generation !== undefined)?.generation;
  const named = bridgeOf(sources, 'southbridge');
  if (named === undefined && generation === undefined) throw noSouthbridge(logs);
  const southbridge = named ?? { id: 'unknown', name: generation! };
  const northbridge = bridgeOf(sources, 'northbridge') ?? { id: 'unknown', name: 'unknown' };
  const south = named === undefined ? layoutOfGeneration(generation) : southbridgeLayout(named.id);
  if (south === undefined) throw unknownChipset(name, southbridge, northbridge);
  const north = northbridgeLayout(northbridge.id);
  for (const log of inteltool) checkPmbase(log, south);
  const devices = [...south.config, ...(north?.config ?? [])].map(({ device }) => device);
  for (const log of lspci) checkLastDevice(log, devices);

  const { findings, disputes } = collect(sources, south, north);
  checkOneBoot(name, logs, disputes);
  const read = findings.filter(isRead);
  const told = Object.fromEntries(
    [...Object.keys(south.locks), ...Object.keys(north?.locks ?? {}), 'BGSM_LOCK'].flatMap((lock) => {
      const [flag] = sources.flatMap((source) => source.flag?.(lock) ?? []);
      return flag === undefined ? [] : [[lock, flag] as const];
    }),
  );
  const toldTseg = sources.find(({ tseg }) => tseg !== undefined)?.tseg;
  const disputed = [...baseDisputes(logs, read), ...disputes];
  const isDisputed = (register: string): boolean => disputed.some((each) => each.name === register);
  return {
    id: slug(name),
    name,
    southbridge,
    northbridge,
    ...(named === undefined && generation !== undefined ? { generation } : {}),
    ...(Object.keys(told).length === 0 ? {} : { told }),
    ...(toldTseg === undefined ? {} : { toldTseg }),
    registers: read.filter((register) => !isDisputed(register.name)),
    unknown: findings
      .filter((finding) => !isRead(finding) || isDisputed(finding.name))
      .map((finding) => (isRead(finding) ? { name: finding.name, why: 'the two logs disagree' } : finding)),
    notes: [
      ...sources.flatMap(({ notes = [] }) => notes),
      ...disputed.map((each) => `${each.name} is taken as unknown: ${each.values}`),
      ...complaints.map(({ details: { where, got, likely } }) => `${where} was not read: ${got}; ${likely}`),
    ],
  };
};

/**
 * Reads a board from what tools wrote about it, in any order, in any number of pieces and under any name.
 * What the logs do not show is unknown in the profile; what cannot be trusted is refused.
 * @param name what the board is called in reports; its id is made from it.
 * @throws Fault UW401 no logs; UW402 empty or not a log; UW403 cut short; UW404 a chipset that is not
 * supported; UW405 nothing names the chips; UW406 logs of different boards; UW320 to UW322 more than a log
 * ever has.
 */
export const readBoard = (
  name: string,
  files: readonly LogFile[],
): { readonly profile: PlatformProfile } => ({
  profile: profileOf(readingsOf(name, recogniseLogs(name, files))),
});

import type { InteltoolLog, LoggedRegister } from './inteltool.ts';
import type { BlockRegister, ConfigRegister, NorthbridgeLayout, SouthbridgeLayout } from './layout.ts';
import { configValue, deviceAt } from './lspci.ts';
import type { RegisterValue, UnknownRegister } from './readings.ts';
import type { BoardLogs } from './recognise.ts';
import { hexOf } from './text.ts';

/** What became of one register: read, or not and why. */
type Finding = RegisterValue | UnknownRegister;

export const isRead = (finding: Finding): finding is RegisterValue => 'value' in finding;

const fromConfig =
  ({ lspci }: BoardLogs) =>
  ({ name, device: address, offset, widthBits }: ConfigRegister): Finding => {
    const device = deviceAt(lspci, address);
    if (device === undefined)
      return { name, why: `${address} is not listed: firmware hid the device, or it was left out` };
    const value = configValue(device, offset, widthBits);
    if (value === undefined)
      return { name, why: `the configuration space of ${address} is missing at ${hexOf(offset, 2)}` };
    return { name, widthBits, value, readFrom: `${lspci.file}: ${address} config ${hexOf(offset, 2)}` };
  };

const fromBlock =
  (file: string, block: string, registers: ReadonlyMap<number, LoggedRegister>, whyEmpty: string) =>
  ({ name, offset }: BlockRegister): Finding => {
    if (registers.size === 0) return { name, why: whyEmpty };
    const found = registers.get(offset);
    const where = `${block}+${hexOf(offset, 4)}`;
    if (found === undefined) return { name, why: `${file} has no line for ${where}` };
    // A register of another name at this place means a generation laid out in another way.
    if (found.name !== name) return { name, why: `${file} calls ${where} ${found.name}` };
    return { name, widthBits: found.widthBits, value: found.value, readFrom: `${file}: ${where}` };
  };

const fromRcba =
  ({ file, rcbaWords }: BoardLogs['inteltool']) =>
  ({ name, offset }: BlockRegister): Finding => {
    const value = rcbaWords.get(offset);
    // inteltool leaves out zeros, and a lost line looks the same.
    if (value === undefined) return { name, why: `${file} has no line for RCBA+${hexOf(offset, 4)}` };
    return { name, widthBits: 32, value, readFrom: `${file}: RCBA+${hexOf(offset, 4)}` };
  };

// Source of the addresses: Intel SDM, volume 4.
const modelSpecific: readonly BlockRegister[] = [
  { name: 'MSR_SMI_COUNT', offset: 0x34 },
  { name: 'IA32_FEATURE_CONTROL', offset: 0x3a },
  { name: 'IA32_MTRRCAP', offset: 0xfe },
  { name: 'IA32_SMRR_PHYSBASE', offset: 0x1f2 },
  { name: 'IA32_SMRR_PHYSMASK', offset: 0x1f3 },
];

const whyNoMsrs = ({ unsupported, cores, file }: BoardLogs['inteltool']): string => {
  if (unsupported.includes('MSRs')) return 'inteltool cannot dump the MSRs of this processor';
  return cores === 0
    ? `${file} has no MSRs`
    : `${file} is cut or garbled among the MSRs, so cores may be missing`;
};

// One entry if every core agrees; otherwise one a core, and the register as such stays unknown.
const fromMsrs =
  (log: InteltoolLog & { readonly file: string }) =>
  ({ name, offset }: BlockRegister): readonly Finding[] => {
    if (!log.msrsComplete) return [{ name, why: whyNoMsrs(log) }];
    const values = [...(log.msrs.get(offset) ?? [])];
    const where = `${log.file}: MSR ${hexOf(offset, 2)}`;
    if (values.length === 0) return [{ name, why: `${log.file} has no line for MSR ${hexOf(offset, 2)}` }];
    if (values.length < log.cores)
      return [
        { name, why: `${log.file} has MSR ${hexOf(offset, 2)} of ${values.length} of ${log.cores} cores` },
      ];
    const [first] = values;
    if (first !== undefined && values.every(([, value]) => value === first[1]))
      return [{ name, widthBits: 64, value: first[1], readFrom: `${where}, ${log.cores} cores` }];
    return [
      { name, why: 'it differs between cores' },
      ...values.map(([core, value]) => ({
        name: `${name}[${core}]`,
        widthBits: 64 as const,
        value,
        readFrom: `${where}, core ${core}`,
      })),
    ];
  };

/** Every register that the layouts name, in their order, as the logs have it. */
export const collectFindings = (
  logs: BoardLogs,
  south: SouthbridgeLayout,
  north: NorthbridgeLayout | undefined,
): readonly Finding[] => {
  const { inteltool } = logs;
  const notDumped = (block: string): string =>
    inteltool.unsupported.includes(block)
      ? `inteltool cannot dump ${block} on this south bridge`
      : `${inteltool.file} has no registers of ${block}`;
  return [
    ...south.config.map(fromConfig(logs)),
    ...south.pmbase.map(fromBlock(inteltool.file, 'pmbase', inteltool.pmbase, notDumped('PMBASE'))),
    ...south.gpio.map(fromBlock(inteltool.file, 'gpiobase', inteltool.gpio, notDumped('GPIOS'))),
    ...south.rcba.map(fromRcba(inteltool)),
    ...south.hidden,
    ...(north?.config ?? []).map(fromConfig(logs)),
    ...(north?.hidden ?? []),
    ...modelSpecific.flatMap(fromMsrs(inteltool)),
  ];
};

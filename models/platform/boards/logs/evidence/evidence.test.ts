import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { PlatformProfile } from '../../profile.ts';
import { readBoard } from '../../read-board.ts';
import { registerValue } from '../../readings.ts';
import { h77Devices, lspciText, type FakeDevice } from '../testing/logs.ts';
import { liveEvidence, type MachineFiles } from './live.ts';
import { collectScript } from './script.ts';

const bytesOf = ({ id, bytes = {} }: FakeDevice): readonly number[] => {
  const ids = id.split(':').flatMap((half) => [half.slice(2), half.slice(0, 2)]);
  return Array.from({ length: 256 }, (_, at) => Number.parseInt(ids[at] ?? '', 16) || bytes[at] || 0);
};

interface Machine {
  readonly devices?: readonly FakeDevice[];
  readonly ports?: { readonly [port: number]: number };
  readonly memory?: { readonly [address: number]: number };
  readonly msrs?: readonly { readonly [address: number]: number }[];
  readonly fadt?: number;
  /** The paths that the kernel keeps for itself. */
  readonly kept?: RegExp;
}

const littleEndian = (value: number, size: number): readonly number[] =>
  Array.from({ length: size }, (_, byte) => Math.floor(value / 256 ** byte) % 256);

/**
 * The files that a machine with these registers has; a register that is not named is all ones, as on a bus.
 */
const filesOf = ({ devices = [], ports = {}, memory = {}, msrs = [], fadt, kept }: Machine): MachineFiles => {
  const names: { readonly [folder: string]: readonly string[] } = {
    '/sys/bus/pci/devices': devices.map(({ address }) => `0000:${address}`),
    '/sys/devices/system/cpu': ['cpu0', 'cpu1', 'cpufreq'],
    '/dev/cpu': msrs.map((_, core) => String(core)),
  };
  return {
    list: (folder) => names[folder] ?? [],
    read: (path, position, size) => {
      if (kept?.test(path) === true) throw new Error('operation not permitted (EPERM)');
      const [, address] = /devices\/0000:(.*)\/config$/.exec(path) ?? [];
      const device = devices.find((each) => each.address === address);
      if (device !== undefined) return bytesOf(device).slice(position, position + size);
      if (path === '/dev/port') return [ports[position] ?? 0xff];
      if (path === '/dev/mem') return littleEndian(memory[position] ?? 0xffff_ffff, 4);
      if (path.endsWith('/FACP') && fadt !== undefined) return littleEndian(fadt, 4);
      const [, core] = /^\/dev\/cpu\/(\d+)\/msr$/.exec(path) ?? [];
      if (core !== undefined) return littleEndian(msrs[Number(core)]![position] ?? 0, 8);
      throw new Error('no such file or directory (ENOENT)');
    },
  };
};

const at = (
  devices: readonly FakeDevice[],
  address: string,
  bytes: FakeDevice['bytes'],
): readonly FakeDevice[] =>
  devices.map((device) =>
    device.address === address ? { ...device, bytes: { ...device.bytes, ...bytes } } : device,
  );

const board = (text: string): PlatformProfile => readBoard('board', [{ path: 'board.txt', text }]).profile;
const live = (machine: Machine): PlatformProfile => board(liveEvidence(filesOf(machine)));
const why = ({ unknown }: PlatformProfile, name: string): string | undefined =>
  unknown.find((each) => each.name === name)?.why;

// PMBASE 0400h and GPIOBASE 0500h are decoded, RCBA is FED1C000h.
const decoded = at(h77Devices, '00:1f.0', {
  0x44: 0x80,
  0x4c: 0x10,
  0xf0: 0x01,
  0xf1: 0xc0,
  0xf2: 0xd1,
  0xf3: 0xfe,
});
const smrr = { 0x1f2: 0xdb00_0006, 0x1f3: 0xff80_0800, 0xfe: 0xd0a };
const h77: Machine = {
  devices: decoded,
  ports: { 0x430: 0x33, 0x431: 0x20, 0x432: 0, 0x433: 0, 0x468: 0, 0x469: 0x18 },
  memory: { 0xfed1_f410: 0x21 },
  msrs: [smrr, smrr],
};

describe('what is read of the machine itself', () => {
  it('has configuration space as lspci shows it, and says where each value was', () => {
    const [own, shown] = [live(h77), board(lspciText(decoded))];
    const inConfig = shown.registers.map(({ name, value }) => [name, value]);
    expect(inConfig.length).toBeGreaterThan(10);
    expect(inConfig.map(([name]) => [name, registerValue(own, String(name))])).toEqual(inConfig);
    expect(own.chipset.southbridge.id).toBe('8086:1e4a');
    expect(own.registers).toContainEqual({
      name: 'SMI_EN',
      widthBits: 32,
      value: 0x2033,
      readFrom: 'board.txt: pmbase+30h (port 430h)',
    });
  });

  it('has ports, memory and the registers of every processor', () => {
    const { locks, smrr: facts } = live(h77);
    const state = (lock: string): string | undefined => locks.find(({ name }) => name === lock)?.state;
    expect([state('TCO_LOCK'), state('BILD'), state('SMI_LOCK')]).toEqual(['set', 'set', 'set']);
    expect(facts).toMatchObject({ validOnEveryCore: 'yes', coversTseg: 'yes' });
  });

  it('takes nothing of a block that is not decoded, and ones for no value', () => {
    const closed = live({ ...h77, devices: at(decoded, '00:1f.0', { 0x44: 0 }) });
    expect(why(closed, 'TCO1_CNT')).toBe('board.txt: pmbase+68h: it is not decoded');
    expect(closed.locks.find(({ name }) => name === 'TCO_LOCK')?.state).toBe('unknown');
    const silent = live({ ...h77, ports: {} });
    expect(silent.locks.find(({ name }) => name === 'TCO_LOCK')?.state).toBe('unknown');
  });

  it('does not know the range registers of processors that it did not read', () => {
    expect(live({ ...h77, msrs: [smrr] }).smrr.validOnEveryCore).toBe('unknown');
    const text = liveEvidence(filesOf(h77));
    expect(board(text.slice(0, text.indexOf('end\n'))).smrr.validOnEveryCore).toBe('unknown');
  });

  it('says what the kernel keeps for itself', () => {
    const kept = live({ ...h77, kept: /^\/dev\/(?:port|mem)$/ });
    expect(why(kept, 'SMI_EN')).toBe('board.txt: pmbase+30h: operation not permitted (EPERM)');
    expect(why(kept, 'GCS')).toBe('board.txt: rcba+3410h: operation not permitted (EPERM)');
    expect(kept.smrr.validOnEveryCore).toBe('yes');
    const user = live({ ...h77, devices: decoded.map((one) => ({ ...one, sizeBytes: 64 })), msrs: [] });
    expect(why(user, 'IA32_SMRR_PHYSMASK')).toContain('there is no /dev/cpu/0/msr: modprobe msr');
  });

  it('finds the ACPI block of a hidden function in the tables, and TCO behind its own base', () => {
    const devices: readonly FakeDevice[] = [
      { address: '00:00.0', id: '8086:3ec2', name: 'host' },
      { address: '00:1f.0', id: '8086:a305', name: 'eSPI' },
      { address: '00:1f.4', id: '8086:a323', name: 'SMBus', bytes: { 0x51: 0x04, 0x55: 0x01 } },
    ];
    const ports = { 0x1830: 0x33, 0x1831: 0x20, 0x1832: 0, 0x1833: 0, 0x408: 0, 0x409: 0x10 };
    const profile = live({ devices, ports, fadt: 0x1800 });
    expect(registerValue(profile, 'SMI_EN')).toBe(0x2033);
    expect(profile.locks.find(({ name }) => name === 'TCO_LOCK')).toMatchObject({
      state: 'set',
      readFrom: 'board.txt: tco+08h (port 408h) bit 12',
    });
    expect(why(profile, 'GEN_PMCON_B')).toContain('the configuration space of 00:1f.2 is hidden');
    expect(profile.locks.find(({ name }) => name === 'SMI_LOCK')?.state).toBe('unknown');
  });

  it('has the locks of a hidden function where its address is given', () => {
    const pwrm = 'pwrm+1024 memory fe001024: 10 00 02 00\n';
    const pci = ['pci 00:1f.0', `000000 86 80 05 a3${' 00'.repeat(12)}`, ''].join('\n');
    const { locks } = board(`underwatch evidence 1\n${pci}${pwrm}end\n`);
    const state = (lock: string): string | undefined => locks.find(({ name }) => name === lock)?.state;
    expect([state('SMI_LOCK'), state('ACPI_BASE_LOCK')]).toEqual(['set', 'set']);
  });
});

describe('the script', () => {
  it.each([['sh'], ['busybox sh'], ['bash --posix']])('runs in %s, and ends', (shell) => {
    const [command = '', ...args] = shell.split(' ');
    let text: string;
    try {
      text = execFileSync(command, [...args, '-u'], {
        input: collectScript,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      // A shell that is not here is not tried.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    const lines = text.split('\n');
    expect([lines[0], lines.at(-2)]).toEqual(['underwatch evidence 1', 'end']);
  });

  it('writes to no file, and loads no module', () => {
    const targets = [...collectScript.matchAll(/(?<![-$])>{1,2} ?(?!&)([^\s;)}]+)/g)].map(([, to]) => to);
    const code = collectScript.split('\n').filter((line) => !line.startsWith('#'));
    expect(new Set(targets.filter((to) => to !== 'board.txt'))).toEqual(new Set(['/dev/null']));
    expect(code.filter((line) => /\b(?:of=|modprobe [^']|wrmsr|setpci|outb|tee)\b/.test(line))).toEqual([]);
  });
});

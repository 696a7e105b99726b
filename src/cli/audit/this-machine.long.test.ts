import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectScript, readBoard, registerValue } from '../../../models/platform/boards/index.ts';
import { parseReport } from '../../report/schema/parse-report.ts';
import type { PlatformEntry } from '../../report/report.ts';
import { runGuest, type Guest } from '../../testing/guest/guest.ts';
import type { Entry } from '../../testing/guest/cpio.ts';
import { filesBelow, guestImage, guestKernel, nodeEntries } from '../../testing/guest/image.ts';
import { lacksGuest } from '../../testing/guest/lacks.ts';

const BOOT_MS = 280_000;

const init = (commands: string): string => `#!/bin/sh
mount -t proc x /proc
mount -t sysfs x /sys
mount -t devtmpfs x /dev
mount -t securityfs x /sys/kernel/security
insmod /msr.ko
exec > /dev/ttyS1 2>&1
echo ---script
sh /collect.sh
${commands}
echo ---done
sleep 1000
`;

const LIVE = `echo ---live
cd /tmp && node /app/dist/bin.js audit --live --json --config /app/guest.mjs`;

// This looks at what is read, not at what it means: nothing is searched.
const CONFIG = `import { auditors } from 'underwatch/properties';
const [intel] = auditors;
const read = (...args) => ({ ...intel.read(...args), others: [] });
export default { auditors: [{ ...intel, read }] };
`;

const PACKAGES = ['acorn', 'commander', 'fast-check', 'immer', 'jiti', 'picocolors'];
const MORE_PACKAGES = ['pure-rand', 'ts-pattern', 'zod'];

const program = (name: string): { readonly path: string; readonly bytes: Uint8Array } => ({
  path: `bin/${name}`,
  bytes: readFileSync(execFileSync('which', [name], { encoding: 'utf8' }).trim()),
});

const script: Entry = { path: 'collect.sh', bytes: new TextEncoder().encode(collectScript) };

const withNode = (): Uint8Array =>
  guestImage(guestKernel()!.msrModule, init(LIVE), [
    ...nodeEntries(),
    program('inl'),
    program('inw'),
    script,
    { path: 'app/guest.mjs', bytes: new TextEncoder().encode(CONFIG) },
    ...filesBelow('dist', 'app/dist'),
    { path: 'app/package.json', bytes: readFileSync('package.json') },
    ...[...PACKAGES, ...MORE_PACKAGES].flatMap((name) =>
      filesBelow(`node_modules/${name}`, `app/node_modules/${name}`),
    ),
  ]);

const boot = async (image: Uint8Array, append: string): Promise<Guest> =>
  runGuest({
    kernel: guestKernel()!.kernel,
    image,
    append,
    memoryMb: 1024,
    last: '---done',
    timeLimitMs: BOOT_MS,
  });

const partsOf = ({ output }: Guest): readonly string[] => output.split(/^---.*\n/m);

/** Returns the board that --live read. */
const liveOf = (json: string): PlatformEntry =>
  parseReport('live', json.slice(json.indexOf('{'), json.lastIndexOf('}') + 1)).platforms![0]!;

const profileOf = (evidence: string) => readBoard('guest', [{ path: 'board.txt', text: evidence }]).profile;

/** Asks the monitor for the value of a port or of memory. */
const seenAt = async ({ monitor }: Guest, command: string): Promise<number> => {
  const [, digits] = /(?:=|:) 0x([0-9a-f]+)/.exec(await monitor(command)) ?? [];
  return Number.parseInt(digits ?? '', 16);
};

/** Reads configuration space of bus 0, as whoever writes ports CF8h and CFCh sees it. */
const configAt = async (guest: Guest, device: number, fn: number, offset: number): Promise<number> => {
  const address = 0x8000_0000 + device * 0x800 + fn * 0x100 + offset;
  await guest.monitor(`o /w 0xcf8 0x${address.toString(16)}`);
  return seenAt(guest, 'i /w 0xcfc');
};

const isMissing = lacksGuest();

describe.skipIf(isMissing)('a machine that shows everything', () => {
  let guest: Guest;
  let evidence = '';
  let live: PlatformEntry;
  beforeAll(async () => {
    guest = await boot(withNode(), 'iomem=relaxed');
    [, evidence = ''] = partsOf(guest);
    live = liveOf(partsOf(guest)[2] ?? '');
  }, BOOT_MS);
  afterAll(() => guest?.close());

  const value = (name: string): number | undefined => registerValue(profileOf(evidence), name);

  test.each([
    ['PMBASE', 0x1f, 0, 0x40],
    ['RCBA', 0x1f, 0, 0xf0],
    ['GPIO_ROUT', 0x1f, 0, 0xb8],
  ] as const)('%s is what QEMU has', async (name, device, fn, offset) => {
    expect(value(name)).toBe(await configAt(guest, device, fn, offset));
  });

  test('SMI_LOCK and D_LCK are what QEMU has', async () => {
    const { locks } = profileOf(evidence);
    const state = (lock: string): string | undefined => locks.find(({ name }) => name === lock)?.state;
    const flag = (word: number, bit: number): string => (((word >>> bit) & 1) === 1 ? 'set' : 'clear');
    expect(state('SMI_LOCK')).toBe(flag(await configAt(guest, 0x1f, 0, 0xa0), 4));
    expect(state('D_LCK')).toBe(flag(await configAt(guest, 0, 0, 0x9c), 12));
    expect(state('TCO_LOCK')).toBe('clear');
  });

  test.each([
    ['SMI_EN', 'i /w 0x630'],
    ['PM1_EN', 'i /h 0x602'],
    ['GPE0_EN', 'i /w 0x628'],
    ['TCO1_CNT', 'i /h 0x668'],
    ['GCS', 'xp /1wx 0xfed1f410'],
  ])('%s is what QEMU has', async (name, command) => {
    const there = await seenAt(guest, command);
    expect([there, value(name)]).toEqual([there, there]);
  });

  test('a port that nothing decodes is no value', () => {
    const { unknown } = profileOf(evidence);
    const why = unknown.find(({ name }) => name === 'ALT_GP_SMI_EN')?.why;
    expect(why).toContain('board.txt: pmbase+38h (port 638h) is all ones');
  });

  test('--live reads the same', () => {
    const { registers } = profileOf(evidence);
    const moves = /_STS|MSR_SMI_COUNT/;
    // QEMU answers an access of a byte to SMI_EN with zeros, and /dev/mem ends where the memory does.
    const same = registers.filter(
      ({ name }) => !moves.test(name) && !['SMI_EN', 'GCS', 'HSFS', 'PM1_CNT'].includes(name),
    );
    const plain = (list: readonly { readonly name: string; readonly value: number }[]) =>
      list.map(({ name, value: number }) => [name, number]);
    const names = new Set(same.map(({ name }) => name));
    expect(names.size).toBeGreaterThan(15);
    expect(plain(live.registers.filter(({ name }) => names.has(name)))).toEqual(plain(same));
    expect(live.locks).toContainEqual(
      expect.objectContaining({ name: 'D_LCK', state: 'clear', readFrom: 'live: 00:00.0 config 9Dh bit 4' }),
    );
  });
});

describe.skipIf(isMissing)('a machine under lockdown', () => {
  let guest: Guest;
  beforeAll(async () => {
    guest = await boot(guestImage(guestKernel()!.msrModule, init(''), [script]), 'lockdown=integrity');
  }, BOOT_MS);
  afterAll(() => guest?.close());

  test('shows configuration space and model-specific registers, and says that it keeps the rest', () => {
    const [, evidence = ''] = partsOf(guest);
    const { locks, unknown, smrr, notes } = profileOf(evidence);
    expect(evidence).toContain('lockdown: none [integrity] confidentiality');
    expect(locks).toContainEqual(expect.objectContaining({ name: 'SMI_LOCK', state: 'set' }));
    expect(smrr.validOnEveryCore).toBe('no');
    const why = (list: readonly { readonly name: string; readonly why: string }[], name: string) =>
      list.find((each) => each.name === name)?.why;
    expect(why(unknown, 'SMI_EN')).toBe('board.txt: pmbase+30h: Operation not permitted');
    expect(why(unknown, 'GCS')).toBe('board.txt: rcba+3410h: Operation not permitted');
    expect(notes).toContainEqual(expect.stringContaining('the kernel is in lockdown (integrity)'));
  });
});

import type { Finding } from 'underwatch';
import {
  observe,
  registerValue,
  staleStatus,
  type Flag,
  type PlatformProfile,
} from '../../models/platform/boards/index.ts';

const flagState = (flags: readonly Flag<string>[], name: string): Flag<string> | undefined =>
  flags.find((flag) => flag.name === name);

/** Findings about SMRAM: who can open it, move it, or poison it through the cache. */
const smram = ({ locks, smrr }: PlatformProfile): readonly Finding[] => {
  const dLck = flagState(locks, 'D_LCK');
  const tseg = flagState(locks, 'TSEG_LOCK');
  const evidence = (flag: Flag<string> | undefined): readonly string[] =>
    flag === undefined ? [] : [`${flag.says} (${flag.readFrom})`];
  const says = {
    set: 'SMRAM is locked: D_OPEN cannot open it until reset (S-DOPEN prevented)',
    clear: 'SMRAM is not locked: a hypervisor sets D_OPEN and rewrites the SMI handler and its key (S-DOPEN)',
    unknown: 'whether SMRAM is locked is not in the logs: S-DOPEN is open',
    absent: 'this chipset has no D_LCK',
  } as const;
  const severity = { set: 'good', clear: 'bad', unknown: 'note', absent: 'note' } as const;
  const dLckState = dLck?.state ?? 'unknown';
  const tsegState = tseg?.state ?? 'unknown';
  const tsegSays = {
    set: 'TSEGMB is locked: DMA protection of TSEG stays where it is (S-TSEGDMA)',
    clear: 'TSEGMB is not locked: TSEG can be moved away from under its protection (S-TSEGDMA)',
    unknown: 'whether TSEG is locked is not in the logs',
    absent: 'TSEG has no lock of its own on this chipset; D_LCK freezes its size and place',
  } as const;
  return [
    { id: 'S-DOPEN', says: says[dLckState], severity: severity[dLckState], evidence: evidence(dLck) },
    { id: 'S-TSEGDMA', says: tsegSays[tsegState], severity: severity[tsegState], evidence: evidence(tseg) },
    {
      id: 'S-CACHE',
      says: `SMRR: ${smrr.says}`,
      severity:
        smrr.validOnEveryCore === 'yes' && smrr.coversTseg === 'yes'
          ? 'good'
          : smrr.validOnEveryCore === 'no' || smrr.coversTseg === 'no'
            ? 'bad'
            : 'note',
      evidence: [
        `supported: ${smrr.supported}; valid on every core: ${smrr.validOnEveryCore}; covers TSEG: ${smrr.coversTseg}`,
      ],
    },
  ];
};

/** The names that fwupd gives these three bits. Source: fwupd, Host Security ID specification. */
const HSI = ['org.fwupd.hsi.Spi.Bioswe', 'org.fwupd.hsi.Spi.Ble', 'org.fwupd.hsi.Spi.SmmBwp'] as const;

/**
 * Findings about the BIOS flash, without a search: a writable flash makes every lock of the next boot
 * optional.
 */
const flash = ({ bios }: PlatformProfile): readonly Finding[] => {
  const states = bios.map(({ name, state }) => `${name} ${state}`).join(', ');
  const bwp = flagState(bios, 'SMM_BWP')?.state;
  if (bios.every(({ state }) => state === 'unknown')) return [];
  return [
    {
      id: 'S-BLE',
      says:
        bwp === 'set'
          ? 'the BIOS flash can be written only while every core is in SMM'
          : 'the BIOS flash is not protected by SMM_BWP: what firmware locks at the next boot may be rewritten (S-BLE)',
      severity: bwp === 'set' ? 'good' : 'bad',
      evidence: [`BIOS_CNTL: ${states}`, `in fwupd's HSI: ${HSI.join(', ')}`],
    },
  ];
};

const routes = ['nothing', 'SMI', 'SCI', 'NMI'] as const;

/** Findings about the pin that would carry the trigger, as the board's own firmware left it. */
const triggerPin = (profile: PlatformProfile, gpi: number): readonly Finding[] => {
  const [rout, enable, direction] = ['GPIO_ROUT', 'ALT_GP_SMI_EN', 'GP_IO_SEL'].map((name) =>
    registerValue(profile, name),
  );
  if (rout === undefined || enable === undefined || direction === undefined) return [];
  const route = routes[((rout >>> (2 * gpi)) & 0b11) as 0 | 1 | 2 | 3];
  const isEnabled = ((enable >>> gpi) & 1) === 1;
  const isInput = ((direction >>> gpi) & 1) === 1;
  const ready = route === 'SMI' && isEnabled && isInput;
  return [
    {
      id: 'TRIGGER-PIN',
      says: ready
        ? `GPI ${gpi} is set up as slide 14 wants it`
        : `GPI ${gpi} carries no trigger as found (an ${isInput ? 'input' : 'output'}, routed to ${route}, ${isEnabled ? 'enabled' : 'not enabled'}); the questions below suppose a trusted boot that sets it up`,
      severity: 'note',
      evidence: [],
    },
  ];
};

/** Findings on slide 14's rule: whether it could live with the status bits that this board had set. */
const slide14 = (profile: PlatformProfile, gpi: number): readonly Finding[] => {
  const { accepted, bits, says } = staleStatus(profile, gpi);
  if (accepted === 'unknown' && bits.length === 0) return [];
  const verdicts = {
    'as-found': 'slide 14\'s "all other bits are 0" is true of the status bits as found',
    'once-cleared':
      'slide 14\'s "all other bits are 0" rejects a genuine trigger until these bits are cleared, and again when their events come back',
    never:
      'slide 14\'s "all other bits are 0" would reject every genuine trigger: some bits are set again as soon as they are cleared',
    unknown: 'whether slide 14\'s "all other bits are 0" can ever be true here is not known',
  } as const;
  const severity = { 'as-found': 'good', 'once-cleared': 'bad', never: 'bad', unknown: 'note' } as const;
  return [
    { id: 'SLIDE-14-STATUS', says: verdicts[accepted], severity: severity[accepted], evidence: [says] },
  ];
};

/** Findings on laws between registers that the chipset model assumes, checked against this board. */
const laws = (profile: PlatformProfile): readonly Finding[] =>
  observe(profile)
    .filter(({ holds }) => holds !== 'unknown')
    .map(({ law, holds, detail }, index) => ({
      id: `LAW-${index + 1}`,
      says: holds === true ? `the model and the board agree: ${law}` : `the board did not show this: ${law}`,
      severity: 'note' as const,
      evidence: [detail],
    }));

/** All findings about a board that need no search. */
export const findingsOf = (profile: PlatformProfile, gpi: number): readonly Finding[] => [
  ...smram(profile),
  ...flash(profile),
  ...slide14(profile, gpi),
  ...triggerPin(profile, gpi),
  ...laws(profile),
  ...profile.notes.map((says, index) => ({
    id: `NOTE-${index + 1}`,
    says,
    severity: 'note' as const,
    evidence: [],
  })),
];

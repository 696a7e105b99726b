import fc from 'fast-check';
import { Fault } from 'underwatch/model';
import { describe, expect, it } from 'vitest';
import { readBoard, type LogFile, type PlatformProfile } from '../boards/index.ts';
import { profiles } from './index.ts';
import { dumpOf, dumpsFolder, hasDumps, mayLackDumps } from './testing/dumps.ts';

if (!hasDumps) {
  // oxlint-disable-next-line no-console -- tests that are left out must be seen to be.
  console.warn(`NOT TESTED: the profiles against the real logs, because ${dumpsFolder} is not there`);
}

it.skipIf(mayLackDumps)('CI has the logs of the real boards', () => {
  expect(hasDumps, `${dumpsFolder}, beside the repository`).toBe(true);
});

const read = (name: string, files: readonly LogFile[]): PlatformProfile => readBoard(name, files).profile;

/** The facts that a profile claims to know, each with its name. */
const claims = (profile: PlatformProfile): readonly (readonly [string, unknown])[] => [
  ['south bridge', profile.chipset.southbridge.id],
  ['host bridge', profile.chipset.northbridge.id],
  ...profile.registers.map(({ name, value, widthBits }) => [name, `${value}/${widthBits}`] as const),
  ...[...profile.locks, ...profile.bios]
    .filter(({ state }) => state !== 'unknown')
    .map(({ name, state }) => [name, state] as const),
  ...(['supported', 'validOnEveryCore', 'sameOnEveryCore', 'coversTseg'] as const)
    .filter((question) => profile.smrr[question] !== 'unknown')
    .map((question) => [`SMRR ${question}`, profile.smrr[question]] as const),
];

/** The false claims that `files` cause about a board; none if they are refused. Other errors pass. */
const lies = (profile: PlatformProfile, files: readonly LogFile[]): readonly unknown[] => {
  const truth = new Map(claims(profile));
  try {
    return claims(read(profile.name, files)).filter(([name, value]) => truth.get(name) !== value);
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
};

const message = 'Error: Dumping AMBs on this MCH is not (yet) supported.\n';

describe.skipIf(!hasDumps).each(profiles)('the logs of $name', (profile) => {
  const [inteltool, lspci] = hasDumps ? dumpOf(profile.id) : ([undefined, undefined] as const);
  const both = [inteltool!, lspci!] as const;
  /** One of the two logs changed by `change` at some place; places where values stand come up often. */
  const changed = (change: (text: string, at: number) => string): fc.Arbitrary<readonly LogFile[]> => {
    const places = both.map(({ text }) => {
      const marks = [
        'GPIOS',
        'ABASE',
        'UNIQUE MSRs',
        'BIOS_CNTL',
        '00:1f.0 ISA',
        '00:1f.2 ',
        '\n80: ',
        '\n90: ',
      ]
        .map((mark) => text.indexOf(mark))
        .filter((start) => start >= 0);
      return fc.oneof(
        fc.nat(text.length),
        ...marks.map((start) => fc.integer({ min: start, max: Math.min(text.length, start + 3000) })),
      );
    });
    return fc.oneof(
      places[0]!.map((at) => [{ ...both[0], text: change(both[0].text, at) }, both[1]]),
      places[1]!.map((at) => [both[0], { ...both[1], text: change(both[1].text, at) }]),
    );
  };

  it('give exactly the profile', () => {
    expect(read(profile.name, both)).toEqual(profile);
  });

  it('give it with line ends of Windows, and with a time before each line', () => {
    const rewritten = (rewrite: (text: string) => string): readonly LogFile[] =>
      both.map(({ path, text }) => ({ path, text: rewrite(text) }));
    expect(
      read(
        profile.name,
        rewritten((text) => text.replaceAll('\n', '\r\n')),
      ),
    ).toEqual(profile);
    expect(
      read(
        profile.name,
        rewritten((text) => text.replaceAll(/^/gm, 'May 01 10:20:30 ')),
      ),
    ).toEqual(profile);
  });

  it('cut anywhere, are refused or give nothing but the truth', () => {
    fc.assert(
      fc.property(
        changed((text, at) => text.slice(0, at)),
        (files) => {
          expect(lies(profile, files)).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });

  // A cut before these lines is refused, one behind them harms nothing: here it could make a false value.
  it('cut anywhere in the last line that is needed, are refused or give nothing but the truth', () => {
    const lastLine = (text: string, ...marks: readonly string[]): readonly number[] => {
      const start = marks.reduce((from, mark) => (from < 0 ? from : text.indexOf(mark, from)), 0);
      return start < 0 ? [] : Array.from({ length: 60 }, (_, offset) => start + offset);
    };
    const [inTool, inPci] = [both[0].text, both[1].text];
    const lastCore = inTool.lastIndexOf('UNIQUE MSRs');
    const toolCuts = [
      ...lastLine(inTool, 'pmbase+0x0068: '),
      ...(lastCore < 0 ? [] : lastLine(inTool, inTool.slice(lastCore, lastCore + 30), 'MSR 0x000000FE')),
    ];
    const pciCuts = [
      ...lastLine(inPci, '00:1f.0 ', '\nf0: '),
      ...lastLine(inPci, '00:1f.2 Memory controller', '\nf0: '),
    ];
    const files = [
      ...toolCuts.map((at) => [{ ...both[0], text: inTool.slice(0, at) }, both[1]]),
      ...pciCuts.map((at) => [both[0], { ...both[1], text: inPci.slice(0, at) }]),
    ];
    expect(files.length).toBeGreaterThanOrEqual(120);
    expect(files.flatMap((cut) => lies(profile, cut))).toEqual([]);
  });

  it('with a message written into them anywhere, are refused or give nothing but the truth', () => {
    fc.assert(
      fc.property(
        changed((text, at) => text.slice(0, at) + message + text.slice(at)),
        (files) => {
          expect(lies(profile, files)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are read in under 100 ms', () => {
    read(profile.name, both);
    const timesMs = Array.from({ length: 5 }, () => {
      const start = performance.now();
      read(profile.name, both);
      return performance.now() - start;
    });
    expect(Math.min(...timesMs)).toBeLessThan(100);
  });
});

import { describe, expect, test } from 'vitest';
import {
  Fault,
  runAudit,
  statesOf,
  violatesOrWitnesses,
  systemOf,
  type Answer,
  type AuditSubject,
} from 'underwatch';
import { hypersentry } from '../../models/hypersentry/invocation/model.ts';
import { profileOf, type PlatformProfile } from '../../models/platform/boards/index.ts';
import { profiles } from '../../models/platform/profiles/index.ts';
import { intelBoards } from './auditor.ts';
import { findingsOf } from './findings.ts';
import { subjectOf } from './subject.ts';

const board = (id: string): PlatformProfile => {
  const found = profiles.find((profile) => profile.id === id);
  if (found === undefined) throw new RangeError(`no profile ${id}`);
  return found;
};

const answersOf = async (subject: AuditSubject): Promise<ReadonlyMap<string, Answer>> => {
  const { answers } = await runAudit({
    name: 'x',
    chipset: 'x',
    registers: [],
    locks: [],
    unknown: [],
    findings: [],
    subject,
  });
  return new Map(answers.map((answer) => [answer.question.id, answer]));
};

const told = (answers: ReadonlyMap<string, Answer>, id: string): string => {
  const { verdict, shortest, closedBy } = answers.get(id)!;
  const steps = shortest?.attack === undefined ? '' : ` in ${shortest.attack.length}`;
  return `${verdict}${steps}${verdict === 'holds' ? '' : `; closed by ${closedBy.join(', ') || 'nothing alone'}`}`;
};

const MODELLED = profiles.filter(({ invocation }) => invocation === 'modelled');
const answered = new Map<string, Promise<ReadonlyMap<string, Answer>>>();
const answersFor = (id: string): Promise<ReadonlyMap<string, Answer>> => {
  const running = answered.get(id) ?? answersOf(subjectOf(board(id), 0));
  answered.set(id, running);
  return running;
};

describe('the questions, on six boards', () => {
  test('there are six boards to ask about, and one that cannot be asked', () => {
    expect(MODELLED.map(({ id }) => id)).toEqual([
      'acer-gm45-ich9m',
      'dell-e6540',
      'h61-sandybridge-desktop',
      'huananzhi-x99-bd4',
      'intel-dh77df',
      'samsung-np350v5c',
    ]);
  });

  test.each([
    // A lock on the gates of the pin would not do: the inversion and a BMC that takes commands are left.
    ['acer-gm45-ich9m', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    ['h61-sandybridge-desktop', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    ['samsung-np350v5c', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    ['dell-e6540', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    ['huananzhi-x99-bd4', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    ['intel-dh77df', 'H-DEFER', 'violated in 10; closed by boundedLatency'],
    // ACPI_BASE_LOCK clear on the first only; ACPI_EN has no lock.
    ['acer-gm45-ich9m', 'H-PMBASE', 'violated in 9; closed by boundedLatency'],
    ['dell-e6540', 'H-PMBASE', 'violated in 9; closed by boundedLatency, restoreDecode'],
    // GLE and GPIO_UNLOCK_SMI_EN set on two, to no avail, whether or not GLE covers GPI_INV.
    ['dell-e6540', 'H-GPIINV', 'violated in 3; closed by nothing alone'],
    ['huananzhi-x99-bd4', 'H-GPIINV', 'violated in 3; closed by nothing alone'],
    ['intel-dh77df', 'H-GPIINV', 'violated in 3; closed by nothing alone'],
    ['intel-dh77df', 'H-FAKE', 'holds'],
    ['intel-dh77df', 'H-BMC-INBAND', 'violated in 4; closed by bmcRefusesInBand'],
    ['intel-dh77df', 'H-BLOCK-NOTICED', 'holds'],
    // SMI_LOCK set or clear: a lock on the gates of the pin would not do, for ACPI_EN is left.
    ['intel-dh77df', 'H-STEALTH', 'violated in 4; closed by nothing alone'],
    ['samsung-np350v5c', 'H-STEALTH', 'violated in 4; closed by nothing alone'],
  ])('%s, %s: %s', async (id, question, expected) => {
    expect(told(await answersFor(id), question)).toBe(expected);
  });

  test.each(MODELLED.map(({ id }) => [id]))(
    '%s: slide 14 would accept no trigger, and says why',
    async (id) => {
      expect((await answersFor(id)).get('SLIDE-14')!.verdict).toBe('violated');
      const finding = findingsOf(board(id), 0).find((one) => one.id === 'SLIDE-14-STATUS')!;
      expect(finding.severity).toBe('bad');
      expect(finding.evidence.join()).toContain('PM1_STS_REG');
    },
  );

  test.each(MODELLED.map(({ id }) => [id]))('%s: every attack replays on the plain model', async (id) => {
    for (const { question, shortest } of (await answersFor(id)).values()) {
      if (shortest?.attack === undefined) continue;
      const system = systemOf(hypersentry, shortest.scenario);
      const steps = shortest.attack.steps.map(({ action, choices }) => ({ action, choice: choices }));
      const states = statesOf(system, { initial: shortest.attack.initial, steps: steps });
      expect(violatesOrWitnesses(system, question.invariant, states), question.id).toBe(true);
    }
  });
});

describe('what is not known is explored both ways', () => {
  test('without ACPI_BASE_LOCK in the logs, H-PMBASE is asked both ways, and is violated either way: ACPI_EN is left', async () => {
    const { southbridge, northbridge } = board('intel-dh77df').chipset;
    const {
      chipset: _chipset,
      locks: _locks,
      bios: _bios,
      smrr: _smrr,
      invocation: _invocation,
      ...readings
    } = board('intel-dh77df');
    const cut = profileOf({
      ...readings,
      southbridge,
      northbridge,
      registers: readings.registers.filter(({ name }) => name !== 'GEN_PMCON_LOCK'),
      unknown: [...readings.unknown, { name: 'GEN_PMCON_LOCK', why: 'cut out' }],
    });
    const subject = subjectOf(cut, 0);
    expect(subject.unknowns).toEqual(['ACPI_BASE_LOCK', 'GLE covers GPI_INV']);
    const answers = await answersOf(subject);
    expect(answers.get('H-PMBASE')).toMatchObject({ verdict: 'violated', decidedBy: [] });
    expect(answers.get('H-DEFER')).toMatchObject({ verdict: 'violated', decidedBy: [] });
  });
});

describe('what needs no search', () => {
  const severity = (id: string, finding: string): string | undefined =>
    findingsOf(board(id), 0).find((one) => one.id === finding)?.severity;

  test('SMRAM: locked on five, open on one, unknown on one', () => {
    const all = profiles.map(({ id }) => [id, severity(id, 'S-DOPEN')]);
    expect(Object.fromEntries(all)).toEqual({
      'acer-gm45-ich9m': 'good',
      'dell-e6540': 'good',
      'h310-coffeelake': 'good',
      'h61-sandybridge-desktop': 'bad',
      'huananzhi-x99-bd4': 'note',
      'intel-dh77df': 'good',
      'samsung-np350v5c': 'good',
    });
  });

  test('another pin than 0 may carry the trigger', () => {
    // GPI 14 of this board is routed to SMI and enabled by its own firmware.
    const says = findingsOf(board('dell-e6540'), 14).find(({ id }) => id === 'TRIGGER-PIN')!.says;
    expect(says).toBe('GPI 14 is set up as slide 14 wants it');
  });
});

test('a file that is no log is refused with a code', () => {
  const read = (): unknown => intelBoards.read('nothing', [{ path: 'a.txt', text: 'hello' }], { gpi: 0 });
  expect(read).toThrow(Fault);
});

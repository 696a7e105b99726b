import { describe, expect, test } from 'vitest';
import {
  runAudit,
  violatesOrWitnesses,
  statesOf,
  systemOf,
  type Answer,
  type AuditSubject,
} from 'underwatch';
import { smram } from '../../models/platform/smram/model.ts';
import { profiles } from '../../models/platform/profiles/index.ts';
import { smramSubjectOf } from './smram-subject.ts';

const subjectFor = (id: string): AuditSubject | undefined => {
  const profile = profiles.find((one) => one.id === id);
  if (profile === undefined) throw new RangeError(`no profile ${id}`);
  return smramSubjectOf(profile);
};

const answersOf = async (subject: AuditSubject): Promise<readonly Answer[]> =>
  (
    await runAudit({
      name: 'x',
      chipset: 'x',
      registers: [],
      locks: [],
      unknown: [],
      findings: [],
      subject,
    })
  ).answers;

const told = ({ verdict, shortest, decidedBy, closedBy }: Answer): string =>
  [
    verdict,
    ...(shortest?.attack === undefined ? [] : [`in ${shortest.attack.length}`]),
    ...(decidedBy.length === 0 ? [] : [`by ${decidedBy.join(', ')}`]),
    ...(closedBy.length === 0 ? [] : [`closed by ${closedBy.join(', ')}`]),
  ].join('; ');

describe('questions about the SMRAM of real boards', () => {
  test('there is no model for the memory controller of one of them', () => {
    const without = profiles.filter(({ id }) => subjectFor(id) === undefined).map(({ id }) => id);
    expect(without).toEqual(['huananzhi-x99-bd4']);
  });

  test.each([
    [
      'intel-dh77df',
      {
        'S-DOPEN': 'holds',
        'S-TSEGDMA': 'holds',
        'S-REMAP': 'holds',
        'S-CACHE': 'depends; in 4; by SMRR; closed by SMRR',
        'S-KEY': 'depends; in 5; by SMRR; closed by SMRR',
      },
    ],
    [
      // Its firmware locks nothing.
      'h61-sandybridge-desktop',
      {
        'S-DOPEN': 'depends; in 2; by SMRR; closed by D_LCK, SMRR',
        'S-TSEGDMA': 'violated; in 2',
        'S-REMAP': 'violated; in 4',
        'S-CACHE': 'depends; in 4; by SMRR; closed by SMRR',
        'S-KEY': 'violated; in 2',
      },
    ],
    [
      'acer-gm45-ich9m',
      {
        'S-DOPEN': 'holds',
        'S-TSEGDMA': 'holds',
        'S-REMAP': 'depends; in 4; by TOLUD_LOCK, REMAPBASE_LOCK, remapped before TSEG',
        'S-CACHE': 'depends; in 4; by SMRR; closed by SMRR',
        'S-KEY': 'depends; in 2; by TOLUD_LOCK, REMAPBASE_LOCK, SMRR, remapped before TSEG',
      },
    ],
  ] as const)('%s', async (id, expected) => {
    const answers = await answersOf(subjectFor(id)!);
    expect(Object.fromEntries(answers.map((answer) => [answer.question.id, told(answer)]))).toEqual(expected);
    for (const { question, shortest } of answers) {
      if (shortest?.attack === undefined) continue;
      const system = systemOf(smram, shortest.scenario);
      const steps = shortest.attack.steps.map(({ action, choices }) => ({ action, choice: choices }));
      const states = statesOf(system, { initial: shortest.attack.initial, steps });
      expect(violatesOrWitnesses(system, question.invariant, states), question.id).toBe(true);
    }
  });

  test('the boards whose map is locked are as good as their SMRR, which no log shows', async () => {
    for (const id of ['dell-e6540', 'samsung-np350v5c']) {
      const answers = await answersOf(subjectFor(id)!);
      expect([id, ...answers.map(({ verdict }) => verdict)]).toEqual([
        id,
        'holds',
        'holds',
        'holds',
        'depends',
        'depends',
      ]);
    }
  });
});

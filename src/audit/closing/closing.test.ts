import { describe, expect, it } from 'vitest';
import { actionOf, defineModel, type Setting } from '../../model/index.ts';
import type { Mitigation, AuditSubject, Platform } from '../auditor.ts';
import { runAudit, type AuditRun } from '../run-audit.ts';

interface House {
  readonly inside: boolean;
}
type Doors = { readonly front: boolean; readonly back: boolean; readonly moat: boolean };
const parameters: Doors = { front: false, back: false, moat: false };
const action = actionOf<House, Setting<Doors, never>>();
const enter = (door: 'front' | 'back') =>
  action({
    actor: 'burglar',
    says: `enters by the ${door} door`,
    when: (_state, _choice, { parameters: built }) => !built[door] && !built.moat,
    then: (draft) => {
      draft.inside = true;
    },
  });

/** A house with two doors: a lock on one of them is no use. */
const house = defineModel({
  id: 'house',
  says: 'a house with two doors',
  defences: {},
  capabilities: {},
  parameters,
  initial: (): House => ({ inside: false }),
  actions: { front: enter('front'), back: enter('back') },
  invariants: {
    outside: {
      kind: 'always',
      says: 'Nobody is inside.',
      source: 'the owner',
      holds: ({ inside }: House) => !inside,
    },
  },
});

const setting = (id: string, by: Mitigation['by'] = 'firmware'): Mitigation => ({ id, says: id, by });

const audited = async (settings: readonly Mitigation[], scenarios: string[] = []): Promise<AuditRun> => {
  const subject: AuditSubject = {
    model: house,
    questions: [{ id: 'Q', invariant: 'outside', says: 'Can one get in?', source: 'the owner' }],
    unknowns: [],
    mitigations: settings,
    scenario: (_question, _assigned, changed = []) => {
      scenarios.push(changed.join(' '));
      const built = Object.fromEntries(
        Object.keys(parameters).map((name) => [name, changed.includes(name)]),
      ) as unknown as Doors;
      return { without: [], capabilities: [], parameters: built };
    },
  };
  const platform: Platform = {
    name: 'h',
    chipset: 'h',
    registers: [],
    locks: [],
    unknown: [],
    findings: [],
    subject,
  };
  return runAudit(platform);
};

describe('what closes an attack', () => {
  it('is a set of settings where no single one does it', async () => {
    const { answers, plans } = await audited([setting('front'), setting('back')]);
    expect(answers[0]).toMatchObject({
      closedBy: [],
      notClosedBy: ['front', 'back'],
      closedTogether: [['front', 'back']],
    });
    expect(plans).toEqual([
      { steps: [{ settings: ['front', 'back'], closes: ['Q'], or: [] }], closes: ['Q'], leaves: [] },
    ]);
  });

  it('comes without what it does not need', async () => {
    const idle = ['a', 'b', 'c', 'd'].map((id) => setting(id));
    const { answers } = await audited([...idle, setting('front'), setting('back')]);
    expect(answers[0]!.closedTogether).toEqual([['front', 'back']]);
  });

  it('is nothing that nobody can change, as long as there is something else', async () => {
    const both = [setting('moat', 'hypothetical'), setting('front'), setting('back')];
    const { answers, plans } = await audited(both);
    expect(answers[0]).toMatchObject({ closedBy: ['moat'], closedTogether: [['front', 'back']] });
    expect(plans[0]!.steps).toEqual([{ settings: ['front', 'back'], closes: ['Q'], or: [] }]);
    const alone = await audited([setting('moat', 'hypothetical'), setting('front')]);
    expect(alone.answers[0]).toMatchObject({ closedBy: ['moat'], closedTogether: [] });
    expect(alone.plans).toEqual([
      { steps: [{ settings: ['moat'], closes: ['Q'], or: [] }], closes: [], leaves: ['Q'] },
    ]);
  });

  it('is nothing where an attack is left with all settings together', async () => {
    const { answers, plans } = await audited([setting('front'), setting('a')]);
    expect(answers[0]).toMatchObject({ closedBy: [], closedTogether: [] });
    expect(plans).toEqual([{ steps: [], closes: [], leaves: ['Q'] }]);
  });
});

import { describe, expect, it } from 'vitest';
import { Fault } from '../model/index.ts';
import { doorAuditor } from '../testing/models/door-auditor.ts';
import type { AuditSubject, Platform } from './auditor.ts';
import { runAudit } from './run-audit.ts';

const platformOf = (...lines: readonly string[]): Platform =>
  doorAuditor.read('d', [{ path: 'door.log', text: ['door=oak', ...lines, 'end'].join('\n') }], { gpi: 0 });

const changed = (platform: Platform, change: (subject: AuditSubject) => Partial<AuditSubject>): Platform => {
  if (platform.subject instanceof Fault) throw platform.subject;
  return { ...platform, subject: { ...platform.subject, ...change(platform.subject) } };
};

describe('runAudit', () => {
  it('searches each scenario once for all of its questions', async () => {
    const searched: string[] = [];
    const platform = changed(platformOf(), ({ scenario }) => ({
      scenario: (question, assigned, setting) => {
        const made = scenario(question, assigned, setting);
        searched.push(JSON.stringify(made.parameters));
        return made;
      },
    }));
    const { answers } = await runAudit(platform);
    expect(answers.map(({ verdict, closedBy }) => [verdict, closedBy])).toEqual([
      ['depends', ['set-lock']],
      ['depends', ['set-lock', 'set-alarm']],
    ]);
    // Four assignments have four scenarios; the settings lead into these again.
    expect(new Set(searched).size).toBe(4);
    // Locked 1 and 1; open 2 until both questions are answered; open with the alarm on 3.
    expect(answers.map(({ states }) => states)).toEqual([7, 7]);
  });

  it('asks other sides of the board on their own models, with their own unknowns and settings', async () => {
    const platform = platformOf('lock=1', 'alarm=1');
    const other = platformOf('lock=0');
    if (other.subject instanceof Fault) throw other.subject;
    const { answers } = await runAudit({ ...platform, others: [other.subject] });
    expect(answers.map(({ model, verdict, decidedBy }) => [model, verdict, decidedBy])).toEqual([
      [undefined, 'holds', []],
      [undefined, 'holds', []],
      ['door', 'violated', []],
      ['door', 'depends', ['alarm']],
    ]);
  });

  it('says so when there are more unknowns than it tries in combination', async () => {
    const platform = changed(platformOf(), () => ({ unknowns: ['a', 'b', 'c', 'd', 'e', 'f'] }));
    const { answers } = await runAudit(platform);
    expect(answers.map(({ verdict, because }) => [verdict, because])).toEqual(
      Array.from({ length: 2 }, () => [
        'unresolved',
        '6 unknown values (a, b, c, d, e, f) have 64 combinations; at most 32 are searched',
      ]),
    );
  });

  it('says of what holds that nobody acts, where no power of the question does', async () => {
    const withHands = (...lines: readonly string[]): Platform =>
      changed(platformOf(...lines), ({ scenario }) => ({
        scenario: (...asked) => ({ ...scenario(...asked), capabilities: ['hands'] }),
      }));
    const locked = await runAudit(withHands('lock=1', 'alarm=1'));
    const nobody =
      'nobody acts: capability `hands` never acts, for the guard of its action `push` is never true';
    expect(locked.answers.map(({ because, verdict }) => [verdict, because])).toEqual([
      ['holds', nobody],
      ['holds', nobody],
    ]);
    const open = await runAudit(withHands('lock=0', 'alarm=1'));
    expect(open.answers.map(({ because, verdict }) => [verdict, because])).toEqual([
      ['violated', undefined],
      ['holds', undefined],
    ]);
    const unknown = await runAudit(withHands('alarm=1'));
    expect(unknown.answers.map(({ because, verdict }) => [verdict, because])).toEqual([
      ['depends', undefined],
      ['holds', undefined],
    ]);
  });

  it('is unresolved, and proposes nothing, where a limit ends the searches', async () => {
    const { answers } = await runAudit(platformOf('lock=1', 'alarm=1'), { limits: { maxStates: 1 } });
    expect(answers.map(({ verdict, because }) => [verdict, because])).toEqual([
      ['unresolved', 'maxStates ended the search'],
      ['unresolved', 'maxStates ended the search'],
    ]);
  });

  it('answers nothing once it is stopped', async () => {
    const { answers, interrupted } = await runAudit(platformOf(), { signal: AbortSignal.abort() });
    expect(interrupted).toBe(true);
    expect(answers.map(({ verdict, because }) => [verdict, because])).toEqual([
      ['unresolved', 'the audit was interrupted'],
      ['unresolved', 'the audit was interrupted'],
    ]);
  });

  it('throws the fault of a board that cannot be searched', async () => {
    const platform = doorAuditor.read('d', [{ path: 'door.log', text: 'door=revolving\nend' }], { gpi: 0 });
    await expect(runAudit(platform)).rejects.toMatchObject({ code: 'UW404' });
  });

  it('refuses options that there are not', async () => {
    await expect(runAudit({} as never, { limit: {} } as never)).rejects.toThrow('for limits');
  });
});

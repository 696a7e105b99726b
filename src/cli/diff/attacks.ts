import { attackOf } from '../../attack/attack.ts';
import type { ReplayOutcome } from '../../attack/replay-outcome.ts';
import { compareAttacks, type Divergence, type AttackInSystem } from '../../attack/compare/compare.ts';
import { counted } from '../../attack/words.ts';
import { Fault, guarded } from '../../model/index.ts';
import { shown } from '../../model/shown.ts';
import { parseAttackFile, traceOf, type AttackFile } from '../../report/attack-file.ts';
import { jsonText } from '../../report/document.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { attackSystem } from '../replay/attack-system.ts';
import { columnsWithText, drawn } from '../terminal/layout.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { loadWorkspace } from '../workspace/load-config.ts';

/** A file, and its content. */
export interface Input {
  readonly path: string;
  readonly content: string;
}

/**
 * Whether a text is that of an attack, as far as can be seen at once; a report has claims, and no steps of
 * its own.
 */
export const isAttack = ({ content }: Input): boolean => {
  try {
    const data: unknown = JSON.parse(content);
    return typeof data === 'object' && data !== null && 'steps' in data;
  } catch {
    return false;
  }
};

const otherModel = (path: string, expected: string, got: string): Fault =>
  new Fault('UW393', {
    where: path,
    expected: `an attack on model ${expected}, as the first one`,
    got: `one on model ${got}`,
    likely: 'the wrong file was named',
    next: 'compare attacks on one model; their scenarios may differ',
  });

const courseWords = (course: ReplayOutcome, steps: readonly string[]): string => {
  switch (course.kind) {
    case 'works':
      return 'it works there as well';
    case 'harmless':
      return 'all its steps are possible there, and break nothing';
    case 'refused': {
      const step = `step ${course.step} (${shown(steps[course.step - 1] ?? '')})`;
      return course.guard === true ? `the guard of ${step} refuses` : `there is no ${step}`;
    }
  }
};

/** Writes the steps of an attack in the model's words. */
const wordsOf = ({ system, trace }: AttackInSystem): readonly string[] =>
  guarded(`model ${system.model.id}, present`, () =>
    attackOf(system, trace, false).steps.map(({ actor, text }) => `${actor} ${text}`),
  );

const textOf = (
  parting: Divergence,
  files: readonly [AttackFile, AttackFile],
  [before, after]: readonly [AttackInSystem, AttackInSystem],
  terminal: Terminal,
): string => {
  const { afterInBefore, alike, beforeInAfter, states } = parting;
  const { paint, width } = terminal;
  const [first, second] = [wordsOf(before), wordsOf(after)];
  const at = (words: readonly string[]): string => shown(words[alike] ?? 'nothing: it ends there');
  const isSame = parting.before === undefined && parting.after === undefined;
  const rows: readonly (readonly [string, string])[] = [
    ['old', `${files[0].claim}, ${counted(first.length, 'step')}`],
    ['new', `${files[1].claim}, ${counted(second.length, 'step')}`],
    ['alike', isSame ? 'all steps' : alike === 0 ? 'no step' : `the first ${counted(alike, 'step')}`],
    ...(isSame
      ? []
      : [[`step ${alike + 1}`, `old: ${at(first)}`] as const, ['', `new: ${at(second)}`] as const]),
    ['old in the scenario of new', courseWords(beforeInAfter, first)],
    ['new in the scenario of old', courseWords(afterInBefore, second)],
    ...(states === undefined
      ? []
      : [
          [
            states.step === 0 ? 'initial states differ' : `states differ after step ${states.step}`,
            states.fields.map(({ after: now, before: old, field }) => `${field} ${old} → ${now}`).join('; '),
          ] as const,
        ]),
  ];
  const lines = columnsWithText(
    rows.map(([name, text]) => ({ cells: [{ text: name, paint: paint.dim }], text })),
    width,
  );
  return `${lines.join('\n')}\n`;
};

/**
 * Compares two attack files. Throws UW393 for attacks on different models, UW501 for a file that is no attack
 * file.
 */
export const diffAttacks = async (
  terminal: Terminal,
  [old, now]: readonly [Input, Input],
  { config, json }: { readonly config: string | undefined; readonly json: boolean },
): Promise<ExitCode> => {
  const { models } = await loadWorkspace(process.cwd(), config, ['suites', 'auditors']);
  const first = parseAttackFile(old.path, old.content, { anyVersion: true });
  const second = parseAttackFile(now.path, now.content, { anyVersion: true });
  if (first.model !== second.model) throw otherModel(now.path, first.model, second.model);
  const sideOf = ({ path }: Input, file: AttackFile): AttackInSystem => ({
    system: attackSystem(path, file, models).system,
    invariant: file.invariant,
    trace: traceOf(file),
  });
  const [before, after] = [sideOf(old, first), sideOf(now, second)];
  const parting = compareAttacks(before, after);
  terminal.out(
    json
      ? jsonText({ old: first.claim, new: second.claim, ...parting })
      : drawn(textOf(parting, [first, second], [before, after], terminal), terminal),
  );
  return EXIT.asExpected;
};

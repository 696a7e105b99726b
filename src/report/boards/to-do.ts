import type { Mitigation } from '../../audit/auditor.ts';
import type { AnswerEntry, PlatformEntry } from '../report.ts';

/** A task for a board: what to change, each part in words, and what that closes. */
export interface ToDo {
  readonly parts: readonly { readonly id: string; readonly says: string; readonly costs?: string }[];
  readonly closes: readonly string[];
  /** Commands that set it until the next reset; nobody has tried them on this board. */
  readonly snippets: readonly string[];
  /** Commands that tell whether it is set already, where that is not known. */
  readonly checks: readonly string[];
  /** Other settings that close the same, in a few words. */
  readonly or: readonly string[];
}

/** The tasks for a board, and the attacks that no task closes. */
export interface ToDoList {
  readonly steps: readonly ToDo[];
  /** Tasks that would help and cannot be done: no chipset has what they need. */
  readonly notToBeHad: readonly ToDo[];
  /** Attacks that no tried setting closes. */
  readonly open: readonly string[];
  /** Attacks by design, each with why. */
  readonly accepted: readonly { readonly id: string; readonly because: string }[];
  /** Answers that are not as they should be and are no attacks: the mechanism itself does not work. */
  readonly unfit: readonly AnswerEntry[];
  /** The result of all steps together, in words. */
  readonly together: string;
}

const isBroken = ({ verdict }: AnswerEntry): boolean => verdict === 'violated' || verdict === 'depends';

const settingOf = ({ settings }: PlatformEntry, id: string): Mitigation =>
  settings.find((setting) => setting.id === id) ?? { id, says: id };

const partsOf = (entry: PlatformEntry, ids: readonly string[]): ToDo['parts'] =>
  ids.map((id) => {
    const { says, costs } = settingOf(entry, id);
    return { id, says, ...(costs === undefined ? {} : { costs }) };
  });

const togetherWords = (closes: readonly string[], leaves: readonly string[]): string => {
  if (closes.length + leaves.length === 0) return '';
  const all = closes.length === 0 ? '' : `with all of them no attack is left on ${closes.join(', ')}`;
  const rest = leaves.length === 0 ? '' : `${all === '' ? '' : '; '}attacks are left on ${leaves.join(', ')}`;
  return `${all}${rest}`;
};

/** Makes the tasks for a board from its plans, apart from what is by design. */
export const toDoList = (entry: PlatformEntry): ToDoList => {
  const accepted = entry.answers.flatMap(({ id, accepted: because }) =>
    because === undefined ? [] : [{ id, because }],
  );
  const isAccepted = (id: string): boolean => accepted.some((one) => one.id === id);
  const steps = entry.plans
    .flatMap((plan) => plan.steps)
    .map((step) => ({ ...step, closes: step.closes.filter((id) => !isAccepted(id)) }))
    .filter(({ closes }) => closes.length > 0);
  const isReal = (ids: readonly string[]): boolean =>
    ids.every((id) => settingOf(entry, id).by !== 'hypothetical');
  const toDos = (real: boolean): readonly ToDo[] =>
    steps
      .filter(({ settings }) => isReal(settings) === real)
      .map(({ settings, closes, or }) => ({
        parts: partsOf(entry, settings),
        closes,
        snippets: settings.flatMap((id) => settingOf(entry, id).snippet ?? []),
        checks: settings.flatMap((id) => settingOf(entry, id).check ?? []),
        or: or.map((ids) => ids.join(' and ')),
      }));
  const closed = new Set(steps.flatMap(({ closes }) => closes));
  const broken = entry.answers.filter((answer) => isBroken(answer) && !isAccepted(answer.id));
  const isAttack = ({ attack }: AnswerEntry): boolean => attack !== undefined;
  const all = (which: 'closes' | 'leaves'): readonly string[] =>
    entry.plans
      .flatMap((plan) => plan[which])
      .filter((id) => !isAccepted(id) && entry.answers.some((one) => one.id === id && isAttack(one)));
  const real = toDos(true);
  return {
    steps: real,
    notToBeHad: toDos(false),
    open: broken.filter((one) => isAttack(one) && !closed.has(one.id)).map(({ id }) => id),
    accepted,
    unfit: broken.filter((one) => !isAttack(one) && !closed.has(one.id)),
    together: real.length === 0 ? '' : togetherWords(all('closes'), all('leaves')),
  };
};

/** Whether there is anything to say about what to do. */
export const hasToDo = ({ steps, notToBeHad, open, accepted, unfit }: ToDoList): boolean =>
  steps.length + notToBeHad.length + open.length + accepted.length + unfit.length > 0;

import type { Group, Layout } from '../packing/layout.ts';
import type { Space } from '../../learned-relation/space.ts';
import { ANSWER, type Monitor } from '../../monitor/monitor.ts';

/**
 * A question about every new state, or about every step: whether its monitor has something to say of it, and
 * whether that decides the monitor.
 */
export interface Question {
  readonly monitor: Monitor;
  readonly trie: number;
  /** Makes the trie know the answer for `row`. */
  readonly learn: (row: Uint32Array) => void;
}

const stateQuestion = (space: Space, monitor: Monitor): Question | undefined => {
  if (monitor.kind === 'never-step' || monitor.kind === 'no-deadlock') return undefined;
  if (monitor.kind !== 'within') {
    return { monitor, trie: monitor.question.trie, learn: (row) => void monitor.question.answer(row) };
  }
  // The waiting time stands in the row already; its trie says what each one means.
  const { timerField, steps } = monitor;
  const trie = space.forest.plant();
  const meaning = (waited: number): number => {
    if (waited === 0) return ANSWER.notApplicable;
    return waited > steps ? ANSWER.decisive : ANSWER.applicable;
  };
  return {
    monitor,
    trie,
    learn: (row) =>
      void space.forest.add(trie, [timerField], () => row[timerField]!, meaning(row[timerField]!)),
  };
};

/** Returns the questions of `monitors` about every new state. */
export const stateQuestionsOf = (space: Space, monitors: readonly Monitor[]): readonly Question[] =>
  monitors.map((monitor) => stateQuestion(space, monitor)).filter((question) => question !== undefined);

/** Returns the questions of `monitors` about every step, as a row of both states one after the other. */
export const stepQuestionsOf = (space: Space, monitors: readonly Monitor[]): readonly Question[] => {
  const width = space.fields.length;
  return monitors.flatMap((monitor) =>
    monitor.kind !== 'never-step'
      ? []
      : [
          {
            monitor,
            trie: monitor.question.trie,
            learn: (row) => void monitor.question.answer(row.subarray(0, width), row.subarray(width)),
          },
        ],
  );
};

/**
 * Returns the layout of two states of `layout`, one after the other, of which the first `width` fields are
 * the model's.
 */
export const pairLayout = (layout: Layout, width: number): Layout => {
  const { words } = layout;
  const all = layout.groups.map((group, number) => ({ group, number }));
  const models = all.filter(({ group }) => group.fields.every((field) => field < width));
  // A model whose fields have no bits still needs a place to look at.
  const own =
    models.length > 0 ? models : [{ group: { word: 0, shift: 0, bits: 0, fields: [] }, number: -1 }];
  const shifted = ({ group }: { readonly group: Group }): Group => ({
    ...group,
    word: group.word + words,
    fields: group.fields.map((field) => field + width),
  });
  const numberOf = (group: number): number => own.findIndex(({ number }) => number === group);
  const slots = layout.slots.slice(0, width);
  const groupOf = layout.groupOf.slice(0, width).map((group) => (group < 0 ? -1 : numberOf(group)));
  return {
    words: 2 * words,
    bits: 2 * layout.bits,
    slots: [...slots, ...slots.map((slot) => ({ ...slot, word: slot.word + words }))],
    groups: [...own.map(({ group }) => group), ...own.map(shifted)],
    groupOf: [...groupOf, ...groupOf.map((group) => (group < 0 ? -1 : group + own.length))],
  };
};

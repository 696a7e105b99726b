import type { Dice } from './dice.ts';

/** The type of a part of a state. */
export type Type =
  | { readonly is: 'flag' }
  | { readonly is: 'mode'; readonly of: readonly string[] }
  /** A number from 0 to `below` - 1. */
  | { readonly is: 'number'; readonly below: number }
  /** The same, or null. */
  | { readonly is: 'maybe'; readonly below: number }
  /** `null`, `{ kind: 'ask', by }` or `{ kind: 'done', ok }`. */
  | { readonly is: 'slot'; readonly below: number }
  | { readonly is: 'part'; readonly fields: readonly Field[] }
  | List
  /** The place of an element before this one in a list, or -1: a chain of them comes to an end. */
  | { readonly is: 'back' };

/** An array of `least` to `most` elements. */
export interface List {
  readonly is: 'list';
  readonly of: Type;
  readonly least: number;
  readonly most: number;
  /** Whether nothing tells its elements apart. */
  readonly alike: boolean;
}

/** A field of an object; an optional one may be missing. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly optional?: boolean;
}

const MODES = ['off', 'idle', 'run'] as const;
const flag: Type = { is: 'flag' };

const mode = (dice: Dice): Type => ({ is: 'mode', of: MODES.slice(0, dice.from(2, 3)) });
const small = (dice: Dice): Type => ({ is: 'number', below: dice.from(2, 3) });

/** Parts that several parts of a model may be, which the longer arrays have few of. */
const element = (dice: Dice): Type => {
  const load: Type = { is: 'maybe', below: 2 };
  return dice.make<Type>([
    () => ({ is: 'part', fields: [{ name: 'busy', type: flag }] }),
    () => ({
      is: 'part',
      fields: [
        { name: 'busy', type: flag },
        { name: 'level', type: small(dice) },
      ],
    }),
    () => ({
      is: 'part',
      fields: [
        { name: 'mode', type: mode(dice) },
        { name: 'load', type: load },
      ],
    }),
    () => ({
      is: 'part',
      fields: [
        { name: 'level', type: small(dice) },
        { name: 'seen', type: flag, optional: true },
      ],
    }),
  ]);
};

const list = (of: Type, least: number, most: number = least, alike = false): List => ({
  is: 'list',
  of,
  least,
  most,
  alike,
});

/** Lists of which a model has one or two. */
const LISTS: readonly ((dice: Dice) => Field)[] = [
  (dice) => ({ name: 'cores', type: list(element(dice), dice.from(2, 6)) }),
  (dice) => ({ name: 'cores', type: list(element(dice), dice.from(5, 6)) }),
  (dice) => ({ name: 'twins', type: list(element(dice), dice.from(2, 5), undefined, true) }),
  (dice) => ({ name: 'levels', type: list(small(dice), dice.from(3, 7)) }),
  (dice) => ({ name: 'lamps', type: list(flag, dice.from(5, 8)) }),
  (dice) => ({ name: 'votes', type: list({ is: 'maybe', below: 2 }, dice.from(3, 6)) }),
  (dice) => ({ name: 'queue', type: list(small(dice), 0, dice.from(2, 4)) }),
  (dice) => ({ name: 'tasks', type: list(element(dice), 0, dice.from(2, 3)) }),
  (dice) => ({ name: 'ready', type: list(small(dice), 0, dice.from(2, 6)) }),
  (dice) => ({ name: 'waits', type: list({ is: 'back' }, dice.from(3, 6)) }),
];

/** Parts that are no lists. */
const SINGLES: readonly ((dice: Dice) => Field)[] = [
  () => ({ name: 'locked', type: flag }),
  () => ({ name: 'alarm', type: flag }),
  (dice) => ({ name: 'count', type: { is: 'number', below: dice.from(2, 5) } }),
  (dice) => ({ name: 'phase', type: mode(dice) }),
  () => ({ name: 'slot', type: { is: 'slot', below: 2 } }),
  () => ({ name: 'chosen', type: { is: 'maybe', below: 2 } }),
  (dice) => ({
    name: 'box',
    type: {
      is: 'part',
      fields: [
        { name: 'open', type: flag },
        { name: 'note', type: small(dice), optional: true },
      ],
    },
  }),
];

/** A table by the names of modes, which always stands beside a mode to look it up by. */
const withTable = (fields: readonly Field[]): readonly Field[] => [
  ...fields,
  { name: 'table', type: { is: 'part', fields: MODES.map((name) => ({ name, type: flag })) } },
];

/** The fields of a state: what is in it, each once. */
export const shapeOf = (dice: Dice): readonly Field[] => {
  const made = [...dice.some(LISTS, 1, 2), ...dice.some(SINGLES, 1, 4)].map((make) => make(dice));
  const shape = made.filter(({ name }, at) => made.findIndex((other) => other.name === name) === at);
  return shape.some(({ name }) => name === 'phase') && dice.onceIn(2) ? withTable(shape) : shape;
};

import type { Dice } from './dice.ts';
import type { Field, List, Type } from './shape.ts';
import type { Term } from './term.ts';

/** A place that text can name. */
export interface Place {
  readonly text: string;
  readonly type: Type;
  /** Whether a recipe may write there. */
  readonly writable: boolean;
  /** Whether it is a field that may be missing. */
  readonly optional?: boolean;
}

/** The names that can be used at one place of a model's text. */
export interface Scope {
  readonly dice: Dice;
  /** Makes a name that nothing else has. */
  readonly fresh: (of: string) => string;
  readonly places: readonly Place[];
  /**
   * The places that were named last: elements, local variables, choices. They are looked at more often than
   * the state.
   */
  readonly near: readonly Place[];
  /** Names of whole numbers from 0 to `below` - 1, which may stand for places in lists. */
  readonly indices: readonly { readonly text: string; readonly below: number }[];
  /** The names that stand for an element of a list of elements that are alike. */
  readonly own: readonly { readonly text: string; readonly list: string }[];
  readonly parameters: readonly { readonly text: string; readonly below: number }[];
  readonly hasDefence: boolean;
  /** Whether an object may come to stand in two places: then nothing may ask whether two are the same one. */
  readonly moves: boolean;
  /** The depth to which pieces may be nested further. */
  readonly depth: number;
  readonly grammar: Grammar;
}

/** The makers of the pieces that everything else is made of. */
export interface Grammar {
  readonly boolean: (scope: Scope) => Term;
  readonly number: (scope: Scope) => Term;
}

/** A question whose answer is true or false. */
export const booleanIn = (scope: Scope): Term => scope.grammar.boolean(scope);

/** A number from 0 on. */
export const numberIn = (scope: Scope): Term => scope.grammar.number(scope);

/** An array to look at: a piece of text with what is known of its elements. */
export interface Listed {
  readonly term: Term;
  readonly of: Type;
  readonly least: number;
  readonly alike: boolean;
  /** Whether its elements are drafts. */
  readonly writable: boolean;
}

const fieldsOf = (at: string, fields: readonly Field[], writable: boolean): readonly Place[] =>
  fields.flatMap(({ name, type, optional = false }) =>
    type.is === 'part'
      ? fieldsOf(`${at}.${name}`, type.fields, writable)
      : [{ text: `${at}.${name}`, type, writable, ...(optional ? { optional } : {}) }],
  );

/** Lists the places that a value has to name: its fields, or itself. */
export const partsOf = (at: string, type: Type, writable: boolean): readonly Place[] =>
  type.is === 'part' ? fieldsOf(at, type.fields, writable) : [{ text: at, type, writable }];

/** The places of a whole state. */
export const statePlaces = (root: string, shape: readonly Field[], writable: boolean): readonly Place[] =>
  fieldsOf(root, shape, writable);

/** Makes a scope in which some further things can be named. */
export const near = (scope: Scope, places: readonly Place[], depth: number = scope.depth): Scope => ({
  ...scope,
  near: [...places, ...scope.near],
  depth,
});

/** Makes a scope for pieces inside of pieces. */
export const deeper = (scope: Scope): Scope => ({ ...scope, depth: scope.depth - 1 });

const isList = (place: Place): place is Place & { readonly type: List } => place.type.is === 'list';

/** The lists of the state. */
export const listPlaces = ({ places }: Scope): readonly (Place & { readonly type: List })[] =>
  places.filter(isList);

/** Elements that can be named by their place, or by who acts. */
const elementPlaces = (scope: Scope): readonly Place[] =>
  listPlaces(scope).flatMap(({ text, type, writable }) => {
    const { of, least, alike } = type;
    const whose = scope.own.filter(({ list }) => text.endsWith(`.${list}`)).map((own) => own.text);
    const named = scope.indices.filter(({ below }) => below <= least).map((index) => index.text);
    const fixed = least > 0 ? [String(scope.dice.below(least))] : [];
    const at = alike ? whose : [...named, ...fixed];
    return at.flatMap((index) => partsOf(`${text}[${index}]`, of, writable));
  });

/** Places of one kind that can be named here; those near by more often. */
export const placesOf = <K extends Type['is']>(
  scope: Scope,
  ...kinds: readonly K[]
): readonly (Place & { readonly type: Extract<Type, { readonly is: K }> })[] => {
  const isOne = (place: Place): place is Place & { readonly type: Extract<Type, { readonly is: K }> } =>
    (kinds as readonly string[]).includes(place.type.is);
  const close = scope.near.filter(isOne);
  if (close.length > 0 && !scope.dice.onceIn(3)) return close;
  return [...close, ...scope.places.filter(isOne), ...elementPlaces(scope).filter(isOne)];
};

/** An entry of a table of the state, looked up by a mode. */
export const lookUps = (scope: Scope): readonly Place[] =>
  scope.places
    .filter(({ text }) => text.endsWith('.table.off'))
    .flatMap(({ text, type, writable }) =>
      placesOf(scope, 'mode').map((mode) => ({
        text: `${text.slice(0, -'.off'.length)}[${mode.text}]`,
        type,
        writable,
      })),
    );

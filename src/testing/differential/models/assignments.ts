import { booleanIn, deeper, lookUps, numberIn, placesOf, type Place, type Scope } from './scope.ts';
import type { Type } from './shape.ts';
import { boolean, statement, term, type Term } from './term.ts';

/** Makes text that gives a new value of a type. */
export const valueOf = (scope: Scope, type: Type): Term => {
  const { dice } = scope;
  const inside = deeper(scope);
  const value = term('value');
  switch (type.is) {
    case 'flag':
      return booleanIn(inside);
    case 'number':
      return value`(${numberIn(inside)}) % ${type.below}`;
    case 'mode':
      return dice.make([
        () => value`'${dice.pick(type.of)}'`,
        () => value`${booleanIn(inside)} ? '${dice.pick(type.of)}' : '${dice.pick(type.of)}'`,
      ]);
    case 'maybe':
      return dice.make([() => value`null`, () => value`(${numberIn(inside)}) % ${type.below}`]);
    case 'slot':
      return dice.make([
        () => value`null`,
        () => value`{ kind: 'ask', by: (${numberIn(inside)}) % ${type.below} }`,
        () => value`{ kind: 'done', ok: ${booleanIn(inside)} }`,
      ]);
    case 'part': {
      const fields = type.fields.filter(({ optional }) => optional !== true || dice.onceIn(2));
      const texts = fields.map((field) => value`${field.name}: ${valueOf(scope, field.type)}`);
      return value`{ ${{ sort: 'fields', parts: texts.flatMap((text, at) => (at === 0 ? [text] : [', ', text])) }} }`;
    }
    case 'back':
      return value`-1`;
    case 'list':
      return value`[]`;
  }
};

/** Returns the places to which a recipe may write a single value. */
const writablePlaces = (scope: Scope): readonly Place[] =>
  placesOf(scope, 'flag', 'number', 'mode', 'maybe', 'slot').filter(({ writable }) => writable);

const assignTo = (scope: Scope, place: Place): Term => {
  const { dice } = scope;
  const { text, type } = place;
  if (place.optional === true && dice.onceIn(3)) return statement`delete ${text};`;
  const plain = (): Term => statement`${text} = ${valueOf(scope, type)};`;
  const ways = [plain, plain];
  if (type.is === 'flag' && place.optional !== true) ways.push(() => statement`${text} = !${text};`);
  if (type.is === 'number' && place.optional !== true)
    ways.push(() => statement`${text} = (${text} + 1) % ${type.below};`);
  if (type.is === 'maybe') ways.push(() => statement`${text} ??= (${numberIn(scope)}) % ${type.below};`);
  if (type.is === 'slot') {
    ways.push(
      () => statement`if (${text}?.kind === 'ask') ${text}.by = (${numberIn(scope)}) % ${type.below};`,
      () =>
        statement`if (${text} !== null) ${text} = { kind: 'done', ok: ${boolean`${text}.kind === 'ask'`} };`,
    );
  }
  return dice.make(ways);
};

/** Makes an assignment of one value; undefined where there is nothing to write to. */
export const assignment = (scope: Scope): Term | undefined => {
  const looked = lookUps(scope).filter(({ writable }) => writable);
  const places = [...writablePlaces(scope), ...looked];
  return places.length === 0 ? undefined : assignTo(scope, scope.dice.pick(places));
};

/** Makes an assignment of one value, or of none. */
export const change = (scope: Scope): Term => assignment(scope) ?? statement`{}`;

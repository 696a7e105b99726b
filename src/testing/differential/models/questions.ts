import { listQuestions, countOf } from './list-questions.ts';
import { booleanIn, deeper, lookUps, numberIn, placesOf, type Grammar, type Scope } from './scope.ts';
import { boolean, number, type Term } from './term.ts';

/** The text that reads a number or a truth from a place. */
const read = (place: { readonly text: string; readonly optional?: boolean }, otherwise: string): string =>
  place.optional === true ? `(${place.text} ?? ${otherwise})` : place.text;

const keyIn = (text: string): string => {
  const dot = text.lastIndexOf('.');
  return `'${text.slice(dot + 1)}' in ${text.slice(0, dot)}`;
};

/** A number from 0 on that costs one look. */
const simpleNumber = (scope: Scope): Term => {
  const { dice } = scope;
  const numbers = placesOf(scope, 'number', 'maybe', 'back');
  if (numbers.length === 0) return number`${dice.below(3)}`;
  const place = dice.pick(numbers);
  switch (place.type.is) {
    case 'number':
      return number`${read(place, '0')}`;
    case 'maybe':
      return number`(${place.text} ?? 1)`;
    case 'back':
      return number`Math.max(0, ${place.text})`;
  }
};

/** A number from 0 on. */
const makeNumber = (scope: Scope): Term => {
  const { dice } = scope;
  const ways = [
    () => number`${dice.below(3)}`,
    () => simpleNumber(scope),
    () => simpleNumber(scope),
    () => simpleNumber(scope),
  ];
  if (scope.parameters.length > 0) ways.push(() => number`${dice.pick(scope.parameters).text}`);
  if (scope.indices.length > 0) ways.push(() => number`${dice.pick(scope.indices).text}`);
  if (scope.depth > 0) {
    const inside = deeper(scope);
    ways.push(
      () => countOf(inside),
      () => countOf(inside),
      () => number`(${numberIn(inside)} + ${numberIn(inside)})`,
      () => number`Math.abs(${numberIn(inside)} - ${numberIn(inside)})`,
      () => number`(${booleanIn(inside)} ? ${numberIn(inside)} : ${numberIn(inside)})`,
    );
  }
  return dice.make(ways);
};

const slotQuestion = (scope: Scope, text: string): Term => {
  const { dice } = scope;
  const inside = deeper(scope);
  const by = scope.fresh('by');
  const ok = scope.fresh('ok');
  return dice.make([
    () => boolean`${text} === null`,
    () => boolean`${text}?.kind === '${dice.pick(['ask', 'done'])}'`,
    () => boolean`(${text} !== null && ${text}.kind === 'ask' && ${text}.by >= ${numberIn(inside)})`,
    () => boolean`(${text} !== null && 'ok' in ${text} && ${text}.ok)`,
    () => boolean`match(${text})
      .with(null, () => ${booleanIn(inside)})
      .with({ kind: 'ask' }, ({ by: ${by} }) => ${by} === ${numberIn(inside)})
      .with({ kind: 'done' }, ({ ok: ${ok} }) => ${ok})
      .exhaustive()`,
    () => boolean`match(${text})
      .with({ kind: 'ask', by: P.when((${by}) => ${by} >= ${numberIn(inside)}) }, () => true)
      .otherwise(() => false)`,
  ]);
};

/** A question about one or two single parts. */
const simpleBoolean = (scope: Scope): Term => {
  const { dice } = scope;
  const places = placesOf(scope, 'flag', 'flag', 'number', 'mode', 'maybe', 'slot', 'back');
  if (places.length === 0) return boolean`${simpleNumber(scope)} === ${dice.below(3)}`;
  const place = dice.pick(places);
  const { text, type } = place;
  if (place.optional === true && dice.onceIn(3)) return boolean`(${keyIn(text)})`;
  switch (type.is) {
    case 'flag':
      return dice.onceIn(3) ? boolean`!${read(place, 'false')}` : boolean`${read(place, 'false')}`;
    case 'number':
      return boolean`${read(place, '0')} ${dice.pick(['===', '!==', '>=', '<'])} ${simpleNumber(scope)}`;
    case 'mode': {
      const others = placesOf(scope, 'mode').map((other) => other.text);
      return boolean`${text} ${dice.pick(['===', '!=='])} ${dice.pick([...type.of.map((one) => `'${one}'`), ...others])}`;
    }
    case 'maybe':
      return boolean`${text} ${dice.pick(['===', '!=='])} ${dice.pick(['null', '0', '1'])}`;
    case 'back':
      return boolean`${text} ${dice.pick(['===', '>='])} ${dice.from(0, 1)}`;
    case 'slot':
      return slotQuestion(scope, text);
  }
};

/** A question whose answer is true or false. */
const makeBoolean = (scope: Scope): Term => {
  const { dice } = scope;
  if (scope.depth <= 0) return simpleBoolean(scope);
  const inside = deeper(scope);
  const lists = listQuestions(inside);
  const ways = [
    () => simpleBoolean(scope),
    () => simpleBoolean(scope),
    () => boolean`(${booleanIn(inside)} && ${booleanIn(inside)})`,
    () => boolean`(${booleanIn(inside)} || ${booleanIn(inside)})`,
    () => boolean`!(${booleanIn(inside)})`,
    () => boolean`(${booleanIn(inside)} ? ${booleanIn(inside)} : ${booleanIn(inside)})`,
    () => boolean`${numberIn(inside)} ${dice.pick(['===', '>', '<='])} ${numberIn(inside)}`,
    ...lists,
    ...lists,
  ];
  const looked = lookUps(scope);
  if (looked.length > 0) ways.push(() => boolean`${dice.pick(looked).text}`);
  if (scope.hasDefence) ways.push(() => boolean`setting.defends('wall')`);
  return dice.make(ways);
};

/** The grammar that makes the pieces of every model. */
export const grammar: Grammar = { boolean: makeBoolean, number: makeNumber };

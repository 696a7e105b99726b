import { change, valueOf } from './assignments.ts';
import type { Dice } from './dice.ts';
import { recipeIn } from './recipes.ts';
import { booleanIn, near, partsOf, statePlaces, type Place, type Scope } from './scope.ts';
import type { Field, List, Type } from './shape.ts';
import { block, many, statement, term, type Term } from './term.ts';

interface Chosen {
  readonly text: Term;
  readonly places: readonly Place[];
  readonly indices: Scope['indices'];
  readonly own: Scope['own'];
}

const NOTHING_CHOSEN: Chosen = { text: term('choose')``, places: [], indices: [], own: [] };

const isList = (field: Field): field is Field & { readonly type: List } => field.type.is === 'list';

/**
 * Makes the choice of an action's actor: an element, a value, or one thing out of what the setting leaves.
 */
const chosenIn = (dice: Dice, shape: readonly Field[]): Chosen => {
  const choose = term('choose');
  const lists = shape.filter(isList).filter(({ type }) => type.least > 0);
  const alike = lists.find(({ type }) => type.alike);
  if (alike !== undefined && !dice.onceIn(4)) {
    const text = choose`choose: { who: integers(0, ${alike.type.least - 1}) },`;
    return { ...NOTHING_CHOSEN, text, own: [{ text: 'choice.who', list: alike.name }] };
  }
  const place = (text: string, type: Type): Place => ({ text, type, writable: false });
  const ways: (() => Chosen)[] = [
    () => NOTHING_CHOSEN,
    () => ({
      ...NOTHING_CHOSEN,
      text: choose`choose: { go: booleans() },`,
      places: [place('choice.go', { is: 'flag' })],
    }),
    () => ({
      ...NOTHING_CHOSEN,
      text: choose`choose: (setting) => ({ value: integers(0, setting.parameters.limit) }),`,
      places: [place('choice.value', { is: 'number', below: 3 })],
    }),
    () => ({
      ...NOTHING_CHOSEN,
      text: choose`choose: { way: oneOf([{ to: 0, now: true }, { to: 1, now: false }]) },`,
      places: [place('choice.way.to', { is: 'number', below: 2 }), place('choice.way.now', { is: 'flag' })],
    }),
  ];
  for (const { type } of lists.filter((list) => !list.type.alike)) {
    const pick = (): Chosen => ({
      ...NOTHING_CHOSEN,
      text: choose`choose: { at: integers(0, ${type.least - 1}) },`,
      indices: [{ text: 'choice.at', below: type.least }],
    });
    ways.push(pick, pick);
  }
  return dice.make(ways);
};

const action = term('action');

const named = (name: string, parts: readonly Term[], then: Term): Term => action`${name}: {
    actor: 'anyone',
    says: 'a generated action',
    ${many('parts', parts, '\n')}
    then: (d, choice, setting) => {
      ${then}
    },
  },`;

/** Makes any action at all. */
const actionIn = (base: Scope, shape: readonly Field[], index: number): Term => {
  const { dice } = base;
  const { text, places, indices, own } = chosenIn(dice, shape);
  const scope = { ...near(base, places), indices, own };
  const seen = { ...scope, places: statePlaces('s', shape, false) };
  const drafted = { ...scope, places: statePlaces('d', shape, true), depth: 3 };
  const parts = [
    ...(dice.onceIn(12) ? [action`needs: 'hands',`] : []),
    ...(dice.onceIn(12) ? [action`exists: (setting) => setting.parameters.limit > ${dice.below(2)},`] : []),
    ...(dice.onceIn(3) ? [] : [action`when: (s, choice, setting) => ${booleanIn(seen)},`]),
    text,
  ];
  return named(`act${index}`, parts, recipeIn(drafted));
};

/** An action that makes states differ: it turns one part on, whatever else is. */
const moverIn = (base: Scope, shape: readonly Field[], index: number): Term => {
  const { dice } = base;
  const { type, name } = shape[index]!;
  const places = statePlaces('d', [shape[index]!], true);
  if (type.is !== 'list')
    return named(`move${index}`, [], block([change({ ...base, places, depth: 0, parameters: [] })]));
  const { least, most, of } = type;
  if (least < most) {
    const push = statement`if (d.${name}.length < ${most}) d.${name}.push(${valueOf({ ...base, places, depth: 0 }, of)});`;
    const go = { ...base, near: [{ text: 'choice.go', type: { is: 'flag' }, writable: false }] } as const;
    const drop = statement`if (${booleanIn({ ...go, depth: 0 })}) d.${name}.shift();`;
    return named(`move${index}`, [action`choose: { go: booleans() },`], block([push, drop]));
  }
  if (of.is === 'back') return actionIn(base, shape, index);
  const one = partsOf(`d.${name}[choice.who]`, of, true);
  const turn = change({ ...base, places: [], near: one, depth: 0, parameters: [] });
  const inSome = { ...base, places: statePlaces('s', shape, false), depth: type.alike ? 0 : 1 };
  const when = dice.onceIn(2) ? [action`when: (s, choice, setting) => ${booleanIn(inSome)},`] : [];
  const who = action`choose: { who: integers(0, ${least - 1}) },`;
  return named(`move${index}`, [who, ...when], block([turn]));
};

/** Makes the actions of a model: something for every list and for some other parts, and anything besides. */
export const actionsIn = (base: Scope, shape: readonly Field[]): readonly Term[] => {
  const { dice } = base;
  const movers = shape.flatMap(({ type }, index) =>
    dice.onceIn(type.is === 'list' ? 6 : 2) ? [] : [moverIn(base, shape, index)],
  );
  return [...movers, ...dice.times(1, 4, (index) => actionIn(base, shape, index))];
};

import { actionsIn } from './actions.ts';
import { claimsIn } from './claims.ts';
import { createDice, type Dice } from './dice.ts';
import { grammar } from './questions.ts';
import { statePlaces, type Scope } from './scope.ts';
import { shapeOf, type Field, type Type } from './shape.ts';
import { many, term, textOf, type Term } from './term.ts';

const value = term('value');

/** Makes a value that a part of an initial state may have. */
const startOf = (dice: Dice, type: Type, at: number): Term => {
  switch (type.is) {
    case 'flag':
      return value`${dice.pick(['false', 'false', 'true'])}`;
    case 'mode':
      return value`'${dice.pick(type.of)}'`;
    case 'number':
      return value`${dice.pick([0, 0, dice.below(type.below)])}`;
    case 'maybe':
      return value`${dice.pick(['null', 'null', String(dice.below(type.below))])}`;
    case 'slot':
      return value`${dice.pick(['null', 'null', "{ kind: 'ask', by: 1 }", "{ kind: 'done', ok: true }"])}`;
    case 'back':
      return value`${dice.from(-1, at - 1)}`;
    case 'part': {
      const fields = type.fields.filter(({ optional }) => optional !== true || dice.onceIn(2));
      return value`{ ${fieldsOf(dice, fields)} }`;
    }
    case 'list': {
      const elements = dice.times(type.least, Math.max(type.least, Math.min(1, type.most)), (index) =>
        startOf(dice, type.of, index),
      );
      // Places that elements hold would be others if one were left out.
      if (type.of.is === 'back') return value`[${elements.map(textOf).join(', ')}]`;
      return value`[${many('elements', elements, ', ')}]`;
    }
  }
};

const fieldsOf = (dice: Dice, fields: readonly Field[]): Term =>
  many(
    'fields',
    fields.map(({ name, type }) => value`${name}: ${startOf(dice, type, 0)}`),
    ', ',
  );

/** The model of a seed: the same one for ever. What stands in its text are `scenario` and `model`. */
export const modelOf = (seed: number): Term => {
  const dice = createDice(seed);
  const shape = shapeOf(dice);
  let names = 0;
  const base: Scope = {
    dice,
    fresh: (of) => `${of}${(names += 1)}`,
    places: [],
    near: [],
    indices: [],
    own: [],
    parameters: [{ text: 'setting.parameters.limit', below: 3 }],
    hasDefence: true,
    moves: dice.onceIn(3),
    depth: 2,
    grammar,
  };
  const states = dice.times(1, dice.pick([1, 1, 3]), () => value`{ ${fieldsOf(dice, shape)} }`);
  const actions = actionsIn(base, shape);
  const at = (root: string): Scope => ({ ...base, places: statePlaces(root, shape, false) });
  const claims = claimsIn({ state: at('s'), steps: [at('a'), at('b')] });
  const alike = shape.filter(({ type }) => type.is === 'list' && type.alike);
  const twins = alike.length === 0 ? '' : `interchangeable: ['${alike[0]!.name}'],`;
  return term('model')`const scenario = {
  without: [${dice.onceIn(3) ? "'wall'" : ''}],
  capabilities: [${dice.onceIn(2) ? "'hands'" : ''}],
  parameters: ${dice.pick(['{}', '{ limit: 0 }', '{ limit: 2 }'])},
};
const model = {
  id: 'generated',
  says: 'a generated model',
  defences: { wall: 'a wall' },
  capabilities: { hands: 'a pair of hands' },
  parameters: { limit: 1 },
  initial: () => [${many('states', states, ', ')}],
  ${twins}
  actions: {
    ${many('actions', actions, '\n')}
  },
  invariants: {
    ${claims}
  },
};`;
};

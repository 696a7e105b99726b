import { arrayChanges } from './arrays.ts';
import { change } from './assignments.ts';
import { elementChanges } from './elements.ts';
import { booleanIn, deeper, near, numberIn, type Scope } from './scope.ts';
import { block, statement, type Term } from './term.ts';

const few = (scope: Scope): Term => block(scope.dice.times(1, 2, () => stepIn(deeper(scope))));

/** A value is looked at once, and used later. */
const remembered = (scope: Scope): Term => {
  const name = scope.fresh('was');
  const isFlag = scope.dice.onceIn(2);
  const type = isFlag ? ({ is: 'flag' } as const) : ({ is: 'number', below: 9 } as const);
  const known = near(scope, [{ text: name, type, writable: false }]);
  return statement`{
    const ${name} = ${isFlag ? booleanIn(scope) : numberIn(scope)};
    ${change(scope)}
    if (${booleanIn(known)}) ${change(known)}
  }`;
};

/** One thing that a recipe does. */
const stepIn = (scope: Scope): Term => {
  const { dice } = scope;
  const inner = deeper(scope);
  const ways = [() => change(scope), () => change(scope)];
  if (scope.depth > 0) {
    const [elements, arrays] = [elementChanges(inner), arrayChanges(inner)];
    ways.push(
      () => statement`if (${booleanIn(inner)}) {
        ${few(scope)}
      }`,
      () => statement`if (${booleanIn(inner)}) {
        ${few(scope)}
      } else {
        ${few(scope)}
      }`,
      () => remembered(inner),
    );
    // Arrays are what goes wrong.
    if (elements.length > 0) ways.push(...Array.from({ length: 5 }, () => () => dice.make(elements)));
    if (arrays.length > 0) ways.push(...Array.from({ length: 5 }, () => () => dice.make(arrays)));
  }
  return dice.make(ways);
};

/** Makes the changes of a recipe, one after the other. */
export const recipeIn = (scope: Scope): Term => {
  const steps = scope.dice.times(1, 3, () => stepIn(scope));
  if (!scope.dice.onceIn(8)) return block(steps);
  return block([statement`if (${booleanIn(deeper(scope))}) return;`, ...steps]);
};

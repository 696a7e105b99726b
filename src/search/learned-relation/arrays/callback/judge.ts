import type {
  ArrowFunctionExpression,
  AssignmentExpression,
  Expression,
  FunctionExpression,
  Pattern,
  Statement,
  SwitchStatement,
  UpdateExpression,
  VariableDeclaration,
} from 'acorn';
import { match } from 'ts-pattern';
import { judge, type Origin, type Scope } from './judge-expression.ts';

/** The purpose of a callback: to look at its element, or to change it too. */
export type Purpose = 'test' | 'change';

/**
 * Binds the names of a parameter or a constant. False for one that would run code of its own, as a default or
 * an iterator.
 */
const bind = (pattern: Pattern, origin: Origin, scope: Scope): boolean => {
  if (pattern.type === 'Identifier') {
    scope.set(pattern.name, origin);
    return pattern.name !== 'arguments';
  }
  if (pattern.type !== 'ObjectPattern' || origin !== 'element') return false;
  return pattern.properties.every(
    (property) => property.type === 'Property' && !property.computed && bind(property.value, origin, scope),
  );
};

const declares = (
  {
    declarations,
    kind,
  }: { readonly declarations: VariableDeclaration['declarations']; readonly kind: string },
  scope: Scope,
): boolean =>
  (kind === 'const' || kind === 'let') &&
  declarations.every(({ id, init }) => {
    if (init === null || init === undefined) return false;
    const origin = judge(init, scope);
    return origin !== undefined && bind(id, origin, scope);
  });

// Operators that put the value itself in its place; all others add up, and so ask an object what it is worth.
const PUTS = ['=', '&&=', '||=', '??='];

/** Whether what is written to is a field of the element, by a name that stands in the text. */
const isOwnField = (
  target: AssignmentExpression['left'] | UpdateExpression['argument'],
  scope: Scope,
): boolean => {
  if (target.type !== 'MemberExpression' || target.object.type === 'Super') return false;
  const { computed, object, property } = target;
  const isNamed = computed ? property.type === 'Literal' : property.type === 'Identifier';
  const isPrototype = property.type === 'Identifier' && property.name === '__proto__';
  return isNamed && !isPrototype && judge(object, scope) === 'element';
};

/** Whether an expression writes to the element, and does nothing else. */
const changes = (node: Expression, scope: Scope): boolean => {
  if (node.type === 'UpdateExpression') return isOwnField(node.argument, scope);
  if (node.type !== 'AssignmentExpression' || !isOwnField(node.left, scope)) return false;
  const origin = judge(node.right, scope);
  return PUTS.includes(node.operator) ? origin !== undefined : origin === 'element';
};

/** Whether an expression is worth a value, or changes the element where that is the purpose. */
const runs = (node: Expression, scope: Scope, purpose: Purpose): boolean =>
  judge(node, scope) !== undefined || (purpose === 'change' && changes(node, scope));

/** Whether statements do no more than `purpose` allows; what they declare ends with them. */
const runAll = (statements: readonly Statement[], outer: Scope, purpose: Purpose): boolean => {
  const scope = new Map(outer);
  return statements.every((statement) => executes(statement, scope, purpose));
};

const isWorth = (node: Expression | null | undefined, scope: Scope): boolean =>
  node === null || node === undefined || judge(node, scope) !== undefined;

const switches = ({ cases, discriminant }: SwitchStatement, outer: Scope, purpose: Purpose): boolean => {
  const scope = new Map(outer);
  return (
    isWorth(discriminant, scope) &&
    cases.every(
      ({ consequent, test }) =>
        isWorth(test, scope) && consequent.every((statement) => executes(statement, scope, purpose)),
    )
  );
};

// A loop need not end, and what is not named here runs something or keeps something.
const executes = (node: Statement, scope: Scope, purpose: Purpose): boolean =>
  match(node)
    .with({ type: 'EmptyStatement' }, () => true)
    .with({ type: 'BlockStatement' }, ({ body }) => runAll(body, scope, purpose))
    .with({ type: 'ReturnStatement' }, ({ argument }) => isWorth(argument, scope))
    .with({ type: 'ExpressionStatement' }, ({ expression }) => runs(expression, scope, purpose))
    .with(
      { type: 'IfStatement' },
      ({ alternate, consequent, test }) =>
        isWorth(test, scope) &&
        [consequent, alternate ?? undefined].every(
          (part) => part === undefined || runAll([part], scope, purpose),
        ),
    )
    .with({ type: 'VariableDeclaration' }, (declaration) => declares(declaration, scope))
    .with({ type: 'BreakStatement' }, ({ label }) => label === null || label === undefined)
    .with({ type: 'SwitchStatement' }, (statement) => switches(statement, scope, purpose))
    .otherwise(() => false);

/**
 * Whether a callback of an array does no more than `purpose` allows, whatever its element is: it looks at its
 * element, its index and constants, and at variables from outside only where that cannot run code. It calls
 * nothing but a few methods of the language, has no loop, and writes to nothing but its element.
 */
export const judgeFunction = (
  { async, body, generator, params }: ArrowFunctionExpression | FunctionExpression,
  purpose: Purpose,
): boolean => {
  const scope: Scope = new Map();
  if (async || generator || params.length > 2) return false;
  if (!params.every((param) => bind(param, 'element', scope))) return false;
  return body.type === 'BlockStatement' ? runAll(body.body, scope, purpose) : runs(body, scope, purpose);
};

import type {
  ArrayExpression,
  BinaryExpression,
  CallExpression,
  Expression,
  MemberExpression,
  UnaryExpression,
} from 'acorn';
import { match } from 'ts-pattern';

/**
 * The origin of an expression's value: the element, its index and constants; or outside. A value from outside
 * may be an object with code of its own, which must not be asked what it is worth or what its fields are.
 */
export type Origin = 'element' | 'outside';

/** The origins of names' values; names that are not there come from outside. */
export type Scope = Map<string, Origin>;

/** Methods of the language that look and change nothing. */
const SAFE_METHODS = ['includes', 'startsWith', 'endsWith'];

/** Judges a name from outside. One that the global object computes runs code whenever it is looked at. */
const outside = (name: string): Origin | undefined =>
  name === 'arguments' || Object.getOwnPropertyDescriptor(globalThis, name)?.get !== undefined
    ? undefined
    : 'outside';

const joined = (origins: readonly (Origin | undefined)[]): Origin | undefined => {
  if (origins.includes(undefined)) return undefined;
  return origins.includes('outside') ? 'outside' : 'element';
};

const isOwn = (nodes: readonly Expression[], scope: Scope): boolean =>
  nodes.every((node) => judge(node, scope) === 'element');

const ownIf = (holds: boolean): Origin | undefined => (holds ? 'element' : undefined);

const judgeMember = ({ computed, object, property }: MemberExpression, scope: Scope): Origin | undefined => {
  if (object.type === 'Super' || property.type === 'PrivateIdentifier') return undefined;
  return ownIf(isOwn(computed ? [object, property] : [object], scope));
};

// To compare whether two are the same asks neither what it is worth; all other operators do.
const judgeBinary = ({ left, operator, right }: BinaryExpression, scope: Scope): Origin | undefined => {
  if (left.type === 'PrivateIdentifier' || operator === 'in' || operator === 'instanceof') return undefined;
  const isIdentity = operator === '===' || operator === '!==';
  return ownIf(
    isIdentity
      ? joined([judge(left, scope), judge(right, scope)]) !== undefined
      : isOwn([left, right], scope),
  );
};

const judgeUnary = ({ argument, operator }: UnaryExpression, scope: Scope): Origin | undefined => {
  if (operator === 'delete') return undefined;
  const isAsked = operator === '+' || operator === '-' || operator === '~';
  return ownIf(isAsked ? isOwn([argument], scope) : judge(argument, scope) !== undefined);
};

const judgeArray = ({ elements }: ArrayExpression, scope: Scope): Origin | undefined =>
  joined(
    elements.map((element) =>
      element === null || element.type === 'SpreadElement' ? undefined : judge(element, scope),
    ),
  );

// A name from outside does not tell which function it is: a model may have a `Math` of its own.
const judgeCall = ({ arguments: given, callee }: CallExpression, scope: Scope): Origin | undefined => {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return undefined;
  const { object, property } = callee;
  const values = given.filter((each): each is Expression => each.type !== 'SpreadElement');
  if (object.type === 'Super' || values.length < given.length || !isOwn(values, scope)) return undefined;
  return ownIf(SAFE_METHODS.includes(property.name) && isOwn([object], scope));
};

/**
 * Judges the origin of the value of `node`. Undefined where to know it could run code that is not in the
 * text, change something, or not end.
 */
export const judge = (node: Expression, scope: Scope): Origin | undefined =>
  match(node)
    .returnType<Origin | undefined>()
    .with({ type: 'Literal' }, ({ regex }) => ownIf(regex === undefined || regex === null))
    .with({ type: 'Identifier' }, ({ name }) => scope.get(name) ?? outside(name))
    .with({ type: 'TemplateLiteral' }, ({ expressions }) => ownIf(isOwn(expressions, scope)))
    .with({ type: 'MemberExpression' }, (member) => judgeMember(member, scope))
    .with({ type: 'ChainExpression' }, ({ expression }) => judge(expression, scope))
    .with({ type: 'ArrayExpression' }, (array) => judgeArray(array, scope))
    .with({ type: 'CallExpression' }, (call) => judgeCall(call, scope))
    .with({ type: 'UnaryExpression' }, (unary) => judgeUnary(unary, scope))
    .with({ type: 'BinaryExpression' }, (binary) => judgeBinary(binary, scope))
    .with({ type: 'LogicalExpression' }, ({ left, right }) =>
      joined([judge(left, scope), judge(right, scope)]),
    )
    .with(
      { type: 'ConditionalExpression' },
      ({ alternate, consequent, test }) =>
        judge(test, scope) && joined([judge(consequent, scope), judge(alternate, scope)]),
    )
    .otherwise(() => undefined);

import ts from 'typescript';
import type { Mutant, Operator, Span } from './mutant.ts';

/** A change that an operator makes at a node. */
export type Edit = Pick<Mutant, 'span' | 'becomes' | 'operator' | 'site'>;

const spanOf = (node: ts.Node): Span => ({ start: node.getStart(), end: node.end });

const replaced = (node: ts.Expression, operator: Operator, becomes: string): Edit => ({
  span: spanOf(node),
  becomes,
  operator,
  site: spanOf(node),
});

/** Boundaries and opposites: one mutant takes the border in or out, the other turns the answer over. */
const COMPARISONS: { readonly [operator: string]: readonly string[] } = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
};

const ARITHMETIC: { readonly [operator: string]: string } = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>>',
  '>>': '<<',
  '>>>': '<<',
  '+=': '-=',
  '-=': '+=',
  '|=': '&=',
  '&=': '|=',
  '^=': '|=',
};

const QUANTIFIERS: { readonly [name: string]: string } = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
};

const isText = (node: ts.Expression): boolean =>
  ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** `a && b` as `a`, `b`, and the like; comparisons and arithmetic with another sign. */
const ofBinary = (node: ts.BinaryExpression): readonly Edit[] => {
  const sign = node.operatorToken.getText();
  const { left, right } = node;
  if (sign === '&&' || sign === '||')
    return [left, right].map((kept) => replaced(node, 'operand', kept.getText()));
  const isComparison = sign in COMPARISONS;
  const others = isComparison ? COMPARISONS[sign]! : [ARITHMETIC[sign] ?? []].flat();
  // `'a' + b` joins texts.
  if (sign === '+' && (isText(left) || isText(right))) return [];
  return others.map((other) => ({
    span: spanOf(node.operatorToken),
    becomes: other,
    operator: isComparison ? 'comparison' : 'arithmetic',
    site: spanOf(node),
  }));
};

/**
 * Mutates the condition of `if` and `? :` to always and never: a guard dropped, an early return taken always.
 */
const ofCondition = (condition: ts.Expression): readonly Edit[] =>
  ['true', 'false', `!(${condition.getText()})`].map((becomes) => replaced(condition, 'condition', becomes));

const isHexadecimal = (text: string): boolean => /^0x/i.test(text);

/** Off by one, upwards and, from one on, downwards. Numbers written in hexadecimal stay so. */
const ofNumber = (node: ts.NumericLiteral): readonly Edit[] => {
  const text = node.getText();
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value)) return [replaced(node, 'number', `(${text} + 1)`)];
  const next = value === 0 ? [1] : [value + 1, value - 1];
  return next.map((number) =>
    replaced(node, 'number', isHexadecimal(text) ? `0x${number.toString(16)}` : String(number)),
  );
};

/** `-x` and `~x` and `!x` as `x`. */
const ofPrefix = (node: ts.PrefixUnaryExpression): readonly Edit[] => {
  const { MinusToken, TildeToken, ExclamationToken } = ts.SyntaxKind;
  if (![MinusToken, TildeToken, ExclamationToken].some((kind) => kind === node.operator)) return [];
  return [replaced(node, 'negation', node.operand.getText())];
};

const isAssignment = (node: ts.Expression): boolean =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

/**
 * An assignment, a call, an increment or a `delete` that is not done. Statements that throw are left: they
 * answer for callers' mistakes.
 */
const ofStatement = (node: ts.ExpressionStatement): readonly Edit[] => {
  const { expression } = node;
  const counts = ts.isPostfixUnaryExpression(expression) || ts.isPrefixUnaryExpression(expression);
  if (!isAssignment(expression) && !ts.isCallExpression(expression) && !ts.isDeleteExpression(expression))
    if (!counts) return [];
  const site = ts.isBinaryExpression(expression) ? expression.right : expression;
  return [{ span: spanOf(node), becomes: ';', operator: 'statement', site: spanOf(site) }];
};

/** `some` for `every`, the least for the largest. */
const ofCall = (node: ts.CallExpression): readonly Edit[] => {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const other = Object.hasOwn(QUANTIFIERS, expression.name.text)
    ? QUANTIFIERS[expression.name.text]
    : undefined;
  if (other === undefined) return [];
  return [{ span: spanOf(expression.name), becomes: other, operator: 'quantifier', site: spanOf(node) }];
};

/** Returns the changes at one node, not those within it. */
export const editsAt = (node: ts.Node): readonly Edit[] => {
  if (ts.isIfStatement(node)) return ofCondition(node.expression);
  if (ts.isConditionalExpression(node)) return ofCondition(node.condition);
  if (ts.isBinaryExpression(node)) return ofBinary(node);
  if (ts.isNumericLiteral(node)) return ofNumber(node);
  if (ts.isPrefixUnaryExpression(node)) return ofPrefix(node);
  if (ts.isExpressionStatement(node)) return ofStatement(node);
  if (ts.isCallExpression(node)) return ofCall(node);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [replaced(node as ts.Expression, 'boolean', 'false')];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [replaced(node as ts.Expression, 'boolean', 'true')];
  return [];
};

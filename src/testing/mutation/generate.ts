import ts from 'typescript';
import { nameOf, type Mutant } from './mutant.ts';
import { editsAt } from './operators.ts';

/** Properties that tell a reader what something is; no verdict depends on them. */
const TOLD: ReadonlySet<string> = new Set(['says', 'source', 'actor', 'present']);

const isTold = (node: ts.Node): boolean =>
  (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
  ts.isIdentifier(node.name) &&
  TOLD.has(node.name.text);

/** Whether it makes text for a reader, by its name: `stepText`, `presentValue`, `formatRegister`. */
const makesText = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) &&
  ts.isIdentifier(node.name) &&
  /(Text$|^present|^format)/.test(node.name.text);

/**
 * Whether a node is left out, so that it has no mutants: types, imports, what is told, what is thrown, names
 * and indices of properties.
 */
const isLeftOut = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isThrowStatement(node) ||
  (ts.isNewExpression(node) && node.expression.getText() === 'Fault') ||
  ts.isTemplateExpression(node) ||
  (ts.isNumericLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
  makesText(node) ||
  isTold(node);

/** A whole condition that is a comparison: turned over it is the same as the condition negated. */
const isOppositeTwice = (node: ts.Node, becomes: string): boolean => {
  const { parent } = node;
  const isCondition =
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node);
  return isCondition && (becomes === '===' || becomes === '!==');
};

/** Makes all mutants of a file, in the order of its text; each changes code that is not only told. */
export const mutantsOf = (file: string, text: string): readonly Mutant[] => {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const known = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return;
    for (const edit of editsAt(node)) {
      if (isOppositeTwice(node, edit.becomes)) continue;
      const line = tree.getLineAndCharacterOfPosition(edit.span.start).line + 1;
      const mutant: Mutant = { file, line, ...edit };
      const same = nameOf(mutant);
      if (!known.has(same)) found.push(mutant);
      known.add(same);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
};

import ts from 'typescript';

import type { ProjectFile } from './files.ts';
import { isTest, isTypeScript, type Rule } from './rule.ts';

/** The most lines of a function, from its first to its last. */
const LONGEST_FUNCTION = 70;

const TEST_FUNCTIONS: ReadonlySet<string> = new Set(['describe', 'it', 'test', 'suite', 'bench']);
const HELD_BACK: ReadonlySet<string> = new Set(['only', 'skip', 'todo', 'fails']);

const parsed = new Map<string, ts.SourceFile>();

const parse = ({ path, text }: ProjectFile): ts.SourceFile => {
  const key = `${path}\0${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  parsed.set(key, tree);
  return tree;
};

const nodesOf = (tree: ts.Node): readonly ts.Node[] => {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
};

const lineOf = (tree: ts.SourceFile, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1;

/** Returns the breaches that `judge` finds, node by node. */
const nodesWith = (judge: (node: ts.Node, tree: ts.SourceFile) => string | undefined): Rule['breaches'] => {
  return (file) => {
    const tree = parse(file);
    return nodesOf(tree).flatMap((node) => {
      const breach = judge(node, tree);
      return breach === undefined ? [] : [`line ${lineOf(tree, node.getStart(tree))}: ${breach}`];
    });
  };
};

/** Returns `it` of `it.skipIf(x)('…')`: the name at the left end of a chain of calls and members. */
const leftmost = (node: ts.Expression): string | undefined => {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return leftmost(node.expression);
  return undefined;
};

const isGroupOfTests = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) && leftmost(node.parent.expression) === 'describe';

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);

/** Functions have at most 70 lines; a `describe` is not one function but several. */
export const functionLength: Rule = {
  says: `a function has at most ${LONGEST_FUNCTION} lines`,
  about: isTypeScript,
  breaches: nodesWith((node, tree) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return undefined;
    if (isGroupOfTests(node)) return undefined;
    const lines = lineOf(tree, node.end) - lineOf(tree, node.getStart(tree)) + 1;
    return lines > LONGEST_FUNCTION ? `a function of ${lines} lines` : undefined;
  }),
};

/** Types are stated: `unknown` where a type is not known, and no `any`. */
export const noAny: Rule = {
  says: 'nothing is of type any',
  about: isTypeScript,
  breaches: nodesWith((node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'the type any' : undefined)),
};

/** Every test runs, whenever the machine can run it. */
export const everyTestRuns: Rule = {
  says: 'no test is held back, except where a machine lacks what it needs (skipIf, runIf)',
  about: (path) => path.endsWith('.test.ts'),
  breaches: nodesWith((node) => {
    if (!ts.isPropertyAccessExpression(node) || !HELD_BACK.has(node.name.text)) return undefined;
    const start = leftmost(node.expression);
    return start !== undefined && TEST_FUNCTIONS.has(start) ? `${start}.${node.name.text}` : undefined;
  }),
};

/** Exports are named where they are exported, so that they are found under that name. */
export const noDefaultExports: Rule = {
  says: 'only configuration files and the reporter have a default export, for their loaders want it',
  about: (path) =>
    isTypeScript(path) && !path.endsWith('.config.ts') && !path.endsWith('vitest/reporter/reporter.ts'),
  breaches: nodesWith((node) =>
    ts.isExportAssignment(node) || hasModifier(node, ts.SyntaxKind.DefaultKeyword)
      ? 'a default export'
      : undefined,
  ),
};

const isDocumented = (node: ts.Node, tree: ts.SourceFile): boolean =>
  (ts.getLeadingCommentRanges(tree.text, node.pos) ?? []).some((range) =>
    tree.text.startsWith('/**', range.pos),
  );

const namesOf = (statement: ts.Statement): readonly string[] => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return declares && statement.name !== undefined ? [statement.name.text] : [];
};

/** Every exported name says what it is; one that is passed on says it where it is declared. */
export const exportsDocumented: Rule = {
  says: 'what src exports has a docstring',
  about: (path) => isTypeScript(path) && path.startsWith('src/') && !isTest(path),
  breaches: (file) => {
    const tree = parse(file);
    const exported = tree.statements.filter((statement) =>
      hasModifier(statement, ts.SyntaxKind.ExportKeyword),
    );
    // Overloads and a type beside its value of the same name share one docstring.
    const documented = new Set(exported.filter((node) => isDocumented(node, tree)).flatMap(namesOf));
    return exported.flatMap((node) =>
      namesOf(node)
        .filter((name) => !documented.has(name))
        .map((name) => `line ${lineOf(tree, node.getStart(tree))}: ${name} has no docstring`),
    );
  },
};

const importedNames = (tree: ts.SourceFile): ReadonlySet<string> =>
  new Set(
    nodesOf(tree).flatMap((node) =>
      ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node)
        ? [node.name?.text ?? '']
        : [],
    ),
  );

/** An export stands at its declaration; lists of exports only pass on what other files declare. */
export const exportsInPlace: Rule = {
  says: 'an export stands at its declaration',
  about: isTypeScript,
  breaches: (file) => {
    const tree = parse(file);
    const imported = importedNames(tree);
    return tree.statements.flatMap((node) => {
      if (!ts.isExportDeclaration(node) || node.moduleSpecifier !== undefined) return [];
      if (node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return [];
      return node.exportClause.elements
        .map(({ name, propertyName }) => (propertyName ?? name).text)
        .filter((name) => !imported.has(name))
        .map((name) => `line ${lineOf(tree, node.getStart(tree))}: ${name} is exported from afar`);
    });
  },
};

/** The rules that look at a file's syntax tree. */
export const syntaxRules: readonly Rule[] = [
  functionLength,
  noAny,
  everyTestRuns,
  noDefaultExports,
  exportsDocumented,
  exportsInPlace,
];

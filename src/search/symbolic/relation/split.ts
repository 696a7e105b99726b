import type {
  ArrayQuestion,
  ElementTest,
  ArrayQueries,
} from '../../learned-relation/arrays/array-queries.ts';
import { EMPTY, END, nodeOf, type Nodes } from '../diagram/nodes.ts';
import { imageOf, levelsOf, ruleOf } from '../diagram/relation.ts';
import { minus, singleton, union } from '../diagram/sets.ts';
import type { Order } from '../order.ts';

/** A part of a set, and the answers to questions about arrays in it. */
export interface Part {
  readonly answers: readonly number[];
  readonly part: number;
}

/** Returns the states of `set` in which an element passes its test. */
const passing = (nodes: Nodes, { levelOf }: Order, test: ElementTest, set: number): number => {
  const columns = new Set(test.flatMap(({ path }) => path.filter((_, at) => at % 2 === 0)));
  const levels = [...columns].map((column) => levelOf[column]!).toSorted((a, b) => a - b);
  let relation = EMPTY;
  for (const { answer, path } of test) {
    if (!answer) continue;
    const values = new Map<number, number>();
    for (let at = 0; at < path.length; at += 2) values.set(levelOf[path[at]!]!, path[at + 1]!);
    const rules = levels.map((level) => ruleOf(values.get(level), undefined));
    relation = union(nodes, relation, singleton(nodes, rules));
  }
  return imageOf(nodes, set, relation, levelsOf(nodes, levels));
};

/** Returns the one column that a test looks at, if it is one. */
const columnOf = (test: ElementTest): number | undefined => {
  const columns = new Set(test.map(({ path }) => (path.length === 2 ? path[0] : undefined)));
  return columns.size === 1 ? [...columns][0] : undefined;
};

/**
 * Returns the states of `set` in which no element passes, in one go: possible where each test looks at one
 * column of its own. Undefined where it is not.
 */
const withoutAny = (
  nodes: Nodes,
  { levelOf }: Order,
  elements: readonly ElementTest[],
  set: number,
): number | undefined => {
  const byLevel = new Map<number, ElementTest>();
  for (const test of elements) {
    const column = columnOf(test);
    if (column === undefined || byLevel.has(levelOf[column]!)) return undefined;
    byLevel.set(levelOf[column]!, test);
  }
  const levels = [...byLevel.keys()].toSorted((a, b) => a - b);
  let relation = END;
  for (const level of levels.toReversed()) {
    const refused = byLevel
      .get(level)!
      .filter(({ answer }) => !answer)
      .map(({ path }) => path[1]!);
    let rules = EMPTY;
    for (const value of refused.toSorted((a, b) => b - a)) {
      rules = nodeOf(nodes, ruleOf(value, undefined), relation, rules);
    }
    relation = rules;
  }
  return imageOf(nodes, set, relation, levelsOf(nodes, levels));
};

/** Divides the states of `set` by answer: element by element, by how many have passed so far. */
const partsBy = (
  nodes: Nodes,
  order: Order,
  { elements, kind }: ArrayQuestion,
  set: number,
): readonly number[] => {
  const none = kind === 'some' ? withoutAny(nodes, order, elements, set) : undefined;
  if (none !== undefined) return [none, minus(nodes, set, none)];
  let parts: readonly number[] = [set];
  for (const [index, test] of elements.entries()) {
    const next: number[] = [];
    const add = (answer: number, part: number): void => {
      next[answer] = union(nodes, next[answer] ?? EMPTY, part);
    };
    parts.forEach((part, answer) => {
      const isDecided = kind !== 'count' && answer > 0;
      const passed = isDecided ? part : passing(nodes, order, test, part);
      if (isDecided) add(answer, part);
      else {
        add(kind === 'first' ? index + 1 : answer + 1, passed);
        add(answer, minus(nodes, part, passed));
      }
    });
    parts = Array.from(next, (part) => part ?? EMPTY);
  }
  return parts;
};

/** Divides a set by the answers to the questions `asked` in its states; empty parts are left out. */
export const splitBy = (
  nodes: Nodes,
  order: Order,
  arrayQueries: ArrayQueries,
  asked: readonly number[],
  set: number,
): readonly Part[] => {
  let parts: readonly Part[] = set === EMPTY ? [] : [{ answers: [], part: set }];
  for (const number of asked) {
    const read = arrayQueries.at(number);
    parts = parts.flatMap(({ answers, part }) =>
      (read.kind === 'each' ? [part] : partsBy(nodes, order, read, part))
        .map((own, answer) => ({ answers: [...answers, answer], part: own }))
        .filter((one) => one.part !== EMPTY),
    );
  }
  return parts;
};

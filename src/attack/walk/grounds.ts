import { canonical, type State, type System, type Value } from '../../model/index.ts';
import { copyOf, rootPath, viewOf, type PathNode, type ViewRun } from '../../model/plain/view.ts';
import { leaves } from '../changes.ts';
import { judgedAt } from './judged.ts';

/** A ground: a field that an invariant reads where it is judged, and whether the judgement depends on it. */
export interface Ground {
  readonly field: string;
  readonly value: Value;
  /**
   * A value with which, all else equal, the invariant is not broken there; it is one that the field has, or
   * had, on the path.
   */
  readonly otherwise?: Value;
}

/** Returns other values of a field: turned over, or as it was. */
const othersOf = (value: Value, field: string, states: readonly State[]): readonly Value[] => {
  const had = states.map((state) => leaves(state, '', new Map()).get(field));
  const known = [...(typeof value === 'boolean' ? [!value] : []), ...had];
  const different = known.filter((one) => one !== undefined && canonical(one) !== canonical(value));
  return [...new Map(different.map((one) => [canonical(one as Value), one as Value])).values()];
};

const withField = <T extends object>(whole: T, field: string, value: Value): T => {
  const [key = '', ...rest] = field.split('.');
  const copy = (Array.isArray(whole) ? [...(whole as readonly Value[])] : { ...whole }) as {
    [key: string]: Value;
  };
  copy[key] = rest.length === 0 ? value : (withField(copy[key] as object, rest.join('.'), value) as Value);
  return copy as T;
};

/**
 * Returns the fields of the last of `states` that `invariant` reads when it is judged there, in the order of
 * reading.
 */
const readBy = (system: System, invariant: string, states: readonly State[]): readonly string[] => {
  const reads = new Set<PathNode>();
  const run: ViewRun = { reads, views: new Map(), isOver: false, onKept: () => undefined };
  const now = viewOf(run, copyOf(states.at(-1)!), rootPath(''), 'look');
  judgedAt(system, invariant, [...states.slice(0, -1), now]);
  return [...reads].map(({ path }) => path);
};

/**
 * Finds the grounds on which `invariant` is broken at the end of a path: the fields that it reads there, and
 * for each whether the invariant would hold with another value of it alone. The invariant itself is asked,
 * with each value in turn.
 */
export const groundsOf = (system: System, invariant: string, states: readonly State[]): readonly Ground[] => {
  const last = states.at(-1)!;
  const fields = leaves(last, '', new Map());
  const read = readBy(system, invariant, states).filter((field) => fields.has(field));
  const isBroken = judgedAt(system, invariant, states) === 'broken';
  return read.map((field): Ground => {
    const value = fields.get(field)!;
    const others = isBroken ? othersOf(value, field, states) : [];
    const otherwise = others.find((other) => {
      const changed = [...states.slice(0, -1), withField(last, field, other)];
      return judgedAt(system, invariant, changed) !== 'broken';
    });
    return { field, value, ...(otherwise === undefined ? {} : { otherwise }) };
  });
};

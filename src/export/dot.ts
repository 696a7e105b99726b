import { canonical, guarded, stepOf, type State, type System, type Value } from '../model/index.ts';
import { shown } from '../model/shown.ts';
import type { LearnedInvariant, LearnedSystem } from '../search/learn-all.ts';
import { headingOf, type Author } from './heading.ts';
import { outcomeOf, walk, type Numbers } from './walk.ts';

// Graphviz reads entities in labels, too.
const escaped = (line: string): string =>
  shown(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');

const quoted = (lines: readonly string[]): string => `"${lines.map(escaped).join('\\n')}"`;

/** Returns the system's initial states, each once, in their order. */
const startsOf = (system: System): readonly State[] => {
  const texts = system.initial.map((state) => canonical(state));
  return system.initial.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
};

const isBroken = ({ kind, given, holds }: LearnedInvariant, numbers: Numbers): boolean =>
  kind === 'always' &&
  (given === undefined || outcomeOf(given, numbers) === 1) &&
  outcomeOf(holds, numbers) !== 1;

/**
 * Writes the fields of a state that differ from those of `before`, or that vary at all, as `path = value`.
 */
const fieldLines = (
  { fields, system }: LearnedSystem,
  numbers: Numbers,
  before: Numbers | undefined,
): readonly string[] => {
  const textOf = (path: string, value: Value): string =>
    system.model.present?.value?.(path, value) ?? canonical(value);
  return fields.flatMap(({ path, values }, field) => {
    const value = values[numbers[field] ?? 0];
    const isShown = before === undefined ? values.length > 1 : numbers[field] !== before[field];
    return isShown && value !== undefined ? [`${path} = ${textOf(path, value)}`] : [];
  });
};

const nodeLine = (
  learned: LearnedSystem,
  index: number,
  numbers: Numbers,
  before: Numbers | undefined,
): string => {
  const broken = learned.invariants.filter((invariant) => isBroken(invariant, numbers));
  const lines = [
    String(index),
    ...fieldLines(learned, numbers, before),
    ...broken.map(({ id }) => `breaks ${id}`),
  ];
  const marks = [
    `label=${quoted(lines)}`,
    ...(before === undefined ? ['penwidth=3'] : []),
    ...(broken.length === 0 ? [] : ['color=red', 'fontcolor=red']),
  ];
  return `  s${index} [${marks.join(', ')}];`;
};

const use = [
  'To draw (with FILE for this file): dot -Tsvg -o system.svg FILE',
  'An initial state has a heavy frame and shows the fields that ever change; every other state shows what',
  'changed on the shortest way to it. Red states break an invariant.',
];

/** Writes the system as a graph for Graphviz, its steps in the model's own words. */
export function* dotOf(learned: LearnedSystem, author: Author): Generator<string> {
  const { system, instances, initial } = learned;
  const { model, setting } = system;
  const where = `model ${model.id}, present`;
  // States as the model knows them, for its own words; and the numbers of the state before each.
  const states = [...startsOf(system)];
  const parents = new Map<number, Numbers>();
  const lines = function* (): Generator<string> {
    for (const line of headingOf(learned, author, use)) yield `// ${line}`.trimEnd();
    yield* [`digraph ${quoted([model.id])} {`, '  rankdir=LR;', '  node [shape=box];'];
    for (const { index, numbers, steps } of walk(learned)) {
      const before = index < initial.length ? undefined : parents.get(index);
      yield guarded(where, () => nodeLine(learned, index, numbers, before));
      const state = states[index];
      for (const { instance: number, to, isNew } of steps) {
        const instance = instances[number]?.instance;
        if (state === undefined || instance === undefined) continue;
        if (isNew) {
          states.push(stepOf(system, state, instance));
          parents.set(to, numbers);
        }
        const text = guarded(where, () =>
          model.present?.step?.(instance.action, instance.choice, state, setting),
        );
        yield `  s${index} -> s${to} [label=${quoted([`${instance.actor}: ${text ?? instance.key}`])}];`;
      }
    }
    yield '}';
  };
  for (const line of lines()) yield `${line}\n`;
}

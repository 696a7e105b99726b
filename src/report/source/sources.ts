import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Claim } from '../../claim/claim.ts';
import type { ClaimRun } from '../../claim/result.ts';
import type { AnyModel } from '../../model/index.ts';
import type { PlaceEntry, SourcesEntry } from '../report.ts';
import { functionPlaces, type AnyFunction, type FunctionPlace } from './function-places.ts';

// Bundled, all of the package lies in one folder below its own.
const PACKAGE = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../..' : '..', import.meta.url));

const posix = (path: string): string => path.split(sep).join('/');

const inside = (folder: string, path: string): string | undefined => {
  const way = relative(folder, path);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : posix(way);
};

/**
 * Returns the path of a file from `folder`; of a file of this package that is elsewhere, from the package.
 */
const pathFrom = (folder: string, path: string): string => {
  const own = inside(folder, path);
  if (own !== undefined) return own;
  const shipped = inside(PACKAGE, path);
  return shipped === undefined ? posix(relative(folder, path)) : `underwatch/${shipped}`;
};

/** The names of an invariant's questions, by its kind. */
const QUESTIONS = ['holds', 'bad', 'witness', 'responds', 'good', 'mayEnd', 'given'] as const;

const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function';

const questionOf = (model: AnyModel, invariant: string): AnyFunction | undefined => {
  const asked = model.invariants[invariant] as { readonly [name: string]: unknown } | undefined;
  return QUESTIONS.map((name) => asked?.[name]).find(isFunction);
};

/**
 * The parts of a model that are looked for: the actions that paths take, and the invariants that claims are
 * about.
 */
interface Wanted {
  readonly model: AnyModel;
  readonly actions: Set<string>;
  readonly invariants: Set<string>;
}

const wantedIn = ({ results }: Pick<ClaimRun, 'results'>): ReadonlyMap<string, Wanted> => {
  const wanted = new Map<string, Wanted>();
  for (const { claim, attack, witness } of results) {
    const { invariant, model }: Claim = claim;
    const of = wanted.get(model.id) ?? { model, actions: new Set<string>(), invariants: new Set<string>() };
    wanted.set(model.id, of);
    // If two models have one name, the places are those of the first.
    if (of.model !== model) continue;
    of.invariants.add(invariant);
    for (const { action } of [...(attack?.steps ?? []), ...(witness?.steps ?? [])]) of.actions.add(action);
  }
  return wanted;
};

const entryOf = (
  { actions, invariants, model }: Wanted,
  placeOf: (one: unknown) => PlaceEntry | undefined,
): SourcesEntry => ({
  actions: Object.fromEntries(
    [...actions].toSorted().flatMap((name) => {
      const action = model.actions[name];
      const [guard, effect] = [placeOf(action?.when), placeOf(action?.then)];
      return guard === undefined && effect === undefined
        ? []
        : [
            [
              name,
              { ...(guard === undefined ? {} : { guard }), ...(effect === undefined ? {} : { effect }) },
            ],
          ];
    }),
  ),
  invariants: Object.fromEntries(
    [...invariants].toSorted().flatMap((name) => {
      const place = placeOf(questionOf(model, name));
      return place === undefined ? [] : [[name, place]];
    }),
  ),
});

/**
 * Finds the functions that a run's attacks, witnesses and claims are about, with paths from `folder`; by
 * model.
 */
export const sourcesOf = async (
  run: Pick<ClaimRun, 'results'>,
  folder: string,
): Promise<{ readonly [model: string]: SourcesEntry }> => {
  const wanted = wantedIn(run);
  const functions = [...wanted.values()].flatMap(({ actions, invariants, model }) =>
    [
      ...[...actions].flatMap((name) => [model.actions[name]?.when, model.actions[name]?.then]),
      ...[...invariants].map((name) => questionOf(model, name)),
    ].filter(isFunction),
  );
  const places: ReadonlyMap<unknown, FunctionPlace> = await functionPlaces(functions);
  const placeOf = (one: unknown): PlaceEntry | undefined => {
    const found = places.get(one);
    return found === undefined ? undefined : { file: pathFrom(folder, found.path), line: found.line };
  };
  return Object.fromEntries(
    [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, one]) => [id, entryOf(one, placeOf)]),
  );
};

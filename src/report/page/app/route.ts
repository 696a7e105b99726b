import { useEffect, useState } from 'preact/hooks';

/** The route: all claims, one of them, or a board and a question about it; of an attack, one step. */
export type Route =
  | { readonly view: 'all'; readonly query: string; readonly only: readonly string[] }
  | ({ readonly view: 'claim'; readonly id: string } & Place)
  | ({ readonly view: 'board'; readonly name: string; readonly question: string } & Place)
  | TryRoute;

/** A step of an attack, and a field of the state after it. */
interface Place {
  readonly step: number;
  readonly field?: string;
}

/**
 * A route to try a model: a path through it, in a scenario that may differ from that of a claim or a
 * question.
 */
export interface TryRoute {
  readonly view: 'try';
  readonly of: 'claim' | 'board' | 'model';
  /** The claim, the board or the model. */
  readonly id: string;
  readonly question: string;
  readonly step: number;
  /** The path, where it is not the recorded one: numbers of instances. */
  readonly path?: readonly number[];
  readonly start?: number;
  /** The defences that are off and the adversary's capabilities, where they are others. */
  readonly off?: readonly string[];
  readonly can?: readonly string[];
}

const plain = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const stepIn = (parts: readonly string[]): number => {
  const at = parts.indexOf('step');
  const step = at === -1 ? 1 : Number(parts[at + 1]);
  return Number.isSafeInteger(step) && step >= 0 ? step : 1;
};

const namesIn = (text: string): readonly string[] => text.split(',').filter((name) => name !== '');

const numbersIn = (text: string): readonly number[] =>
  text === ''
    ? []
    : text
        .split('.')
        .map(Number)
        .filter((number) => Number.isSafeInteger(number) && number >= 0);

const tryRouteOf = (
  [, of = '', id = '', question = '']: readonly string[],
  given: URLSearchParams,
): TryRoute => {
  const has = <T>(name: string, read: (text: string) => T): T | undefined => {
    const text = given.get(name);
    return text === null ? undefined : read(text);
  };
  const [path, off, can] = [has('path', numbersIn), has('off', namesIn), has('can', namesIn)];
  const [start] = has('start', numbersIn) ?? [];
  const [step = 0] = has('step', numbersIn) ?? [];
  return {
    view: 'try',
    of: of === 'claim' || of === 'board' ? of : 'model',
    id,
    question,
    step,
    ...(path === undefined ? {} : { path }),
    ...(start === undefined ? {} : { start }),
    ...(off === undefined ? {} : { off }),
    ...(can === undefined ? {} : { can }),
  };
};

const tryHash = ({ can, id, of, off, path, question, start, step }: TryRoute): string => {
  const given = [
    ...(step === 0 ? [] : [`step=${step}`]),
    ...(start === undefined ? [] : [`start=${start}`]),
    ...(path === undefined ? [] : [`path=${path.join('.')}`]),
    ...(off === undefined ? [] : [`off=${off.map(encodeURIComponent).join(',')}`]),
    ...(can === undefined ? [] : [`can=${can.map(encodeURIComponent).join(',')}`]),
  ].join('&');
  const parts = [of, id, ...(question === '' ? [] : [question])].map(encodeURIComponent);
  return `#/try/${parts.join('/')}${given === '' ? '' : `?${given}`}`;
};

/** Parses the part of an address after `#`; any text leads somewhere. */
const routeOf = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/');
  const [view, id = '', question = ''] = parts.map(plain);
  const given = new URLSearchParams(search);
  const field = given.get('field');
  const place: Place = { step: stepIn(parts), ...(field === null ? {} : { field }) };
  if (view === 'claim') return { view, id, ...place };
  if (view === 'board') return { view, name: id, question: question === 'step' ? '' : question, ...place };
  if (view === 'try') return tryRouteOf(parts.map(plain), given);
  const only = (given.get('only') ?? '').split(',').filter((one) => one !== '');
  return { view: 'all', query: given.get('q') ?? '', only };
};

const placeText = ({ field, step }: Place): string =>
  `${step === 1 ? '' : `/step/${step}`}${field === undefined ? '' : `?field=${encodeURIComponent(field)}`}`;

/** Returns the address of what the page shows. */
export const hashOf = (route: Route): string => {
  if (route.view === 'try') return tryHash(route);
  if (route.view === 'claim') {
    return `#/claim/${encodeURIComponent(route.id)}${placeText(route)}`;
  }
  if (route.view === 'board') {
    const question = route.question === '' ? '' : `/${encodeURIComponent(route.question)}`;
    return `#/board/${encodeURIComponent(route.name)}${question}${placeText(route)}`;
  }
  const given = new URLSearchParams();
  if (route.query !== '') given.set('q', route.query);
  if (route.only.length > 0) given.set('only', route.only.join(','));
  const search = given.toString();
  return search === '' ? '#/' : `#/?${search}`;
};

/** Returns the present route, and a function that replaces it without leaving a trace in the history. */
export const useRoute = (): readonly [Route, (route: Route) => void] => {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const replace = (next: Route): void => {
    history.replaceState(null, '', hashOf(next));
    setRoute(next);
  };
  return [route, replace];
};

import { useEffect, useState } from 'preact/hooks';

/** What the page shows: all claims, one of them, or a board and a question about it; of an attack, one step. */
export type Route =
  | { readonly view: 'all'; readonly query: string; readonly only: readonly string[] }
  | { readonly view: 'claim'; readonly id: string; readonly step: number }
  | { readonly view: 'board'; readonly name: string; readonly question: string; readonly step: number };

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

/** What the part of an address after `#` asks for; whatever it is, something. */
const routeOf = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/');
  const [view, id = '', question = ''] = parts.map(plain);
  if (view === 'claim') return { view, id, step: stepIn(parts) };
  if (view === 'board') {
    return { view, name: id, question: question === 'step' ? '' : question, step: stepIn(parts) };
  }
  const given = new URLSearchParams(search);
  const only = (given.get('only') ?? '').split(',').filter((one) => one !== '');
  return { view: 'all', query: given.get('q') ?? '', only };
};

/** The address of what the page shows. */
export const hashOf = (route: Route): string => {
  if (route.view === 'claim') {
    return `#/claim/${encodeURIComponent(route.id)}${route.step === 1 ? '' : `/step/${route.step}`}`;
  }
  if (route.view === 'board') {
    const question = route.question === '' ? '' : `/${encodeURIComponent(route.question)}`;
    return `#/board/${encodeURIComponent(route.name)}${question}${route.step === 1 ? '' : `/step/${route.step}`}`;
  }
  const given = new URLSearchParams();
  if (route.query !== '') given.set('q', route.query);
  if (route.only.length > 0) given.set('only', route.only.join(','));
  const search = given.toString();
  return search === '' ? '#/' : `#/?${search}`;
};

/** What the page shows now, and how to show something else in its place without leaving a trace in the history. */
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

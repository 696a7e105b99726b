import { render, type VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageData } from '../data.ts';
import { Board } from './board.tsx';
import { ClaimView } from './claim-view.tsx';
import { Missing } from './missing.tsx';
import { Overview } from './overview/overview.tsx';
import { useRoute, type Route } from './route.ts';
import { WhatIf } from './what-if/what-if.tsx';

const titleOf = (parts: readonly string[]): string => [...parts, 'Underwatch'].join(' · ');

/** Resolves an address: a page of a model alone begins with the model. */
const meant = (route: Route, { explored }: PageData): Route =>
  route.view === 'all' && explored !== undefined
    ? { view: 'try', of: 'model', id: explored.model, question: '', step: 0 }
    : route;

const App = ({ data }: { readonly data: PageData }): VNode => {
  const [given, replace] = useRoute();
  const route = meant(given, data);
  const shows = route.view === 'all' ? '' : route.view === 'board' ? route.name : route.id;
  const claim = route.view === 'claim' ? data.claims.find(({ id }) => id === route.id) : undefined;
  const board = route.view === 'board' ? data.boards.find(({ name }) => name === route.name) : undefined;
  useEffect(() => {
    document.title = titleOf(shows === '' ? [] : [shows]);
    // A field that is asked for is scrolled to by itself.
    if (!('field' in route)) scrollTo(0, 0);
  }, [shows, route.view]);
  if (route.view === 'try') return <WhatIf data={data} route={route} replace={replace} />;
  if (route.view === 'all') return <Overview data={data} route={route} replace={replace} />;
  if (claim !== undefined && route.view === 'claim') {
    return <ClaimView data={data} claim={claim} route={route} replace={replace} />;
  }
  if (board !== undefined && route.view === 'board') {
    return <Board board={board} data={data} route={route} replace={replace} />;
  }
  return <Missing what={shows} />;
};

const place = document.getElementById('page');
const written = document.getElementById('data')?.textContent;
if (place !== null && written !== undefined && written !== null) {
  place.replaceChildren();
  render(<App data={JSON.parse(written) as PageData} />, place);
}

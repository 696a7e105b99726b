import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageClaim, PageData } from '../../data.ts';
import { Boards } from '../boards.tsx';
import { Found } from './found.tsx';
import { Filters } from './filters.tsx';
import { Map } from './map.tsx';
import { isSurprise } from '../marks.tsx';
import type { Route } from '../route.ts';
import { searchIndex } from './search.ts';
import { Surprises } from './surprises.tsx';
import { counted, durationWords } from '../words.ts';

interface Props {
  readonly data: PageData;
  readonly route: Extract<Route, { readonly view: 'all' }>;
  readonly replace: (route: Route) => void;
}

const Sums = ({ data }: { readonly data: PageData }): VNode => (
  <p class="sums">
    {counted(data.claims.length, 'claim')} in {counted(data.suites.length, 'suite')} ·{' '}
    {counted(data.states, 'state')} looked at in {counted(data.searches, 'search', 'searches')} ·{' '}
    {durationWords(data.durationMs)} · {data.how} · {data.tool}
    {data.startedAt === '' ? '' : ` · ${data.startedAt.slice(0, 16).replace('T', ' ')} UTC`}
  </p>
);

/** The first view: is anything new or broken, and what is there. */
export const Overview = ({ data, replace, route }: Props): VNode => {
  const matches = useMemo(() => searchIndex(data), [data]);
  const { only, query } = route;
  const isAsked = query.trim() !== '' || only.length > 0;
  const shown: readonly PageClaim[] = useMemo(
    () => matches(query).filter(({ status }) => only.length === 0 || only.includes(status)),
    [matches, query, only.join(',')],
  );
  if (data.command === 'audit') return <Boards data={data} />;
  return (
    <main>
      <header class="top">
        <p class="name">Underwatch · verify</p>
        <Surprises
          claims={data.claims.filter(({ status }) => isSurprise(status))}
          of={data.claims.length}
          interrupted={data.interrupted}
          unresolved={data.claims.filter(({ status }) => status === 'unresolved').length}
        />
        <Sums data={data} />
      </header>
      <Filters claims={data.claims} route={route} replace={replace} />
      {isAsked ? <Found claims={shown} /> : <Map suites={data.suites} claims={data.claims} />}
    </main>
  );
};

import type { VNode } from 'preact';
import type { PageClaim, PageData } from '../../data.ts';
import { LOOKS, Mark, statuses } from '../marks.tsx';
import { hashOf } from '../route.ts';

const Tile = ({ claim }: { readonly claim: PageClaim }): VNode => (
  <li>
    <a
      class="tile"
      href={hashOf({ view: 'claim', id: claim.id, step: 1 })}
      title={`${claim.id}: ${LOOKS[claim.status].word}, ${claim.words}. ${claim.says}`}
      aria-label={`${claim.id}: ${LOOKS[claim.status].word}`}
    >
      <Mark of={claim.status} />
    </a>
  </li>
);

const gravity = ({ status }: PageClaim): number => statuses.indexOf(status);

const worst = (claims: readonly PageClaim[]): number => Math.min(...claims.map(gravity));

/** Every suite with every claim of it, each a tile; suites with something new or broken first. */
export const Map = ({ claims, suites }: Pick<PageData, 'claims' | 'suites'>): VNode => {
  const all = suites.map((suite) => ({
    ...suite,
    claims: claims.filter((claim) => claim.suite === suite.id),
  }));
  const alarming = statuses.indexOf('unresolved');
  const rank = (suite: { readonly claims: readonly PageClaim[] }): number =>
    worst(suite.claims) < alarming ? worst(suite.claims) : alarming;
  return (
    <section aria-label="All claims, by suite" class="map">
      {all
        .filter((suite) => suite.claims.length > 0)
        .toSorted((a, b) => rank(a) - rank(b))
        .map((suite) => (
          <section key={suite.id} class="suite" aria-label={`suite ${suite.id}`}>
            <h2>
              <a href={hashOf({ view: 'all', query: suite.id, only: [] })}>{suite.id}</a>
            </h2>
            <p>{suite.says}</p>
            <ul class="tiles">
              {suite.claims.map((claim) => (
                <Tile key={claim.id} claim={claim} />
              ))}
            </ul>
          </section>
        ))}
    </section>
  );
};

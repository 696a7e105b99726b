import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { PageClaim } from '../../data.ts';
import { Badge } from '../marks.tsx';
import { hashOf } from '../route.ts';
import { counted } from '../words.ts';

/** The number of rows that are drawn before anybody asks for more. */
const FIRST = 100;

/** The claims that were asked for, one a row. */
export const Found = ({ claims }: { readonly claims: readonly PageClaim[] }): VNode => {
  const [isWhole, setWhole] = useState(false);
  const drawn = isWhole ? claims : claims.slice(0, FIRST);
  return (
    <section aria-label="Claims found">
      <p role="status">
        {claims.length === 0
          ? 'No claim has all of these words.'
          : `${counted(claims.length, 'claim')} found.`}
      </p>
      <ul class="rows">
        {drawn.map((claim) => (
          <li key={claim.id}>
            <a href={hashOf({ view: 'claim', id: claim.id, step: 1 })}>
              <Badge of={claim.status} /> <strong>{claim.id}</strong>
            </a>{' '}
            <span class="quiet">
              {claim.words} · suite {claim.suite}
            </span>
            <p class="said">{claim.says}</p>
          </li>
        ))}
      </ul>
      {drawn.length < claims.length ? (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show the other {claims.length - drawn.length}
        </button>
      ) : null}
    </section>
  );
};

import type { VNode } from 'preact';
import type { PageClaim } from '../../data.ts';
import { Badge, statuses } from '../marks.tsx';
import { hashOf } from '../route.ts';
import { counted } from '../words.ts';

interface Props {
  readonly claims: readonly PageClaim[];
  readonly of: number;
  readonly interrupted: string | undefined;
  readonly unresolved: number;
}

const headline = ({ claims, interrupted, of, unresolved }: Props): string => {
  const open = unresolved === 0 ? '' : `; ${counted(unresolved, 'claim')} not decided`;
  if (interrupted !== undefined) return `Interrupted: ${interrupted}.`;
  if (of === 0) return 'There is no claim in this report.';
  if (claims.length === 0) return `Nothing new, nothing broken: ${counted(of, 'claim')} as expected${open}.`;
  return `${counted(claims.length, 'claim')} of ${of} not as expected${open}.`;
};

const gravity = ({ status }: PageClaim): number => statuses.indexOf(status);

/** The answer to the first question, and the claims that are not as expected, one by one. */
export const Surprises = (given: Props): VNode => (
  <section aria-labelledby="answer" class={given.claims.length === 0 ? 'answer calm' : 'answer alarm'}>
    <h1 id="answer">{headline(given)}</h1>
    {given.claims.length === 0 ? null : (
      <ul class="rows">
        {given.claims
          .toSorted((a, b) => gravity(a) - gravity(b))
          .map((claim) => (
            <li key={claim.id}>
              <a href={hashOf({ view: 'claim', id: claim.id, step: 1 })}>
                <Badge of={claim.status} /> <strong>{claim.id}</strong>
              </a>{' '}
              <span class="said">{claim.error?.message ?? claim.unexpectedBecause ?? claim.says}</span>
            </li>
          ))}
      </ul>
    )}
  </section>
);

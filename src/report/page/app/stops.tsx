import type { VNode } from 'preact';
import type { StopEntry } from '../../report.ts';
import type { PageClaim, PageData } from '../data.ts';
import { Badge } from './marks.tsx';
import { hashOf } from './route.ts';

interface Props {
  readonly claim: PageClaim;
  readonly data: PageData;
  readonly onStep: (step: number) => void;
}

/**
 * Returns the claims that prove that with a defence nothing else gets through, as far as this report decides
 * them.
 */
const proofsIn = ({ claims }: PageData, stop: StopEntry): readonly PageClaim[] =>
  claims.filter(({ id, status }) => status === 'proof' && stop.claims?.includes(id) === true);

const How = ({ onStep, stop }: Pick<Props, 'onStep'> & { readonly stop: StopEntry }): VNode => (
  <>
    The attack goes another way at{' '}
    <button type="button" class="step-link" onClick={() => onStep(stop.partsAt)}>
      step {stop.partsAt}
    </button>
    {stop.refusedAt === stop.partsAt
      ? ', which is not possible then'
      : stop.text === undefined
        ? ', which comes out otherwise'
        : `: “${stop.text}”`}
    {stop.refusedAt === undefined || stop.refusedAt === stop.partsAt
      ? '.'
      : `; step ${stop.refusedAt} is not possible any more.`}
  </>
);

const Stop = ({ data, onStep, stop }: Omit<Props, 'claim'> & { readonly stop: StopEntry }): VNode => {
  const proofs = proofsIn(data, stop);
  return (
    <li>
      <strong>{stop.defence}</strong> on: {stop.says}. <How stop={stop} onStep={onStep} />{' '}
      {proofs.length === 0 ? (
        <span class="quiet">No claim of this report says whether another attack gets through then.</span>
      ) : (
        proofs.map(({ id }) => (
          <span key={id}>
            <Badge of="proof" /> that nothing else gets through then:{' '}
            <a href={hashOf({ view: 'claim', id, step: 1 })}>{id}</a>{' '}
          </span>
        ))
      )}
    </li>
  );
};

/**
 * The single settings that stop the attack: those first that are proved to close it for every other attack,
 * too.
 */
export const Stops = ({ claim, data, onStep }: Props): VNode | null => {
  if (claim.attack === undefined) return null;
  const [closing, others] = [
    claim.stops.filter((stop) => proofsIn(data, stop).length > 0),
    claim.stops.filter((stop) => proofsIn(data, stop).length === 0),
  ];
  const list = (stops: readonly StopEntry[]): VNode => (
    <ul>
      {stops.map((stop) => (
        <Stop key={stop.defence} stop={stop} data={data} onStep={onStep} />
      ))}
    </ul>
  );
  return (
    <section class="stops" aria-labelledby="stops">
      <h2 id="stops">What closes it</h2>
      {closing.length === 0 ? null : list(closing)}
      {others.length === 0 ? null : (
        <>
          <p>Also stopped, this one attack at least, by:</p>
          {list(others)}
        </>
      )}
      {claim.stops.length > 0 ? null : <p>No single defence that is off here stops it.</p>}
      <p class="quiet">
        All sets that are enough, each searched:{' '}
        <code class="command">npx underwatch defences {claim.id}</code>
      </p>
    </section>
  );
};

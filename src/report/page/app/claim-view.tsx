import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Phase } from '../../../attack/why/phase.ts';
import type { PageClaim, PageData } from '../data.ts';
import type { Whys } from '../run/situation.ts';
import { Facts } from './facts.tsx';
import { Badge } from './marks.tsx';
import { playedOf } from './player/played.ts';
import { Player } from './player/player.tsx';
import type { AskedField } from './player/state-panel.tsx';
import { Why } from './player/why.tsx';
import { hashOf, type Route } from './route.ts';
import { Stops } from './stops.tsx';
import { Live } from './what-if/live.tsx';
import { subjectOf } from './what-if/tried.ts';

interface Props {
  readonly data: PageData;
  readonly claim: PageClaim;
  readonly route: Extract<Route, { readonly view: 'claim' }>;
  readonly replace: (route: Route) => void;
}

const Trouble = ({ claim }: { readonly claim: PageClaim }): VNode | null => {
  const { error, unexpectedBecause } = claim;
  if (error === undefined && unexpectedBecause === undefined) return null;
  return (
    <section class="trouble" aria-label="Not as expected">
      {unexpectedBecause === undefined ? null : (
        <p>
          <strong>Not as expected:</strong> {unexpectedBecause}.
        </p>
      )}
      {error === undefined ? null : (
        <dl class="facts">
          <dt>{error.code}</dt>
          <dd>{error.message}</dd>
          <dt>where</dt>
          <dd>{error.where}</dd>
          <dt>expected</dt>
          <dd>{error.expected}</dd>
          <dt>got</dt>
          <dd>{error.got}</dd>
          <dt>likely</dt>
          <dd>{error.likely}</dd>
          <dt>next</dt>
          <dd>{error.next}</dd>
        </dl>
      )}
    </section>
  );
};

const Neighbours = ({ claim, data }: Pick<Props, 'claim' | 'data'>): VNode => {
  const own = data.claims.filter(({ suite }) => suite === claim.suite);
  const at = own.indexOf(claim);
  const link = (other: PageClaim | undefined, lead: string): VNode | null =>
    other === undefined ? null : (
      <a href={hashOf({ view: 'claim', id: other.id, step: 1 })}>
        {lead} {other.id}
      </a>
    );
  return (
    <nav class="neighbours" aria-label="Claims">
      <a href="#/">All claims</a>
      <a href={hashOf({ view: 'all', query: claim.suite, only: [] })}>suite {claim.suite}</a>
      {link(own[at - 1], '←')}
      {link(own[at + 1], 'next: ')}
    </nav>
  );
};

const TryLink = ({
  children,
  claim,
  data,
  step,
}: Pick<Props, 'claim' | 'data'> & {
  readonly step: number;
  readonly children: ComponentChildren;
}): VNode =>
  data.modelsAbsent === undefined ? (
    <a class="try" href={hashOf({ view: 'try', of: 'claim', id: claim.id, question: '', step })}>
      {children}
    </a>
  ) : (
    <p class="quiet">What else could happen cannot be tried here: {data.modelsAbsent}.</p>
  );

const phasesIn = (whys: Whys | undefined): readonly Phase[] =>
  whys?.kind === 'told' ? whys.steps.map(({ phase }) => phase) : [];

/** One claim: what it says, its result, its attack to be played, and what it rests on. */
export const ClaimView = ({ claim, data, replace, route }: Props): VNode => {
  const { step } = route;
  const given = claim.attack ?? claim.witness;
  const path = useMemo(() => (given === undefined ? undefined : playedOf(given, data)), [given, data]);
  const last = path?.steps.length ?? 0;
  const stem = path?.onward?.stem ?? last;
  const toStep = (next: number): void => replace({ ...route, step: next });
  const asked: AskedField = { field: route.field, hrefOf: (field) => hashOf({ ...route, field }) };
  const partings = new Set(claim.stops.map(({ partsAt }) => partsAt));
  const marks = (path?.steps ?? []).map((_, at) => {
    if (at + 1 === stem) return claim.attack === undefined ? 'shows it' : 'breaks it';
    return partings.has(at + 1) ? 'a defence stops it here' : undefined;
  });
  return (
    <main>
      <Neighbours claim={claim} data={data} />
      <h1>
        {claim.id} <Badge of={claim.status} />
      </h1>
      <p class="lead">{claim.says}</p>
      <Trouble claim={claim} />
      <p class="statement">
        <b>{claim.attack === undefined ? 'It is about' : `Step ${stem} breaks`}</b>{' '}
        <code>{claim.invariant}</code>: {claim.invariantSays}
      </p>
      <Stops claim={claim} data={data} onStep={toStep} />
      {path === undefined ? (
        <TryLink data={data} claim={claim} step={0}>
          Walk through the model in this scenario
        </TryLink>
      ) : (
        <>
          <h2>
            {claim.attack === undefined ? 'The path that shows it' : 'The attack'}: {path.words}
          </h2>
          <Live data={data} subject={subjectOf(claim, data)} recorded={path} step={step} onStep={toStep}>
            {(fields, judged, whys) => (
              <Player
                {...{ attack: path, step, marks, fields, asked }}
                phases={phasesIn(whys)}
                onStep={toStep}
              >
                <TryLink data={data} claim={claim} step={step}>
                  What if something else happens after step {Math.min(step, last)}?
                </TryLink>
                <Why whys={whys} step={Math.min(step, last)} stops={claim.stops} claim={claim.id} />
                {judged}
              </Player>
            )}
          </Live>
        </>
      )}
      <Facts claim={claim} texts={data.texts} replay={path?.replay} />
    </main>
  );
};

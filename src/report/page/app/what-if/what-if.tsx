import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { PageData, PageStep, PageSubject } from '../../data.ts';
import type { Session, Situation } from '../../run/situation.ts';
import { Missing } from '../missing.tsx';
import type { Played } from '../player/played.ts';
import { Player } from '../player/player.tsx';
import type { Route, TryRoute } from '../route.ts';
import { Judgements } from './judgements.tsx';
import { firstUnlike, numbersOf, useLook, type Looked } from './look.ts';
import { useRunner } from './runner.ts';
import { ScenarioPanel } from './scenario-panel.tsx';
import { triedOf, type Tried } from './tried.ts';
import { Ways } from './ways.tsx';

interface Props {
  readonly data: PageData;
  readonly route: TryRoute;
  readonly replace: (route: Route) => void;
}

const playable = (steps: readonly PageStep[]): Played => ({
  words: '',
  initial: 0,
  lanes: [...new Set([...steps.map(({ from }) => from), ...steps.map(({ to }) => to)])],
  steps,
  replay: '',
});

/** Replays the steps of a path in another scenario: those that it has. */
const carried = (from: Session, to: Session, taken: readonly number[]): readonly number[] =>
  numbersOf(
    to,
    taken.flatMap((number) => from.stepOf(number) ?? []),
  );

const Notices = ({
  recorded,
  route,
  situation,
}: Pick<Props, 'route'> & {
  readonly recorded: Played | undefined;
  readonly situation: Situation;
}): VNode => {
  const asRecorded = route.path === undefined && route.off === undefined && route.can === undefined;
  const unlike = asRecorded && recorded !== undefined ? firstUnlike(situation, recorded) : undefined;
  return (
    <div role="status">
      {situation.stopped === undefined ? null : (
        <p class="trouble">The path ends here: {situation.stopped}.</p>
      )}
      {unlike === undefined || situation.stopped !== undefined ? null : (
        <p class="trouble">
          The model in this page is not the one of the recorded path: step {unlike} comes out otherwise.
        </p>
      )}
    </div>
  );
};

interface ToolsGiven {
  readonly back: string;
  readonly onUndo: (() => void) | undefined;
}

const Tools = ({ back, onUndo }: ToolsGiven): VNode => (
  <div class="tools">
    <button type="button" disabled={onUndo === undefined} onClick={onUndo}>
      Undo
    </button>
    {back === '' ? null : <a href={back}>Back to what is recorded</a>}
  </div>
);

interface Stage extends Props {
  readonly looked: Extract<Looked, { readonly kind: 'there' }>;
  readonly subject: PageSubject;
  readonly tried: Tried;
  readonly openIn: (scenario: PageSubject['scenario']) => Session | undefined;
}

const Stage = ({ looked, openIn, replace, route, subject, tried }: Stage): VNode => {
  const earlier = useRef<TryRoute[]>([]);
  const { path, session, situation } = looked;
  const { steps } = situation;
  const step = Math.min(route.step, steps.length);
  const own = numbersOf(session, tried.recorded?.steps ?? []);
  const go = (next: TryRoute): void => {
    earlier.current.push(route);
    replace(next);
  };
  const onScenario = (part: Pick<TryRoute, 'off' | 'can'>): void => {
    const { capabilities, without } = subject.scenario;
    const [off, can] = [part.off ?? without, part.can ?? capabilities];
    const other = openIn({ ...subject.scenario, without: off, capabilities: can });
    const taken = other === undefined ? [] : carried(session, other, path.taken);
    go({ ...route, off, can, start: path.start, path: taken });
  };
  const leaves = path.taken.findIndex((number, at) => number !== own[at]);
  const brokenAt = situation.judgements.find(({ id }) => id === subject.invariant)?.brokenAt;
  const marks = steps.map((_, at) => {
    if (at + 1 === brokenAt) return `breaks ${subject.invariant}`;
    return at === leaves && own.length > 0 ? 'goes another way from here' : undefined;
  });
  const isOnPath = path.taken.slice(0, step).every((number, at) => number === own[at]);
  return (
    <>
      <Tools
        back={tried.back}
        onUndo={earlier.current.length === 0 ? undefined : () => replace(earlier.current.pop() ?? route)}
      />
      <ScenarioPanel
        session={session}
        scenario={subject.scenario}
        start={path.start}
        onScenario={onScenario}
        onStart={(start) => go({ ...route, start, step: 0, path: [] })}
      />
      <Notices recorded={tried.recorded} route={route} situation={situation} />
      <Player
        attack={playable(steps)}
        label="Path, step by step"
        fields={situation.fields}
        step={step}
        marks={marks}
        onStep={(next) => replace({ ...route, step: next })}
      >
        <Ways
          ways={situation.ways}
          step={step}
          asked={subject.invariant}
          recorded={isOnPath ? own[step] : undefined}
          onTake={({ number }) =>
            go({ ...route, start: path.start, path: [...path.taken.slice(0, step), number], step: step + 1 })
          }
        />
        <Judgements
          judgements={situation.judgements}
          first={subject.invariant}
          step={step}
          onStep={(next) => replace({ ...route, step: next })}
        />
      </Player>
    </>
  );
};

/**
 * Tries what else could happen: from any step of a path another one can be chosen, and the model says where
 * it leads.
 */
export const WhatIf = ({ data, replace, route }: Props): VNode => {
  const tried = triedOf(route, data);
  if (tried === undefined) return <Missing what={`${route.id} ${route.question}`.trim()} />;
  return <Trying data={data} route={route} replace={replace} tried={tried} />;
};

const Trying = ({ data, replace, route, tried }: Props & { readonly tried: Tried }): VNode => {
  const runner = useRunner();
  const { scenario } = tried.subject;
  const subject = {
    ...tried.subject,
    scenario: {
      ...scenario,
      without: route.off ?? scenario.without,
      capabilities: route.can ?? scenario.capabilities,
    },
  };
  const asked = {
    ...(route.path === undefined ? {} : { taken: route.path }),
    ...(route.start === undefined ? {} : { start: route.start }),
  };
  const looked = useLook(runner, subject, tried.recorded, asked, route.step);
  const openIn = (other: PageSubject['scenario']): Session | undefined => {
    const opened = runner?.open(subject.model, other);
    return opened?.kind === 'open' ? opened.session : undefined;
  };
  return (
    <main>
      <nav class="neighbours" aria-label="Claims">
        {data.command === 'explore' ? null : <a href="#/">All of the report</a>}
        {tried.back === '' ? null : <a href={tried.back}>{tried.heading}</a>}
      </nav>
      <h1>{tried.back === '' ? tried.heading : `What if: ${tried.heading}`}</h1>
      <p class="lead">
        {looked.kind === 'there' ? `${looked.session.says}. ` : ''}Choose what happens next, from any step;
        the model runs in this page.
      </p>
      {data.modelsAbsent === undefined ? null : <p class="trouble">Not here: {data.modelsAbsent}.</p>}
      {looked.kind === 'refused' ? <p class="trouble">{looked.because}</p> : null}
      {looked.kind === 'there' ? (
        <Stage {...{ data, looked, openIn, replace, route, subject, tried }} />
      ) : null}
    </main>
  );
};

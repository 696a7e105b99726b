import type { VNode } from 'preact';
import type { PageAnswer, PageBoard, PageData } from '../data.ts';
import { playedOf } from './player/played.ts';
import { Player } from './player/player.tsx';
import { hashOf, type Route } from './route.ts';
import { counted } from './words.ts';

interface Props {
  readonly board: PageBoard;
  readonly data: PageData;
  readonly route: Extract<Route, { readonly view: 'board' }>;
  readonly replace: (route: Route) => void;
}

const LOCKS = { set: '🔒', clear: '○', unknown: '?', absent: '—' } as const;

const Locks = ({ board }: Pick<Props, 'board'>): VNode | null =>
  board.locks.length === 0 ? null : (
    <section aria-labelledby="locks">
      <h2 id="locks">Locks</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">lock</th>
            <th scope="col">state</th>
            <th scope="col">it means</th>
            <th scope="col">read from</th>
          </tr>
        </thead>
        <tbody>
          {board.locks.map(({ name, readFrom, says, state }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class={`lock ${state}`}>
                <span aria-hidden="true">{LOCKS[state]}</span> {state}
              </td>
              <td>{says}</td>
              <td>{readFrom}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

const Registers = ({ board }: Pick<Props, 'board'>): VNode | null =>
  board.registers.length === 0 ? null : (
    <section aria-labelledby="registers">
      <h2 id="registers">Registers</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">register</th>
            <th scope="col">value</th>
            <th scope="col">read from</th>
          </tr>
        </thead>
        <tbody>
          {board.registers.map(({ name, readFrom, value, widthBits }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <code>{value.toString(16).padStart(widthBits / 4, '0')}h</code>
              </td>
              <td>{readFrom}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

const Question = ({
  answer,
  board,
  data,
  replace,
  route,
}: Props & { readonly answer: PageAnswer }): VNode => {
  const isChosen = answer.id === route.question;
  const stem = answer.attack?.onward?.stem ?? answer.attack?.steps.length;
  return (
    <li id={`question-${answer.id}`}>
      <a href={hashOf({ view: 'board', name: board.name, question: answer.id, step: 1 })}>
        <strong>{answer.id}</strong>
      </a>{' '}
      <span class={`answered ${answer.verdict}`}>{answer.words}</span>
      <p class="said">{answer.says}</p>
      {answer.notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
      {answer.attack === undefined || !isChosen ? null : (
        <Player
          attack={playedOf(answer.attack, data)}
          step={route.step}
          marks={answer.attack.steps.map((_, at) => (at + 1 === stem ? 'breaks it' : undefined))}
          asked={{ field: route.field, hrefOf: (field) => hashOf({ ...route, field }) }}
          onStep={(step) => replace({ ...route, step })}
        >
          {answer.subject === undefined || data.modelsAbsent !== undefined ? null : (
            <a
              class="try"
              href={hashOf({
                view: 'try',
                of: 'board',
                id: board.name,
                question: answer.id,
                step: route.step,
              })}
            >
              What if something else happens after step {route.step}?
            </a>
          )}
        </Player>
      )}
      {isChosen ? (
        <p class="quiet">
          {answer.source} · {counted(answer.states, 'state')} ·{' '}
          <code class="command">{answer.reproduce}</code>
        </p>
      ) : null}
    </li>
  );
};

/** One board: its questions and their answers, its locks and its registers. */
export const Board = ({ board, data, replace, route }: Props): VNode => (
  <main>
    <nav class="neighbours" aria-label="Boards">
      <a href="#/">All boards</a>
    </nav>
    <h1>{board.name}</h1>
    <p class="lead">{board.chipset ?? ''}</p>
    {board.error === undefined ? null : (
      <p class="trouble">
        {board.error.code} {board.error.message}: {board.error.got}. {board.error.next}
      </p>
    )}
    {board.findings.length + board.unknown.length === 0 ? null : (
      <ul class="notes">
        {board.findings.map(({ evidence, id, says, severity }) => (
          <li key={id}>
            <b>{severity}</b> {says} <span class="quiet">{evidence.join('; ')}</span>
          </li>
        ))}
        {board.unknown.map(({ name, why }) => (
          <li key={name}>
            <b>unknown</b> {name}: {why}
          </li>
        ))}
      </ul>
    )}
    <h2>Questions</h2>
    <ul class="rows">
      {board.answers.map((answer) => (
        <Question key={answer.id} answer={answer} board={board} data={data} route={route} replace={replace} />
      ))}
    </ul>
    <Locks board={board} />
    <Registers board={board} />
  </main>
);

import type { VNode } from 'preact';
import type { PageBoard, PageData } from '../data.ts';
import { hashOf } from './route.ts';
import { counted, durationWords } from './words.ts';

const Row = ({ board }: { readonly board: PageBoard }): VNode => {
  const count = (verdict: string): number => board.answers.filter((one) => one.verdict === verdict).length;
  return (
    <li>
      <a href={hashOf({ view: 'board', name: board.name, question: '', step: 1 })}>
        <strong>{board.name}</strong>
      </a>{' '}
      <span class="quiet">{board.chipset ?? ''}</span>
      <p class="said">
        {board.error === undefined
          ? `${counted(count('violated') + count('depends'), 'question')} of ${board.answers.length} with an attack, ${count('holds')} proved`
          : `${board.error.code} ${board.error.message}`}
      </p>
    </li>
  );
};

/** The boards of an audit. */
export const Boards = ({ data }: { readonly data: PageData }): VNode => (
  <main>
    <header class="top">
      <p class="name">Underwatch · audit</p>
      <h1>{counted(data.boards.length, 'board')}</h1>
      <p class="sums">
        {durationWords(data.durationMs)} · {data.how} · {data.tool}
      </p>
    </header>
    <ul class="rows">
      {data.boards.map((board) => (
        <Row key={board.name} board={board} />
      ))}
    </ul>
  </main>
);

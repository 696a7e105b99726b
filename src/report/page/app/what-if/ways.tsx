import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { WayText as Way } from '../../run/situation.ts';
import { counted } from '../words.ts';

interface Props {
  readonly ways: readonly Way[];
  readonly step: number;
  /** The instance that the recorded path takes here. */
  readonly recorded: number | undefined;
  /** The invariant that is asked about. */
  readonly asked: string | undefined;
  readonly onTake: (way: Way) => void;
}

/** The number of ways beyond which they are searched rather than read. */
const FEW = 8;
/** The number of changed fields that are shown of a way. */
const SHOWN = 3;

const Changes = ({ way }: { readonly way: Way }): VNode => {
  const changes = way.step.changes.filter(({ hidden }) => hidden !== true);
  const rest = changes.length - SHOWN;
  return (
    <span class="leads">
      {way.step.changes.length === 0 ? 'changes nothing' : ''}
      {changes.slice(0, SHOWN).map(({ after, before, field }) => (
        <span key={field}>
          {field}: {before} → {after}
        </span>
      ))}
      {rest > 0 ? <span>{counted(rest, 'more field')}</span> : null}
    </span>
  );
};

type OfOne = Pick<Props, 'asked' | 'onTake' | 'recorded'> & { readonly way: Way };

const Choice = ({ asked, onTake, recorded, way }: OfOne): VNode => (
  <li>
    <button type="button" onClick={() => onTake(way)}>
      <b>{way.step.from}</b> {way.step.text}
      {way.number === recorded ? <span class="flag path">the recorded path goes here</span> : null}
      {way.breaks.map((id) => (
        <span key={id} class={id === asked || asked === undefined ? 'flag' : 'flag other'}>
          breaks {id}
        </span>
      ))}
      <Changes way={way} />
    </button>
  </li>
);

const rank = ({ breaks, number }: Way, { asked, recorded }: Pick<Props, 'asked' | 'recorded'>): number => {
  if (number === recorded) return 0;
  const breaksAsked = asked === undefined ? breaks.length > 0 : breaks.includes(asked);
  return breaksAsked ? 1 : 2;
};

/** All that can happen after a step: each can be chosen. */
export const Ways = ({ asked, onTake, recorded, step, ways }: Props): VNode => {
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase().split(/\s+/);
  const shown = ways
    .filter(({ step: { from, text } }) =>
      wanted.every((word) => `${from} ${text}`.toLowerCase().includes(word)),
    )
    .toSorted((one, other) => rank(one, { asked, recorded }) - rank(other, { asked, recorded }));
  return (
    <section class="panel ways" aria-labelledby="ways">
      <h3 id="ways">
        {ways.length === 0 ? 'Nothing can happen' : `${counted(ways.length, 'thing')} can happen`} after step{' '}
        {step}
      </h3>
      {ways.length > FEW ? (
        <label class="words">
          <span>only those with these words</span>
          <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
      ) : null}
      <ul>
        {shown.map((way) => (
          <Choice key={way.number} {...{ asked, onTake, recorded, way }} />
        ))}
      </ul>
    </section>
  );
};

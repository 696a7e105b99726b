import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Phase } from '../../../../attack/why/phase.ts';
import type { PageStep } from '../../data.ts';
import type { Played } from './played.ts';

interface Props {
  readonly attack: Played;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly marks: readonly (string | undefined)[];
  readonly phases: readonly Phase[];
}

// Each lane is two columns wide, so that its middle is a line of the grid.
const columns = (lanes: number): string => `repeat(${2 * lanes}, minmax(0, 1fr))`;

const Arrow = ({ lanes, step }: { readonly lanes: readonly string[]; readonly step: PageStep }): VNode => {
  const [from, to] = [2 * lanes.indexOf(step.from) + 2, 2 * lanes.indexOf(step.to) + 2];
  return (
    <div class="arrows" aria-hidden="true" style={{ gridTemplateColumns: columns(lanes.length) }}>
      {lanes.map((lane, at) => (
        <span key={lane} class="life" style={{ gridColumn: `${2 * at + 1} / ${2 * at + 3}` }} />
      ))}
      {from === to ? (
        <span class="self" style={{ gridColumn: `${from} / ${from + 1}` }} />
      ) : (
        <span
          class={from < to ? 'arrow right' : 'arrow left'}
          style={{ gridColumn: `${Math.min(from, to)} / ${Math.max(from, to)}` }}
        />
      )}
    </div>
  );
};

/** The steps as a sequence diagram: a lane for each actor, and for each part that is acted upon. */
export const Lanes = ({ attack, marks, onStep, phases, step }: Props): VNode => {
  const { lanes, steps } = attack;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-current]');
    if (step > 1) chosen?.scrollIntoView({ block: 'nearest' });
  }, [step]);
  return (
    <div class="lanes">
      <div
        class="heads"
        aria-hidden="true"
        style={{ gridTemplateColumns: `repeat(${lanes.length}, minmax(0, 1fr))` }}
      >
        {lanes.map((lane) => (
          <span key={lane}>{lane}</span>
        ))}
      </div>
      <ol ref={list}>
        {steps.map((one, at) => (
          <li key={at} class={at + 1 <= step ? 'done' : ''}>
            <button
              type="button"
              aria-current={at + 1 === step ? 'step' : undefined}
              onClick={() => onStep(at + 1)}
            >
              <span class="told">
                <b class="number">{at + 1}</b> <span class="who">{one.from}</span>
                <span class="to">
                  {one.to === one.from ? '' : ' → '}
                  {one.to === one.from ? '' : one.to}
                </span>{' '}
                {one.text}
                {phases[at] === undefined || phases[at] === 'others' ? null : (
                  <span class="phase">{phases[at]}</span>
                )}
                {marks[at] === undefined ? null : (
                  <span class={`flag ${marks[at]?.startsWith('a defence') ? 'stop' : ''}`}>{marks[at]}</span>
                )}
              </span>
              <Arrow lanes={lanes} step={one} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
};

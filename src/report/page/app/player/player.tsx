import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Phase } from '../../../../attack/why/phase.ts';
import type { FieldHistory } from '../../run/situation.ts';
import type { Played } from './played.ts';
import { historyOf } from './history.ts';
import { Lanes } from './lanes.tsx';
import { PrintedSteps } from './printed-steps.tsx';
import { StatePanel, type AskedField } from './state-panel.tsx';

interface Props {
  readonly attack: Played;
  readonly step: number;
  readonly onStep: (step: number) => void;
  /**
   * All fields with their values, where the model itself could be asked; otherwise those that the steps
   * change.
   */
  readonly fields?: readonly FieldHistory[] | undefined;
  /** The name of what is played. */
  readonly label?: string;
  /** The field that an address asks for, and the address of each. */
  readonly asked?: AskedField | undefined;
  /** A few words on each step that is special. */
  readonly marks: readonly (string | undefined)[];
  /** The phase of each step, where that is known. */
  readonly phases?: readonly Phase[];
  /** Further text about the chosen step, beside its state. */
  readonly children?: ComponentChildren;
}

const useKeys = (last: number, step: number, onStep: (step: number) => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: last }[event.key];
      if (next === undefined || next < 0 || next > last) return;
      event.preventDefault();
      onStep(next);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [last, step, onStep]);
};

/**
 * Plays an attack: step by step with buttons, arrow keys or the slider; lanes on one side, the state on the
 * other.
 */
export const Player = ({ attack, children, label, marks, onStep, ...given }: Props): VNode => {
  const last = attack.steps.length;
  const step = Math.min(given.step, last);
  const touched = useMemo(() => historyOf(attack), [attack]);
  useKeys(last, step, onStep);
  const current = attack.steps[step - 1];
  const said = current === undefined ? 'before the first step' : `${current.from}: ${current.text}`;
  return (
    <section class="player" aria-label={label ?? 'Attack, step by step'}>
      <div class="controls">
        <button type="button" aria-label="Back to the start" disabled={step === 0} onClick={() => onStep(0)}>
          ⇤
        </button>
        <button
          type="button"
          aria-label="One step back"
          disabled={step === 0}
          onClick={() => onStep(step - 1)}
        >
          ◀
        </button>
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          aria-label="Step"
          aria-valuetext={`step ${step} of ${last}, ${said}`}
          onInput={(event) => onStep(Number(event.currentTarget.value))}
        />
        <button
          type="button"
          aria-label="One step on"
          disabled={step === last}
          onClick={() => onStep(step + 1)}
        >
          ▶
        </button>
        <output class="count">
          step {step} of {last}
        </output>
        <span class="keys">keys ← →</span>
      </div>
      <p class="now" aria-live="polite">
        <b>{current === undefined ? 'start' : current.from}</b> {current?.text ?? 'nothing has happened yet'}
        {current?.place === undefined ? null : <code class="place">{current.place}</code>}
      </p>
      <div class="stage">
        <Lanes attack={attack} step={step} onStep={onStep} marks={marks} phases={given.phases ?? []} />
        <div class="side">
          {children}
          <StatePanel fields={given.fields ?? touched} step={step} asked={given.asked} />
        </div>
      </div>
      {(attack.onward?.remarks ?? []).map((remark) => (
        <p key={remark} class="remark">
          {remark}
        </p>
      ))}
      <PrintedSteps attack={attack} />
    </section>
  );
};

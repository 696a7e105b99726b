import type { VNode } from 'preact';
import type { Scenario } from '../../../../model/index.ts';
import type { Named, Session } from '../../run/situation.ts';
import { counted } from '../words.ts';

interface Props {
  readonly session: Session;
  readonly scenario: Scenario;
  readonly start: number;
  readonly onScenario: (part: { readonly off?: readonly string[]; readonly can?: readonly string[] }) => void;
  readonly onStart: (start: number) => void;
}

interface Boxes {
  readonly legend: string;
  readonly names: readonly Named[];
  readonly on: (name: string) => boolean;
  readonly toggle: (name: string) => void;
}

const Boxes = ({ legend, names, on, toggle }: Boxes): VNode | null =>
  names.length === 0 ? null : (
    <fieldset>
      <legend>{legend}</legend>
      {names.map(({ name, says }) => (
        <label key={name} class="box">
          <input type="checkbox" checked={on(name)} onChange={() => toggle(name)} />
          <span>
            <code>{name}</code> <span class="quiet">{says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );

const flipped = (names: readonly string[], name: string): readonly string[] =>
  (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]).toSorted();

/**
 * The scenario; defences and capabilities can be switched, and the path is then replayed as far as it goes.
 */
export const ScenarioPanel = ({ onScenario, onStart, scenario, session, start }: Props): VNode => {
  const { capabilities, without } = scenario;
  const on = session.defences.length - without.length;
  return (
    <details class="scenario">
      <summary>
        Scenario: {counted(on, 'defence')} on, {without.length} off; the adversary has{' '}
        {counted(capabilities.length, 'capability', 'capabilities')} of {session.capabilities.length}
        {session.starts > 1 ? `; initial state ${start + 1} of ${session.starts}` : ''}. Change it
      </summary>
      {session.starts > 1 ? (
        <label class="start">
          initial state{' '}
          <select value={start} onChange={(event) => onStart(Number(event.currentTarget.value))}>
            {Array.from({ length: session.starts }, (_, at) => (
              <option key={at} value={at}>
                {at + 1}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div class="boxes">
        <Boxes
          legend="Defences"
          names={session.defences}
          on={(name) => !without.includes(name)}
          toggle={(name) => onScenario({ off: flipped(without, name) })}
        />
        <Boxes
          legend="The adversary can"
          names={session.capabilities}
          on={(name) => capabilities.includes(name)}
          toggle={(name) => onScenario({ can: flipped(capabilities, name) })}
        />
      </div>
    </details>
  );
};

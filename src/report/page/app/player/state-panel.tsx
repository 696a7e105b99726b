import type { VNode } from 'preact';
import type { FieldHistory } from '../../run/situation.ts';
import { FieldValue } from './value.tsx';

interface Given {
  readonly fields: readonly FieldHistory[];
  readonly step: number;
}

const Rows = ({ fields, step }: Given): VNode => (
  <table class="state">
    <thead class="aloud">
      <tr>
        <th scope="col">field</th>
        <th scope="col">value after step {step}</th>
      </tr>
    </thead>
    <tbody>
      {fields.map(({ name, owner, path, values }) => {
        const [before = '', now = ''] = [values[Math.max(0, step - 1)], values[step]];
        return (
          <tr key={path} class={before === now ? '' : 'changed'}>
            <th scope="row">
              {before === now ? '' : <span class="aloud">changed: </span>}
              {owner === '' ? '' : <span class="owner">{owner}.</span>}
              {name}
            </th>
            <td>
              <FieldValue before={before} now={now} />
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

/** The state, as far as the attack touches it: what this step changed stands out. */
export const StatePanel = ({ fields, step }: Given): VNode => {
  const isTouched = ({ values }: FieldHistory): boolean => values.some((value) => value !== values[0]);
  const shown = fields.filter((field) => !field.hidden && isTouched(field));
  const ghosts = fields.filter((field) => field.hidden && isTouched(field));
  const others = fields.filter((field) => !isTouched(field));
  return (
    <section aria-label="State" class="panel">
      <h3>State after step {step}</h3>
      {shown.length === 0 ? (
        <p class="quiet">Nothing has changed yet.</p>
      ) : (
        <Rows fields={shown} step={step} />
      )}
      {ghosts.length === 0 ? null : (
        <details>
          <summary>Bookkeeping that only invariants read ({ghosts.length})</summary>
          <Rows fields={ghosts} step={step} />
        </details>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>Fields that stay as they are all the way ({others.length})</summary>
          <Rows fields={others} step={step} />
        </details>
      )}
    </section>
  );
};

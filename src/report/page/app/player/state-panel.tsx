import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FieldHistory } from '../../run/situation.ts';
import { RegisterBits, RegisterValue } from './register.tsx';
import { FieldValue } from './value.tsx';

/** The field that an address asks for, and the address of each. */
export interface AskedField {
  readonly field: string | undefined;
  readonly hrefOf: (field: string) => string;
}

interface Props {
  readonly fields: readonly FieldHistory[];
  readonly step: number;
  readonly asked: AskedField | undefined;
}

type OfOne = Pick<Props, 'asked' | 'step'> & { readonly field: FieldHistory };

const Name = ({ asked, field: { name, owner, path } }: Pick<OfOne, 'asked' | 'field'>): VNode => {
  const text = (
    <>
      {owner === '' ? '' : <span class="owner">{owner}.</span>}
      {name}
    </>
  );
  return asked === undefined ? text : <a href={asked.hrefOf(path)}>{text}</a>;
};

const Row = ({ asked, field, step }: OfOne): VNode => {
  const { path, register, values } = field;
  const isAsked = asked?.field === path;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isAsked) row.current?.scrollIntoView({ block: 'center' });
  }, [isAsked, register === undefined]);
  const [before = '', now = ''] = [values[Math.max(0, step - 1)], values[step]];
  const kind = before === now ? '' : 'changed';
  return (
    <>
      <tr ref={row} class={`${kind} ${isAsked ? 'asked' : ''}`} title={register?.says}>
        <th scope="row">
          {before === now ? '' : <span class="aloud">changed: </span>}
          <Name asked={asked} field={field} />
        </th>
        <td>
          {register === undefined ? (
            <FieldValue before={before} now={now} />
          ) : (
            <RegisterValue register={register} values={values} step={step} />
          )}
        </td>
      </tr>
      {register === undefined ? null : (
        <tr class={`drawing ${kind}`}>
          <td colSpan={2}>
            <RegisterBits register={register} step={step} />
          </td>
        </tr>
      )}
    </>
  );
};

const Rows = ({ asked, fields, step }: Props): VNode => (
  <table class="state">
    <thead class="aloud">
      <tr>
        <th scope="col">field</th>
        <th scope="col">value after step {step}</th>
      </tr>
    </thead>
    <tbody>
      {fields.map((field) => (
        <Row key={field.path} field={field} step={step} asked={asked} />
      ))}
    </tbody>
  </table>
);

/** Fields that few ask for: they are drawn once somebody does. */
const Folded = ({ title, ...given }: Props & { readonly title: string }): VNode | null => {
  const { asked, fields } = given;
  const [isOpen, setOpen] = useState(false);
  const isAsked = fields.some(({ path }) => path === asked?.field);
  useEffect(() => {
    if (isAsked) setOpen(true);
  }, [isAsked]);
  return fields.length === 0 ? null : (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} ({fields.length})
      </summary>
      {isOpen ? <Rows {...given} /> : null}
    </details>
  );
};

/** The state, as far as the attack touches it: fields that this step changed stand out. */
export const StatePanel = ({ asked, fields, step }: Props): VNode => {
  const isTouched = ({ values }: FieldHistory): boolean => values.some((value) => value !== values[0]);
  const shown = fields.filter((field) => !field.hidden && isTouched(field));
  const ghosts = fields.filter((field) => field.hidden && isTouched(field));
  const others = fields.filter((field) => !isTouched(field));
  const given = { asked, step };
  return (
    <section aria-label="State" class="panel">
      <h3>State after step {step}</h3>
      {shown.length === 0 ? (
        <p class="quiet">Nothing has changed yet.</p>
      ) : (
        <Rows fields={shown} {...given} />
      )}
      <Folded title="Bookkeeping that only invariants read" fields={ghosts} {...given} />
      <Folded title="Fields that stay as they are all the way" fields={others} {...given} />
    </section>
  );
};

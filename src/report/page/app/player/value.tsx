import type { VNode } from 'preact';

/** The reading of a register: its number as written, and the names of the bits that are set. */
interface Reading {
  readonly number: string;
  readonly names: readonly string[];
}

const readingOf = (text: string): Reading | undefined => {
  const [number = '', ...names] = text.split(' ');
  return /^[\da-f_]+h$/i.test(number) && names.length > 0 ? { number, names } : undefined;
};

const numberOf = (text: string): string | undefined => /^([\da-f_]+h)$/i.exec(text)?.[1];

const Bits = ({ before, now }: { readonly before: Reading; readonly now: Reading }): VNode => {
  const names = [...now.names, ...before.names.filter((name) => !now.names.includes(name))];
  return (
    <span class="register">
      <code>{now.number}</code>
      {names.map((name) => {
        const [was, is] = [before.names.includes(name), now.names.includes(name)];
        const [kind, said] = was === is ? ['', ''] : is ? ['set', 'now set: '] : ['cleared', 'now cleared: '];
        return (
          <span key={name} class={`bit ${kind}`}>
            <span class="aloud">{said}</span>
            {kind === 'set' ? '+' : kind === 'cleared' ? '−' : ''}
            {name}
          </span>
        );
      })}
    </span>
  );
};

/** A value, with what it was before where that is something else. */
export const Changed = ({ before, now }: { readonly before: string; readonly now: string }): VNode =>
  before === now ? (
    <code>{now}</code>
  ) : (
    <span>
      <code class="was">{before}</code> <span aria-label="becomes">→</span> <code class="is">{now}</code>
    </span>
  );

/** The value of a field, with what it was before this step where that is something else. */
export const FieldValue = ({ before, now }: { readonly before: string; readonly now: string }): VNode => {
  const empty = (text: string): Reading => ({ number: text, names: [] });
  const [old, current] = [before, now].map(
    (text) => readingOf(text) ?? (numberOf(text) === undefined ? undefined : empty(text)),
  );
  const isRegister =
    old !== undefined && current !== undefined && old.names.length + current.names.length > 0;
  if (isRegister) return <Bits before={old} now={current} />;
  return <Changed before={before} now={now} />;
};

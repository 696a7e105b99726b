import type { ComponentChildren, VNode } from 'preact';
import type { RegisterPart } from '../../run/register-parts.ts';
import type { RegisterHistory } from '../../run/situation.ts';
import { Changed } from './value.tsx';

interface Props {
  readonly register: RegisterHistory;
  readonly step: number;
}

/** The number of bits that stand side by side. */
const PER_ROW = 8;

/** A part of a register as far as it lies in one row. */
interface Segment {
  readonly part: RegisterPart;
  readonly high: number;
  readonly low: number;
}

// No shifts: they keep 32 bits only.
const bitOf = (value: number, bit: number): number => Math.floor(value / 2 ** bit) % 2;
const fieldOf = (value: number, { low, width }: RegisterPart): number =>
  Math.floor(value / 2 ** low) % 2 ** width;

/** Orders the rows so that the one of the highest bits comes first. */
const rowsOf = (parts: readonly RegisterPart[]): readonly (readonly Segment[])[] => {
  const [top] = parts;
  if (top === undefined) return [];
  const rows = Math.ceil((top.low + top.width) / PER_ROW);
  return Array.from({ length: rows }, (_, above) => {
    const first = (rows - 1 - above) * PER_ROW;
    return parts.flatMap((part): readonly Segment[] => {
      const [low, high] = [Math.max(part.low, first), Math.min(part.low + part.width, first + PER_ROW) - 1];
      return low > high ? [] : [{ part, low, high }];
    });
  });
};

/** Writes a name that may break after each underscore. */
const breaking = (name: string): ComponentChildren =>
  name.split('_').flatMap((word, at) => (at === 0 ? [word] : ['_', <wbr key={at} />, word]));

const Cell = ({
  before,
  now,
  segment: { high, low, part },
}: {
  readonly before: number;
  readonly now: number;
  readonly segment: Segment;
}): VNode => {
  const bits = Array.from({ length: high - low + 1 }, (_, at) => high - at);
  const isChanged = bits.some((bit) => bitOf(before, bit) !== bitOf(now, bit));
  const isSet = bits.some((bit) => bitOf(now, bit) === 1);
  const column = PER_ROW - (high % PER_ROW);
  const kind = [part.name === undefined ? 'reserved' : '', isSet ? 'on' : '', isChanged ? 'flips' : ''];
  return (
    <div
      class={`cell ${kind.join(' ')}`}
      style={{ gridColumn: `${column} / span ${bits.length}` }}
      title={part.name === undefined ? 'reserved' : `${part.name}: ${part.says ?? ''}`}
    >
      <span class="digits" style={{ gridTemplateColumns: `repeat(${bits.length}, 1fr)` }}>
        {bits.map((bit) => (
          <span key={bit} class={bitOf(before, bit) === bitOf(now, bit) ? '' : 'flipped'}>
            <i>{bit}</i>
            {bitOf(now, bit)}
          </span>
        ))}
      </span>
      <span class="field">{part.name === undefined ? 'reserved' : breaking(part.name)}</span>
    </div>
  );
};

const valueWords = (value: number, part: RegisterPart): string => {
  const content = fieldOf(value, part);
  return part.width === 1 ? String(content) : `${content.toString(2).padStart(part.width, '0')}b`;
};

/**
 * The fields of a register as a list, for readers who do not see the drawing: those that are not 0, and those
 * that have changed.
 */
const Said = ({ register: { numbers, parts }, step }: Props): VNode => {
  const [before = 0, now = 0] = [numbers[Math.max(0, step - 1)], numbers[step]];
  const told = parts.filter(
    (part) => fieldOf(now, part) !== 0 || fieldOf(before, part) !== fieldOf(now, part),
  );
  return (
    <ul class="aloud">
      {told.map((part) => (
        <li key={part.low}>
          {part.name ?? `reserved from bit ${part.low}`}: {valueWords(now, part)}
          {fieldOf(before, part) === fieldOf(now, part) ? '' : `, before ${valueWords(before, part)}`}
        </li>
      ))}
    </ul>
  );
};

/** The number of a register, and of its fields those that are told aloud. */
export const RegisterValue = ({
  register,
  step,
  values,
}: Props & { readonly values: readonly string[] }): VNode => {
  const [before, now] = [values[Math.max(0, step - 1)] ?? '', values[step] ?? ''].map((text) =>
    /^[\da-f_]+h /i.test(text) ? text.slice(0, text.indexOf(' ')) : text,
  );
  return (
    <>
      <Changed before={before ?? ''} now={now ?? ''} />
      <Said register={register} step={step} />
    </>
  );
};

/**
 * A register as its data sheet draws it: each bit at its place, with the name of its field; bits that this
 * step flipped stand out.
 */
export const RegisterBits = ({ register: { numbers, parts }, step }: Props): VNode => {
  const [before = 0, now = 0] = [numbers[Math.max(0, step - 1)], numbers[step]];
  return (
    <div class="bits" aria-hidden="true">
      {rowsOf(parts).flatMap((row) =>
        row.map((segment) => <Cell key={segment.high} before={before} now={now} segment={segment} />),
      )}
    </div>
  );
};

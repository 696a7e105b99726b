import type { AnyModel, State, Value } from '../../model/index.ts';
import { tool } from '../../model/tool.ts';
import type { Attack } from '../../attack/attack.ts';
import type { AttackFile } from '../attack-file.ts';

/**
 * An expression of the Informal Trace Format; a value for which it has none, such as `null`, is named as one
 * that cannot be written.
 */
export type ItfValue =
  | boolean
  | string
  | readonly ItfValue[]
  | { readonly '#bigint': string }
  | { readonly '#unserializable': string }
  | { readonly [field: string]: ItfValue };

/** A trace of the Informal Trace Format, Apalache's ADR 15: other tools of TLA+ read and draw it. */
export interface ItfTrace {
  readonly '#meta': { readonly [name: string]: unknown };
  readonly vars: readonly string[];
  readonly states: readonly { readonly [name: string]: unknown }[];
  /** The state that follows the last one, by its number. */
  readonly loop?: number;
}

const FORMAT = 'https://apalache-mc.org/docs/adr/015adr-trace.html';

/** Returns a field's name: one that begins with a `#` would have a meaning of its own in the format. */
const nameOf = (field: string): string => (field.startsWith('#') ? `_${field}` : field);

/** Writes a value in the format: each integer as one of any size. */
export const itfValue = (value: Value): ItfValue => {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { '#bigint': String(value) };
  if (value === null || typeof value === 'number') return { '#unserializable': String(value) };
  if (Array.isArray(value)) return value.map((item: Value) => itfValue(item));
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [nameOf(field), itfValue(item)]));
};

const metaOf = ({ claim, invariant, kind, scenario }: AttackFile, model: AnyModel): object => ({
  format: 'ITF',
  'format-description': FORMAT,
  source: model.id,
  description: `${claim}: ${kind === 'attack' ? 'breaks' : 'shows'} ${invariant}: ${model.invariants[invariant]?.says ?? ''}`,
  status: kind === 'attack' ? 'violation' : 'ok',
  tool,
  scenario,
});

/**
 * Writes an attack as a trace: the states that it passes through, and with each the step that led there.
 * Where it goes round for ever, the state in which the loop closes is there once.
 */
export const itfTrace = (
  file: AttackFile,
  model: AnyModel,
  attack: Attack,
  states: readonly State[],
): ItfTrace => {
  const loop = attack.onward?.loopFrom;
  const told = loop === undefined ? states : states.slice(0, -1);
  return {
    '#meta': { ...metaOf(file, model) },
    vars: Object.keys(states[0] ?? {}).map((field) => nameOf(field)),
    states: told.map((state, index) => {
      const { action, actor, choices, text } = attack.steps[index - 1] ?? {};
      const step = index === 0 ? {} : { action, actor, text, choices };
      return { '#meta': { index, ...step }, ...(itfValue(state) as object) };
    }),
    ...(loop === undefined ? {} : { loop }),
  };
};

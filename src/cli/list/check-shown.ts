import { Fault, type AnyModel, type FaultCode } from '../../model/index.ts';
import type { Workspace } from '../workspace/load-config.ts';

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const lacking = (code: FaultCode, where: string, expected: string, got: unknown): Fault =>
  new Fault(code, {
    where,
    expected,
    got: got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got,
    likely: 'a typing error, in a file whose types are not checked',
    next: 'fill it in: it is what people read who do not know the model',
  });

const needText = (code: FaultCode, where: string, value: unknown): void => {
  if (typeof value !== 'string') throw lacking(code, where, 'a text', value);
};

/** Checks that the parts of a model can be shown. Throws UW101 if not. */
const checkModelShown = (model: AnyModel): void => {
  const where = `model ${model.id}`;
  const parts = model as unknown as { readonly [part: string]: unknown };
  needText('UW101', `${where}, says`, parts['says']);
  const need = (part: string, check: (place: string, value: unknown) => void): void => {
    const entries = parts[part];
    if (!isRecord(entries)) throw lacking('UW101', `${where}, ${part}`, 'an object', entries);
    for (const [name, value] of Object.entries(entries)) check(`${where}, ${part}, ${name}`, value);
  };
  const needParts = (place: string, value: unknown): void => {
    if (!isRecord(value)) throw lacking('UW101', place, 'an object', value);
    needText('UW101', `${place}, says`, value['says']);
  };
  need('defences', (place, value) => needText('UW101', place, value));
  need('capabilities', (place, value) => needText('UW101', place, value));
  need('parameters', () => undefined);
  need('actions', needParts);
  need('invariants', needParts);
  if (parts['accepts'] === undefined) return;
  need('accepts', (place, value) => {
    if (!isRecord(value) || !Array.isArray(value['values'])) throw lacking('UW101', place, 'a domain', value);
  });
};

/** Checks that a configuration that no compiler looked at can be shown. Throws UW101 or UW303 if not. */
export const checkShown = ({ suites, models, auditors }: Workspace): void => {
  for (const { id, says } of suites) needText('UW303', `suite ${id}, says`, says);
  for (const { id, says } of auditors) needText('UW303', `auditor ${id}, says`, says);
  for (const model of models) checkModelShown(model);
};

import { match } from 'ts-pattern';

/** The width of one access, in bytes. */
export type Bytes = 1 | 2 | 4;

/** A function of PCI bus 0. */
export interface PciFunction {
  readonly device: number;
  readonly function: number;
}

/** An operation: software changes a machine, or the outside does something to it. */
export type Operation =
  | { readonly kind: 'out'; readonly port: number; readonly bytes: Bytes; readonly value: number }
  | {
      readonly kind: 'configure';
      readonly at: PciFunction;
      readonly offset: number;
      readonly bytes: Bytes;
      readonly value: number;
    }
  | { readonly kind: 'store'; readonly address: number; readonly value: number }
  | { readonly kind: 'reset' };

/** An observation: software looks at a machine, and nothing changes. */
export type Observation =
  | { readonly kind: 'in'; readonly port: number; readonly bytes: Bytes }
  | { readonly kind: 'config'; readonly at: PciFunction; readonly offset: number; readonly bytes: Bytes }
  | { readonly kind: 'load'; readonly address: number };

const hex = (value: number): string => `${value.toString(16)}h`;

const WIDTHS: { readonly [bytes in Bytes]: string } = { 1: 'byte', 2: 'word', 4: 'dword' };

const nameOf = ({ device, function: number }: PciFunction): string => `00:${device.toString(16)}.${number}`;

/** Writes what is done or observed, in one line. */
export const operationText = (operation: Operation | Observation): string =>
  match(operation)
    .with({ kind: 'out' }, ({ bytes, port, value }) => `out ${WIDTHS[bytes]} ${hex(port)} := ${hex(value)}`)
    .with(
      { kind: 'configure' },
      ({ at, bytes, offset, value }) =>
        `config ${nameOf(at)} ${WIDTHS[bytes]} ${hex(offset)} := ${hex(value)}`,
    )
    .with({ kind: 'store' }, ({ address, value }) => `store byte ${hex(address)} := ${hex(value)}`)
    .with({ kind: 'reset' }, () => 'system reset')
    .with({ kind: 'in' }, ({ bytes, port }) => `in ${WIDTHS[bytes]} ${hex(port)}`)
    .with(
      { kind: 'config' },
      ({ at, bytes, offset }) => `config ${nameOf(at)} ${WIDTHS[bytes]} ${hex(offset)}`,
    )
    .with({ kind: 'load' }, ({ address }) => `load byte ${hex(address)}`)
    .exhaustive();

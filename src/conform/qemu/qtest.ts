import { match } from 'ts-pattern';
import type { Observation, Operation, PciFunction } from '../operation.ts';

const CONFIG_ADDRESS = 0xcf8;
const CONFIG_DATA = 0xcfc;

const SUFFIX = { 1: 'b', 2: 'w', 4: 'l' } as const;

const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;

/** Selects a dword of configuration space by configuration mechanism #1. */
const select = ({ device, function: number }: PciFunction, offset: number): string =>
  `outl ${hex(CONFIG_ADDRESS)} ${hex(0x8000_0000 | (device << 11) | (number << 8) | (offset & 0xfc))}`;

/**
 * Returns the lines of the qtest protocol for an operation or observation; the answer to the last one is the
 * value that is looked at.
 */
export const linesOf = (what: Operation | Observation): readonly string[] =>
  match(what)
    .with({ kind: 'out' }, ({ bytes, port, value }) => [`out${SUFFIX[bytes]} ${hex(port)} ${hex(value)}`])
    .with({ kind: 'in' }, ({ bytes, port }) => [`in${SUFFIX[bytes]} ${hex(port)}`])
    .with({ kind: 'configure' }, ({ at, bytes, offset, value }) => [
      select(at, offset),
      `out${SUFFIX[bytes]} ${hex(CONFIG_DATA + (offset & 3))} ${hex(value)}`,
    ])
    .with({ kind: 'config' }, ({ at, bytes, offset }) => [
      select(at, offset),
      `in${SUFFIX[bytes]} ${hex(CONFIG_DATA + (offset & 3))}`,
    ])
    .with({ kind: 'store' }, ({ address, value }) => [`writeb ${hex(address)} ${hex(value)}`])
    .with({ kind: 'load' }, ({ address }) => [`readb ${hex(address)}`])
    // The reset control register: a full reset. It happens before the next command is taken.
    .with({ kind: 'reset' }, () => ['outb 0xcf9 0x2', 'outb 0xcf9 0x6'])
    .exhaustive();

/** Returns the value in an answer; undefined where there is none. Answers are `OK`, or `OK 0x…`. */
export const valueOf = (answer: string): number | undefined => {
  const [, digits] = /^OK(?: 0x([0-9a-f]+))?$/i.exec(answer) ?? [];
  if (digits !== undefined) return Number.parseInt(digits, 16);
  return answer === 'OK' ? 0 : undefined;
};

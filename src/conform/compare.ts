import type { Machine, Oracle } from './machine.ts';
import { operationText, type Operation } from './operation.ts';
import type { Expectation, ModelStep, Part } from './part.ts';

/** The first difference between what the model and the implementation show. */
export interface Difference {
  /** The index of the operation before it, from 0; those of the set-up are not counted. */
  readonly at: number;
  readonly name: string;
  /** The observation that showed it. */
  readonly look: string;
  readonly model: number;
  readonly implementation: number;
  readonly mask: number;
}

/**
 * Whether an expectation agrees with a value in the bits that are compared; a value that was not seen agrees
 * with nothing.
 */
const agrees = ({ mask, value }: Expectation, seen: number): boolean =>
  !Number.isNaN(seen) && ((seen ^ value) & mask) === 0;

const differencesAt = (
  expectations: readonly Expectation[],
  seen: readonly number[],
  at: number,
): readonly Difference[] =>
  expectations.flatMap((expectation, number) => {
    const value = seen[number] ?? Number.NaN;
    if (agrees(expectation, value)) return [];
    const { look, mask, name, value: model } = expectation;
    return [
      {
        at,
        name,
        look: operationText(look),
        model: (model & mask) >>> 0,
        implementation: (value & mask) >>> 0,
        mask,
      },
    ];
  });

/** A sequence as played by the model and by a machine. */
export interface Played {
  readonly moments: readonly ModelStep[];
  readonly difference: Difference | undefined;
}

/**
 * Plays a sequence of operations, after the set-up, on the model and on a machine that was just powered on.
 */
const compareOn = async (machine: Machine, part: Part, operations: readonly Operation[]): Promise<Played> => {
  const all = [...part.setUp, ...operations];
  const moments = part.play(all);
  // The state after the set-up is looked at once the set-up is through.
  const first = Math.max(0, part.setUp.length - 1);
  const seen = await machine.run(
    moments.map(({ expectations }, index) => ({
      operation: all[index],
      observations: index < first ? [] : expectations.map(({ look }) => look),
    })),
  );
  const differences = moments.flatMap(({ expectations }, index) =>
    index < first ? [] : differencesAt(expectations, seen[index] ?? [], index - part.setUp.length),
  );
  return { moments: moments.slice(part.setUp.length), difference: differences[0] };
};

/** A pool of machines, of which the next one is powered on while the last one works. */
export interface MachinePool {
  readonly compare: (part: Part, operations: readonly Operation[]) => Promise<Played>;
  readonly close: () => Promise<void>;
}

/** Makes a pool of an oracle's machines: each sequence has one of its own. */
export const machinePool = (oracle: Oracle): MachinePool => {
  let next: Promise<Machine> | undefined;
  return {
    compare: async (part, operations) => {
      const machine = await (next ?? oracle.start());
      next = oracle.start();
      // A machine that cannot be started is told when it is needed.
      next.catch(() => undefined);
      try {
        return await compareOn(machine, part, operations);
      } finally {
        await machine.stop();
      }
    },
    close: async () => {
      const last = next;
      next = undefined;
      await (await last)?.stop();
    },
  };
};

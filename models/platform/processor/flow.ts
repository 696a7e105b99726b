import { effectsOf, type Effects, type Resource } from './effects.ts';
import type { Instruction, MemoryOperand } from './instruction.ts';
import { costOf, type Cost, type Machine } from './machine.ts';

/** A read of a resource, and the ticks by which the value may be late because a load comes before its use. */
export interface TimedRead {
  readonly resource: Resource;
  readonly advance: number;
}

/** An instruction of a loop body with what its timing needs. */
export interface Step {
  readonly instruction: Instruction;
  readonly cost: Cost;
  readonly reads: readonly TimedRead[];
  /** Ticks from issue to each of its results. */
  readonly writes: readonly { readonly resource: Resource; readonly latency: number }[];
  readonly loads: boolean;
  readonly stores: boolean;
  /** A name for the place in memory, if it is the same in every iteration and no other name stands for it. */
  readonly cell: string | null;
  /** Ticks from its issue until a load of the same place may issue. */
  readonly forward: number;
}

const stackDelta = ({ mnemonic, operands: [to, by] }: Instruction, { address }: Effects): number => {
  if (address === 'push') return -8;
  if (address === 'pop') return mnemonic === 'iret' ? 24 : 8;
  const isStack = to?.kind === 'register' && to.name === 'rsp' && by?.kind === 'immediate';
  if (!isStack) return 0;
  if (mnemonic === 'add') return Number(by.value);
  return mnemonic === 'sub' ? -Number(by.value) : 0;
};

const cellOf = (address: Effects['address'], depth: number, balanced: boolean): string | null => {
  if (address === 'push') return balanced ? `stack ${depth - 8}` : null;
  if (address === 'pop') return balanced ? `stack ${depth}` : null;
  if (address === null) return null;
  const { base, index, displacement, segment }: MemoryOperand = address;
  if (base === null && index === null) return `${segment ?? 'at'} ${displacement}`;
  return base === 'rsp' && index === null && balanced ? `stack ${depth + displacement}` : null;
};

const forwardOf = (machine: Machine, cost: Cost, effects: Effects): number => {
  const { forwardLatency, timings } = machine;
  if (forwardLatency === null || !effects.stores) return 0;
  // A read-modify-write has its value only after its own load and operation.
  const before = effects.loads ? cost.latency - (timings.store?.latency ?? 0) : 0;
  return Math.max(0, before + forwardLatency - (timings.load?.latency ?? 0));
};

const stepOf = (machine: Machine, instruction: Instruction, effects: Effects, cell: string | null): Step => {
  const cost = costOf(machine, instruction, effects);
  const usesStack = typeof effects.address === 'string';
  return {
    instruction,
    cost,
    reads: effects.reads.map(({ resource, forAddress }) => ({
      resource,
      advance: forAddress ? 0 : cost.advance,
    })),
    writes: effects.writes.map((resource) => ({
      resource,
      latency: usesStack && resource === 'rsp' ? (machine.stackPointerLatency ?? cost.latency) : cost.latency,
    })),
    loads: effects.loads,
    stores: effects.stores,
    cell: machine.forwardLatency === null ? null : cell,
    forward: forwardOf(machine, cost, effects),
  };
};

/**
 * Converts a loop body to steps. A place in memory has a name if its address is a number, or RSP and a number
 * in a body that leaves RSP as it found it; other addresses are taken to be different from all named ones.
 */
export const stepsOf = (machine: Machine, body: readonly Instruction[]): readonly Step[] => {
  const effects = body.map(effectsOf);
  const deltas = body.map((instruction, index) => stackDelta(instruction, effects[index]!));
  const balanced = deltas.reduce((sum, delta) => sum + delta, 0) === 0;
  let depth = 0;
  return body.map((instruction, index) => {
    const cell = cellOf(effects[index]!.address, depth, balanced);
    depth += deltas[index]!;
    return stepOf(machine, instruction, effects[index]!, cell);
  });
};

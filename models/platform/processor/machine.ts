import { Fault } from 'underwatch/model';
import { match } from 'ts-pattern';
import { effectsOf, isZeroIdiom, type Effects } from './effects.ts';
import { instructionText, type Instruction, type Operand } from './instruction.ts';

/** The work of an instruction in the execution units, apart from the loads and stores of its operands. */
export type Form =
  | 'move'
  | 'load'
  | 'store'
  | 'add'
  | 'logic'
  | 'add-carry'
  | 'lea'
  | 'lea-three'
  | 'shift'
  | 'rotate-one'
  | 'rotate-carry'
  | 'bit-test'
  | 'conditional-move'
  | 'multiply'
  | 'divide'
  | 'branch'
  | 'jump'
  | 'jump-register'
  | 'call'
  | 'call-register'
  | 'return'
  | 'push'
  | 'pop'
  | 'push-flags'
  | 'pop-flags'
  | 'clear-interrupts'
  | 'set-interrupts'
  | 'interrupt-return'
  | 'read-debug'
  | 'write-debug';

/** One of several execution units, each named by one character, held for so many ticks. */
export interface Use {
  readonly units: string;
  readonly ticks: number;
}

/** The time of a form. */
export interface Timing {
  /** Ticks from issue to the result. */
  readonly latency: number;
  /** Micro-operations of the front end's width that it takes. */
  readonly uops: number;
  /** Entries that it takes in the reorder buffer. */
  readonly entries: number;
  readonly uses: readonly Use[];
}

/** A processor core, as far as the time of straight-line code depends on it. */
export interface Machine {
  readonly id: string;
  readonly name: string;
  /** The clock of the specimen in the sources. */
  readonly clockMhz: number;
  /** The word width that its timings are for. */
  readonly wordBits: 32 | 64;
  /** Ticks in a cycle: two where units run at twice the clock. */
  readonly ticksPerCycle: 1 | 2;
  /** Micro-operations that enter the out-of-order part in a cycle. */
  readonly dispatchWidth: number;
  /** Instructions that may wait for their operands. */
  readonly schedulerEntries: number;
  /** Micro-operations in flight. */
  readonly reorderEntries: number;
  readonly units: string;
  readonly timings: Readonly<Partial<Record<Form, Timing>>>;
  /** Micro-operations of a load that is part of another instruction: 0 where the front end fuses them. */
  readonly foldedLoadUops: 0 | 1;
  /** Micro-operations of the store of a read-modify-write instruction, in the same way. */
  readonly foldedStoreUops: 0 | 1;
  /** Ticks from a push or pop to the next use of RSP; `null`: the time of the instruction itself. */
  readonly stackPointerLatency: number | null;
  /**
   * Ticks of store forwarding: from a store's issue to the value in a load of the same place; `null`: not
   * modelled.
   */
  readonly forwardLatency: number | null;
  /**
   * Ticks that a segment whose base is not zero adds to a load, whether its address was waited for or a store
   * of the same place: 0 where no source gives it.
   */
  readonly segmentBaseTicks: number;
  /** Whether a store issues only after the loads and stores before it, as llvm-mca has it. */
  readonly storesInOrder: boolean;
  /** The sources of the numbers, and their uncertainties. */
  readonly source: string;
}

/** An instruction's time on a machine, its folded load and store included. */
export interface Cost extends Timing {
  /** The ticks by which its value operands may be later than its address. */
  readonly advance: number;
}

const kindsOf = (operands: readonly Operand[]): string => operands.map(({ kind }) => kind).join(' ');

const isThreePart = (operand: Operand | undefined): boolean =>
  operand?.kind === 'memory' && operand.base !== null && operand.index !== null && operand.displacement !== 0;

/** The form of an instruction without its folded memory operand. */
export const formOf = (instruction: Instruction): Form => {
  const { mnemonic, operands } = instruction;
  const kinds = kindsOf(operands);
  return match(mnemonic)
    .with('mov', (): Form => {
      if (kinds.startsWith('dr7')) return 'write-debug';
      if (kinds.endsWith('dr7')) return 'read-debug';
      if (kinds.startsWith('memory')) return 'store';
      return kinds.endsWith('memory') ? 'load' : 'move';
    })
    .with('lea', (): Form => (isThreePart(operands[1]) ? 'lea-three' : 'lea'))
    .with('add', 'sub', 'cmp', 'inc', 'dec', 'neg', (): Form => 'add')
    .with('and', 'or', 'xor', 'test', 'not', (): Form => 'logic')
    .with('adc', (): Form => 'add-carry')
    .with('shl', 'shr', (): Form => 'shift')
    .with('rol', 'ror', (): Form => {
      const [, by] = operands;
      return by?.kind === 'immediate' && by.value === 1n ? 'rotate-one' : 'shift';
    })
    .with('rcr', (): Form => 'rotate-carry')
    .with('bt', (): Form => 'bit-test')
    .with('cmove', 'cmovne', (): Form => 'conditional-move')
    .with('imul', (): Form => 'multiply')
    .with('div', (): Form => 'divide')
    .with('je', 'jne', (): Form => 'branch')
    .with('jmp', (): Form => (kinds === 'label' ? 'jump' : 'jump-register'))
    .with('call', (): Form => (kinds === 'label' ? 'call' : 'call-register'))
    .with('ret', (): Form => 'return')
    .with('push', (): Form => 'push')
    .with('pop', (): Form => 'pop')
    .with('pushf', (): Form => 'push-flags')
    .with('popf', (): Form => 'pop-flags')
    .with('cli', (): Form => 'clear-interrupts')
    .with('sti', (): Form => 'set-interrupts')
    .with('iret', (): Form => 'interrupt-return')
    .with('prefetch', (): Form => 'load')
    .exhaustive();
};

/** Forms whose timing includes the memory access. */
const WHOLE: readonly Form[] = [
  'load',
  'store',
  'call',
  'call-register',
  'return',
  'push',
  'pop',
  'push-flags',
  'pop-flags',
  'interrupt-return',
];

const timingOf = (machine: Machine, form: Form, instruction: Instruction): Timing => {
  const timing = machine.timings[form];
  if (timing !== undefined) return timing;
  throw new Fault('UW802', {
    where: `"${instructionText(instruction)}" on ${machine.name}`,
    expected: `a machine whose table has a timing of "${form}"`,
    got: `${machine.id}, whose table has none`,
    likely: 'no source gives a number of cycles for it, and none is invented',
    next: 'take another machine, or leave the instruction out',
  });
};

/** Eliminated when it is renamed: no unit, no wait. */
const ELIMINATED: Cost = { latency: 0, uops: 1, entries: 1, uses: [], advance: 0 };

/** The cost of an instruction on a machine. Fails with UW802 where no source gives a figure. */
export const costOf = (
  machine: Machine,
  instruction: Instruction,
  { address, loads, stores }: Effects = effectsOf(instruction),
): Cost => {
  if (isZeroIdiom(instruction)) return ELIMINATED;
  const form = formOf(instruction);
  const own = timingOf(machine, form, instruction);
  const isSegment = typeof address === 'object' && address?.segment === 'gs';
  const adding = loads && isSegment ? machine.segmentBaseTicks : 0;
  if (WHOLE.includes(form) || (!loads && !stores))
    return { ...own, latency: own.latency + adding, advance: 0 };
  const load = timingOf(machine, 'load', instruction);
  const store = timingOf(machine, 'store', instruction);
  const [loadUops, storeUops] = [loads ? machine.foldedLoadUops : 0, stores ? machine.foldedStoreUops : 0];
  return {
    latency: own.latency + adding + (loads ? load.latency : 0) + (stores ? store.latency : 0),
    uops: own.uops + loadUops * load.uops + storeUops * store.uops,
    entries: own.entries + loadUops * load.entries + storeUops * store.entries,
    uses: [...own.uses, ...(loads ? load.uses : []), ...(stores ? store.uses : [])],
    advance: loads ? load.latency + adding : 0,
  };
};

/** Micro-operations of a body: its share of the dispatch width. */
export const uopsOf = (machine: Machine, body: readonly Instruction[]): number =>
  body.reduce((sum, instruction) => sum + costOf(machine, instruction).uops, 0);

import { describe, expect, it } from 'vitest';
import {
  compareRates,
  machines,
  rate,
  rateDifference,
  type MachineName,
  type Rate,
} from '../models/platform/processor/index.ts';
import { translate, type TranslationOptions } from '../models/platform/translation/index.ts';
import {
  cheapestForgery,
  checksumBody,
  couponReads,
  coverageOf,
  dataOnlyVariant,
  filledBody,
  forgingReads,
  freeInstructions,
  freeSlots,
  perIterationCycles,
  pioneerVariant,
  READ_INSTRUCTIONS,
  shortcutBody,
  unrolledBody,
  type NamedWork,
} from '../models/pioneer/checksum/index.ts';
import {
  BUS,
  fastestSharing,
  mostLineCycles,
  SHARED_CACHE,
  type Link,
} from '../models/pioneer/sharing/index.ts';

const NAMES: readonly MachineName[] = ['northwood', 'prescott', 'pentiumM', 'core2', 'haswell', 'skylake'];

/** The cost of extra work in each iteration of the unrolled loop, in cycles of eight iterations. */
const costs = (work: NamedWork): readonly Rate[] =>
  NAMES.map((name) =>
    rateDifference(
      perIterationCycles(machines[name], unrolledBody(pioneerVariant, work)),
      perIterationCycles(machines[name], unrolledBody(pioneerVariant)),
    ),
  );

describe('N10 and I-COUPON', () => {
  it('N10: 131,072 ln 131,072 reads', () => {
    expect(couponReads(131_072)).toBe(1_544_488);
    expect(Math.abs(couponReads(131_072) - 1_544_474)).toBeLessThan(15);
  });

  it('after that many, 23 of 60 nonces have read every word: exp(-1) of them are 22', () => {
    const runs = Array.from({ length: 60 }, (_, run) =>
      coverageOf(17, 1_544_474, Math.imul(run + 1, 0x9e37_79b1)),
    );
    expect(runs.filter(({ missed }) => missed === 0)).toHaveLength(23);
  });
});

describe('cycles of one iteration', () => {
  it('are these, honest, looped and in eights', () => {
    const looped = NAMES.map(
      (name) => perIterationCycles(machines[name], checksumBody(pioneerVariant)).cycles,
    );
    expect(looped).toEqual([18, 16, 12, 12, 11, 11]);
    const eights = NAMES.map(
      (name) => perIterationCycles(machines[name], unrolledBody(pioneerVariant)).cycles,
    );
    expect(eights).toEqual([137, 121, 96, 89, 88, 88]);
  });
});

describe('P-MEMCPY: what forging costs', () => {
  it.each<NamedWork>(['pointer', 'counter', 'pointer-and-counter'])(
    '%s: nothing, on any machine: a displacement and a constant are part of instructions that are there anyway',
    (work) => {
      expect(costs(work)).toEqual(NAMES.map(() => rate(0, 1)));
    },
  );

  it('with an instruction of its own: nothing where a slot is free, up to 7 cycles in eight iterations where none is', () => {
    expect(costs('pointer-added')).toEqual([0, 0, 1, 7, 0, 0].map((cycles) => rate(cycles, 1)));
  });

  it('P-DATASUB: comparing each address costs 1 to 2 cycles an iteration before Haswell, and nothing since', () => {
    expect(costs('compare')).toEqual([16, 16, 9, 8, 0, 0].map((cycles) => rate(cycles, 1)));
  });
});

describe('P-PARALLEL: what fits in for nothing', () => {
  it('dispatch slots are free in each iteration on all machines but the Pentium M', () => {
    const free = NAMES.map((name) => freeSlots(machines[name], checksumBody(pioneerVariant)));
    expect(free).toEqual([3, 2, 0, 2, 22, 22].map((slots) => rate(slots, 1)));
  });

  it('an instruction that forges is free where a slot is, and only there', () => {
    for (const name of NAMES) {
      const honest = checksumBody(pioneerVariant);
      const attack = checksumBody(pioneerVariant, 'pointer-added');
      const order = compareRates(
        perIterationCycles(machines[name], attack),
        perIterationCycles(machines[name], honest),
      );
      expect([name, order <= 0]).toEqual([name, freeInstructions(machines[name], honest) > 0]);
    }
  });

  it('so many instructions of an attacker cost nothing', () => {
    const instructions = NAMES.map((name) => freeInstructions(machines[name], checksumBody(pioneerVariant)));
    expect(instructions).toEqual([2, 2, 0, 2, 13, 13]);
  });
});

describe('a loop without a free slot', () => {
  const filledCost = (work: NamedWork): readonly Rate[] =>
    NAMES.map((name) => {
      const honest = checksumBody(pioneerVariant);
      const filled = filledBody(machines[name], honest);
      const attack = filledBody(machines[name], honest, checksumBody(pioneerVariant, work));
      return rateDifference(
        perIterationCycles(machines[name], attack),
        perIterationCycles(machines[name], filled),
      );
    });

  it('makes one more instruction cost a cycle, where it is short of slots at all', () => {
    expect(filledCost('pointer-added')).toEqual([1, 1, 1, 1, 0, 0].map((cycles) => rate(cycles, 1)));
  });

  it('and does not make a displacement cost anything', () => {
    expect(filledCost('pointer')).toEqual(NAMES.map(() => rate(0, 1)));
  });
});

describe('which sequences forge the data pointer?', () => {
  it('of one instruction there is one: the load itself, with a displacement; it costs nothing on any machine', () => {
    const found = forgingReads(pioneerVariant, READ_INSTRUCTIONS, 1);
    expect(found).toEqual(['mov rcx, [rdx + 131072]']);
    const cheapest = NAMES.map((name) => cheapestForgery(machines[name], pioneerVariant, found)!.cycles);
    expect(cheapest).toEqual(NAMES.map(() => rate(0, 1)));
  });

  it('without displacements there are two, of three instructions; two free slots pay for them', () => {
    const plain = READ_INSTRUCTIONS.filter((instruction) => !instruction.includes('+'));
    const found = forgingReads(pioneerVariant, plain, 3);
    expect(found).toEqual([
      'mov r9, rdx\nadd r9, 131072\nmov rcx, [r9]',
      'add rdx, 131072\nmov rcx, [rdx]\nsub rdx, 131072',
    ]);
    const cheapest = NAMES.map((name) => cheapestForgery(machines[name], pioneerVariant, found)!.cycles);
    expect(cheapest).toEqual([0, 0, 1, 0, 0, 0].map((cycles) => rate(cycles, 1)));
  });
});

describe('P-SMP, P-SMT: one sum by two', () => {
  const shared = (work: NamedWork, link: Link): readonly Rate[] =>
    NAMES.map((name) => fastestSharing(machines[name], checksumBody(pioneerVariant, work), link).cycles);
  const halves = (...cycles: readonly number[]): readonly Rate[] => cycles.map((each) => rate(2 * each, 2));

  it('by two processors, if a line takes no longer than on Prescott’s bus, each word compared: never slower than honest', () => {
    // Honest, of eight: 17.125, 15.125, 12, 11.125, 11, 11. What is left is the chain of the sum.
    expect(shared('compare', BUS)).toEqual(halves(16, 13.5, 11, 11, 11, 11));
  });

  it('by two threads, with the cheapest forging: a cycle and more where hyper-threading was sold with NetBurst', () => {
    expect(shared('pointer', SHARED_CACHE).slice(0, 2)).toEqual(halves(18.5, 16.5));
  });

  it('a line may take as many cycles as eight iterations: on Prescott 123 with one value, 41 with three', () => {
    const allowed = rate(15_125 + 336, 1000);
    const isInTime = (lineCycles: number): boolean => {
      const body = checksumBody(pioneerVariant, 'compare');
      const { cycles } = fastestSharing(machines.prescott, body, { ...BUS, lineCycles });
      return compareRates(cycles, allowed) <= 0;
    };
    expect([mostLineCycles(allowed, 1), mostLineCycles(allowed, 3)]).toEqual([123, 41]);
    expect([BUS.lineCycles, 41, 123, 124].map(isInTime)).toEqual([true, true, true, false]);
  });
});

describe('P-OPTIMIZE: leaving the OR out', () => {
  it('gains a cycle an iteration where the traversal is all there is, on every machine from Prescott on', () => {
    const gains = NAMES.map((name) => {
      const honest = perIterationCycles(machines[name], unrolledBody(dataOnlyVariant));
      const attack = perIterationCycles(machines[name], shortcutBody(dataOnlyVariant, 1n));
      return rateDifference(honest, attack);
    });
    expect(gains.map((gain) => Math.sign(compareRates(gain, rate(0, 1))))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(gains[5]).toEqual(rate(8, 1));
  });

  it('pays for an instruction that forges the pointer on all of them', () => {
    for (const name of NAMES) {
      const honest = perIterationCycles(machines[name], unrolledBody(dataOnlyVariant));
      const attack = perIterationCycles(machines[name], shortcutBody(dataOnlyVariant, 1n, 'pointer-added'));
      expect(compareRates(attack, honest)).toBeLessThanOrEqual(0);
    }
  });

  it('gains nothing where flags are read: their way through the stack is longer', () => {
    for (const name of NAMES) {
      const honest = perIterationCycles(machines[name], unrolledBody(pioneerVariant));
      expect(perIterationCycles(machines[name], shortcutBody(pioneerVariant, 1n))).toEqual(honest);
    }
  });
});

describe('P-VMM-BT: the loop under a translator', () => {
  const under = (name: MachineName, options: TranslationOptions): Rate =>
    rateDifference(
      perIterationCycles(machines[name], translate(checksumBody(pioneerVariant), options).body),
      perIterationCycles(machines[name], checksumBody(pioneerVariant)),
    );
  const cycles = (options: TranslationOptions): readonly Rate[] => NAMES.map((name) => under(name, options));

  it('costs 3 to 12 cycles an iteration when each instruction is translated by itself, on Skylake one of them for the segment: detected', () => {
    expect(cycles({})).toEqual([rate(3, 1), rate(19, 2), rate(8, 1), rate(8, 1), rate(11, 1), rate(12, 1)]);
  });

  it('costs 1 to 7 when PUSHF and POP are one fragment: detected', () => {
    expect(cycles({ fusesPop: true })).toEqual([1, 2, 3, 3, 6, 7].map((each) => rate(each, 1)));
  });

  it('costs nothing on the machine of Pioneer, and on two others, when IF is known to be clear', () => {
    const known = { fusesPop: true, interruptsOff: true };
    expect(cycles(known)).toEqual([0, 0, 1, 0, 1, 1].map((each) => rate(each, 1)));
  });

  it('nor in eight iterations at once, on Prescott', () => {
    const body = unrolledBody(pioneerVariant);
    const known = translate(body, { fusesPop: true, interruptsOff: true }).body;
    expect(perIterationCycles(machines.prescott, known)).toEqual(perIterationCycles(machines.prescott, body));
  });

  it('costs a cycle again where the loop has no free slot, if the VMM has to do the filling work too', () => {
    const honest = checksumBody(pioneerVariant);
    const filled = filledBody(machines.prescott, honest);
    const known = translate(filled, { fusesPop: true, interruptsOff: true }).body;
    const [ours, theirs] = [filled, known].map((body) => perIterationCycles(machines.prescott, body));
    expect(rateDifference(theirs!, ours!)).toEqual(rate(1, 1));
  });
});

import { describe, expect, it } from 'vitest';
import {
  compareRates,
  execute,
  instructionText,
  machines,
  rate,
  startProcessor,
} from '../../platform/processor/index.ts';
import {
  checksumBody,
  dataOnlyVariant,
  expectedChecksum,
  LAYOUT,
  nextState,
  pioneerVariant,
  type Inputs,
  type NamedWork,
  type Variant,
} from '../checksum/index.ts';
import {
  BUS,
  cheapestCut,
  divisionsOf,
  fastestSharing,
  flowOf,
  helperProgram,
  iterationOf,
  SHARED_CACHE,
  sumProgram,
  type Division,
  type Flow,
} from './index.ts';

const { prescott } = machines;
/** A nonce whose first 24 reads come by the word that is altered. */
const INPUTS: Inputs = {
  nonce: 8n,
  iterations: 24,
  words: Array.from({ length: 64 }, (_, index) => nextState(BigInt(31 * index + 1), 64)),
  dr7: 0x4321_0000n,
  returnAddress: 0x12_3456n,
};
const [RING, STACK, COUNTER_OF_CODE] = [0x40_0000n, 0x90_0000n, LAYOUT.code];
const flow = (variant: Variant, work: NamedWork = 'none'): Flow =>
  flowOf(prescott, iterationOf(checksumBody(variant, work)));

const memoryWith = (altered: ReadonlyMap<number, bigint>): Map<bigint, bigint> => {
  const memory = new Map<bigint, bigint>([[STACK, INPUTS.returnAddress!]]);
  for (const [index, clean] of INPUTS.words.entries()) {
    const at = LAYOUT.region + BigInt(8 * index);
    memory.set(at, altered.get(index) ?? clean);
    memory.set(at + BigInt(LAYOUT.copyDistance), clean);
  }
  return memory;
};

/** The results of both sides: the helper runs first, and the other side takes its values from the ring. */
const runShared = (
  of: Flow,
  division: Division,
  altered: ReadonlyMap<number, bigint> = new Map(),
): bigint => {
  const registers = {
    rbx: INPUTS.nonce,
    rsi: LAYOUT.region,
    rdi: BigInt(INPUTS.iterations),
    rsp: STACK,
    r10: LAYOUT.region + BigInt(8 * LAYOUT.alteredWord),
    r11: RING,
  };
  const shared = { registers, dr7: INPUTS.dr7!, codeBase: COUNTER_OF_CODE };
  const first = startProcessor({
    ...shared,
    program: helperProgram(of, division),
    memory: memoryWith(altered),
  });
  const memory = execute(first).memory;
  return execute(startProcessor({ ...shared, program: sumProgram(of, division), memory })).registers.r8;
};

describe('what of an iteration does not depend on the sum', () => {
  it('is the traversal, the address, the word, and the address of the code; the sum is one chain, flags and stack included', () => {
    const { components, iteration, sum } = flow(pioneerVariant);
    const text = (part: number): string =>
      components[part]!.instructions.map((index) => instructionText(iteration[index]!)).join('; ');
    expect(
      [...components.keys()].map((part) => [part === sum, components[part]!.isChain, text(part)]),
    ).toEqual([
      [false, true, 'begin: mov rax, rbx; imul rax, rbx; or rax, 5; add rbx, rax'],
      [false, false, 'mov rdx, rbx'],
      [false, false, 'shr rdx, 58'],
      [false, false, 'lea rdx, [rsi + rdx*8]'],
      [false, false, 'mov rcx, qword ptr [rdx]'],
      [
        true,
        true,
        'add r8, rcx; xor r8, rdx; add r8, rcx; pushf; pop rcx; xor r8, rcx; add r8, rbx; rol r8, 7',
      ],
      [false, false, 'lea rcx, [rip + begin]'],
    ]);
  });

  it('no part needs the sum, in any variant and with any forging', () => {
    for (const variant of [pioneerVariant, dataOnlyVariant]) {
      for (const work of ['none', 'pointer-added', 'compare'] as const) {
        const { components, dependences, sum } = flow(variant, work);
        const ofSum = components[sum]!.instructions;
        const leaving = dependences.filter(({ from, to }) => ofSum.includes(from) && !ofSum.includes(to));
        expect(leaving).toEqual([]);
      }
    }
  });
});

describe('two sides, executed', () => {
  it.each([
    [pioneerVariant, 63],
    [dataOnlyVariant, 31],
  ])('$id: every division comes to the sum that the verifier expects', (variant, count) => {
    const of = flow(variant);
    const divisions = divisionsOf(of);
    expect(divisions).toHaveLength(count);
    const expected = expectedChecksum(variant, LAYOUT, INPUTS);
    for (const division of divisions) expect(runShared(of, division)).toBe(expected);
  });

  it.each<NamedWork>(['pointer', 'pointer-added', 'compare'])(
    '%s: by whichever side it is done, an altered word stays hidden; without it, it does not',
    (work) => {
      const altered = new Map([[LAYOUT.alteredWord, 0xbadn]]);
      const of = flow(pioneerVariant, work);
      const expected = expectedChecksum(pioneerVariant, LAYOUT, INPUTS);
      for (const division of divisionsOf(of)) expect(runShared(of, division, altered)).toBe(expected);
      const honest = flow(pioneerVariant);
      for (const division of divisionsOf(honest))
        expect(runShared(honest, division, altered)).not.toBe(expected);
    },
  );
});

describe('a range of words, compared and replaced by the helper', () => {
  /** Words from the altered one on, 256 bytes, come from the copy. R10 is the first one's address. */
  const body = checksumBody(pioneerVariant, {
    read: `lea r9, [rdx + ${LAYOUT.copyDistance}]
      mov r12, rdx
      sub r12, r10
      shr r12, 8
      cmovne r9, rdx
      mov rcx, [r9]`,
  });

  it('hides 32 words, which is more than the loop has instructions, in every division', () => {
    const altered = new Map(Array.from({ length: 32 }, (_, word) => [LAYOUT.alteredWord + word, 0xbadn]));
    expect(altered.size).toBeGreaterThan(body.length);
    const expected = expectedChecksum(pioneerVariant, LAYOUT, INPUTS);
    const of = flowOf(prescott, iterationOf(body));
    for (const division of divisionsOf(of)) expect(runShared(of, division, altered)).toBe(expected);
  });

  it('takes no longer than that of one word', () => {
    expect(fastestSharing(prescott, body, BUS).cycles).toEqual(rate(27, 2));
  });
});

describe('the sum cannot be divided', () => {
  it('a chain that is cut takes two hops in each round: neither bus nor cache is as fast as one and a quarter cycles', () => {
    const { components, ...rest } = flow(pioneerVariant);
    const chains = components.filter(({ isChain }) => isChain);
    expect(chains).toHaveLength(2);
    for (const chain of chains) {
      const least = (hop: number) => cheapestCut(prescott, { components, ...rest }, chain, hop);
      expect([0, 1, 2, SHARED_CACHE.hopCycles.least, BUS.hopCycles.least].map(least)).toEqual(
        [13, 15, 17, 21, 205].map((cycles) => rate(cycles, 1)),
      );
      // 121 cycles for eight iterations, and a third of one of slack: 13 + 2 hops fit up to (15.461 - 13) /
      // 2.
      const allowed = rate(15_461, 1000);
      expect(compareRates(least(1)!, allowed)).toBeLessThan(0);
      expect(compareRates(least(1.5)!, allowed)).toBeGreaterThan(0);
    }
  });

  const sumFrom = (start: bigint, variant: Variant, inputs: Inputs = INPUTS): bigint => {
    const memory = memoryWith(new Map());
    const registers = {
      rbx: inputs.nonce,
      rsi: LAYOUT.region,
      rdi: BigInt(inputs.iterations),
      rsp: STACK,
      r8: start,
    };
    const given = { registers, memory, codeBase: LAYOUT.code, program: checksumBody(variant) };
    return execute(startProcessor(given)).registers.r8;
  };
  const word = (value: bigint): bigint => BigInt.asUintN(64, value);
  /** Starts of full width: multiples of the golden ratio. */
  const anySum = (index: number): bigint => word(BigInt(index + 1) * 0x9e37_79b9_7f4a_7c15n);
  const turned = (value: bigint, by: bigint): bigint => word((value << by) | (value >> (64n - by)));

  it('by iterations: what the second half makes of the first is no sum and no exclusive or of two that are known apart', () => {
    for (const variant of [pioneerVariant, dataOnlyVariant]) {
      const alone = sumFrom(0n, variant);
      const starts = Array.from({ length: 40 }, (_, index) => anySum(index));
      for (const start of starts) {
        const after = sumFrom(start, variant);
        // Were the halves independent, one turn of the first half's result would do, added or exclusive-ored.
        for (let by = 0n; by < 64n; by++) {
          expect(word(alone + turned(start, by))).not.toBe(after);
          expect(alone ^ turned(start, by)).not.toBe(after);
        }
      }
      // Nor is it any linear map of it: two starts do not behave as their exclusive or, or their sum.
      const [a, b] = [starts[3]!, starts[4]!];
      const [f, g] = [sumFrom(a, variant), sumFrom(b, variant)];
      expect(sumFrom(a ^ b, variant)).not.toBe(f ^ g ^ alone);
      expect(sumFrom(word(a + b), variant)).not.toBe(word(f + g - alone));
    }
  });

  it('by iterations: each bit of the first half changes the second half’s answer, but for what the parity flag takes out', () => {
    const silent = (variant: Variant): number => {
      const start = anySum(99);
      const after = sumFrom(start, variant);
      const bits = Array.from({ length: 64 }, (_, bit) => BigInt(bit));
      return bits.filter((bit) => sumFrom(start ^ (1n << bit), variant) === after).length;
    };
    expect([dataOnlyVariant, pioneerVariant].map(silent)).toEqual([0, 6]);
  });

  it('by halves of the word: each half needs the other after one iteration already, and all of it after twelve', () => {
    const crossing = (iterations: number): readonly [number, number] => {
      const inputs = { ...INPUTS, iterations };
      const touched = [0n, 0n];
      for (let sample = 0; sample < 30; sample++) {
        const start = anySum(sample);
        const after = sumFrom(start, pioneerVariant, inputs);
        for (let bit = 0n; bit < 64n; bit++) {
          const half = bit < 32n ? 0 : 1;
          touched[half]! |= after ^ sumFrom(start ^ (1n << bit), pioneerVariant, inputs);
        }
      }
      const ones = (value: bigint): number => value.toString(2).replaceAll('0', '').length;
      // High bits that the low half reaches, low bits that the high half reaches.
      return [ones(touched[0]! >> 32n), ones(touched[1]! & 0xffff_ffffn)];
    };
    const reached = [1, 12].map(crossing);
    expect(reached.flat().every((bits) => bits > 0)).toBe(true);
    expect(reached[1]).toEqual([32, 32]);
  });
});

describe('the fastest division on Prescott, of all', () => {
  it('another processor: 13.5 cycles, with every word compared; alone it would be 17.125, honest 15.125', () => {
    const found = fastestSharing(prescott, checksumBody(pioneerVariant, 'compare'), BUS);
    expect(found).toMatchObject({
      cycles: rate(27, 2),
      sumCycles: rate(107, 8),
      helperCycles: rate(27, 2),
      divisions: 255,
    });
    expect(found.simulated).toBeLessThan(found.divisions);
  });

  it('another thread: 16.5 cycles with the cheapest forging: more than honest ones', () => {
    const found = fastestSharing(prescott, checksumBody(pioneerVariant, 'pointer'), SHARED_CACHE);
    expect([found.cycles, found.divisions]).toEqual([rate(33, 2), 63]);
  });

  it('what the bound leaves out is no faster: all 63 simulated', () => {
    const body = checksumBody(pioneerVariant, 'pointer');
    const best = fastestSharing(prescott, body, BUS);
    const of = flow(pioneerVariant, 'pointer');
    for (const division of divisionsOf(of)) {
      const only = fastestSharing(prescott, body, BUS, [division]);
      expect(compareRates(only.cycles, best.cycles)).toBeGreaterThanOrEqual(0);
    }
  });
});

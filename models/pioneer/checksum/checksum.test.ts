import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkmateVariant,
  codeWords,
  checksumBody,
  dataOnlyVariant,
  EXTRA_WORK,
  expectedChecksum,
  LAYOUT,
  nextState,
  orAdds,
  pioneerVariant,
  runChecksum,
  shortcutBody,
  unrolledBody,
  type Inputs,
  type Mix,
  type NamedWork,
  type Variant,
} from './index.ts';

const WORDS = Array.from({ length: 64 }, (_, index) => nextState(BigInt(977 * index + 3), 64));
const INPUTS: Inputs = {
  nonce: 0x0123_4567_89ab_cdefn,
  iterations: 304,
  words: WORDS,
  dr7: 0x4321_0000n,
  returnAddress: 0x12_3456n,
};
const ALTERED = new Map([[LAYOUT.alteredWord, 0xbadn]]);
const VARIANTS = [pioneerVariant, checkmateVariant, dataOnlyVariant];

const expected = (variant: Variant, inputs: Inputs = INPUTS): bigint =>
  expectedChecksum(variant, LAYOUT, inputs);

const inputs: fc.Arbitrary<Inputs> = fc.record({
  nonce: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  iterations: fc.integer({ min: 1, max: 5 }).map((rounds) => 8 * rounds),
  words: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 64, maxLength: 64, size: 'max' }),
  dr7: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
  returnAddress: fc.bigInt({ min: 0n, max: 2n ** 47n }),
});

describe('the checksum, executed', () => {
  it('is what its definition says, looped, unrolled, and with the shortcut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VARIANTS), inputs, (variant, given) => {
        const bodies = [checksumBody(variant), unrolledBody(variant), shortcutBody(variant, given.nonce)];
        const sums = bodies.map((body) => runChecksum(body, given));
        expect(sums).toEqual(bodies.map(() => expected(variant, given)));
      }),
      { numRuns: 25 },
    );
  });

  it('depends on the nonce', () => {
    const other = expected(pioneerVariant, { ...INPUTS, nonce: INPUTS.nonce + 1n });
    expect(other).not.toBe(expected(pioneerVariant));
  });
});

describe('I-COVER', () => {
  /** The words that a run reads, with how often. */
  const visits = ({ nonce, iterations }: Inputs): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    let state = nonce;
    for (let read = 0; read < iterations; read++) {
      state = nextState(state, 64);
      const word = Number(state >> 58n);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
  };

  it('a word that is read exactly once never changes without the checksum', () => {
    // Every later step is a bijection of the sum, and the way through memory does not depend on it.
    fc.assert(
      fc.property(inputs, fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (given, difference) => {
        for (const [word, count] of visits(given)) {
          if (count !== 1) continue;
          const words = given.words.with(word, given.words[word]! ^ difference);
          const changed = expected(dataOnlyVariant, { ...given, words });
          expect(changed).not.toBe(expected(dataOnlyVariant, given));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('where the flags are mixed it does, in half of the runs: the parity flag takes bit 2 out of the sum', () => {
    // x and x ^ 4 have opposite parity, and PF is bit 2 of what is exclusive-ored next: both come to the
    // same.
    const unnoticed = (variant: Variant, difference: bigint): readonly [number, number] => {
      let [missed, reads] = [0, 0];
      for (let run = 0; run < 12; run++) {
        const given = { ...INPUTS, nonce: nextState(BigInt(1_234_567 * run + 1), 64), iterations: 64 };
        const sum = expected(variant, given);
        for (const [word, count] of visits(given)) {
          if (count !== 1) continue;
          const words = given.words.with(word, given.words[word]! ^ difference);
          missed += expected(variant, { ...given, words }) === sum ? 1 : 0;
          reads += 1;
        }
      }
      return [missed, reads];
    };
    const differences = [1n, 2n, 4n, 8n, 16n];
    expect(differences.map((difference) => unnoticed(pioneerVariant, difference))).toEqual(
      [0, 0, 159, 19, 0].map((missed) => [missed, 278]),
    );
    expect(differences.map((difference) => unnoticed(dataOnlyVariant, difference)[0])).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('no single word of the 64 can be altered in 304 reads, in any of the variants', () => {
    expect(visits(INPUTS).size).toBe(64);
    for (const variant of VARIANTS) {
      for (const word of WORDS.keys()) {
        const words = WORDS.with(word, WORDS[word]! ^ 1n);
        expect(expected(variant, { ...INPUTS, words })).not.toBe(expected(variant));
      }
    }
  });

  it('what is not read can be altered', () => {
    const few = { ...INPUTS, iterations: 40 };
    const unread = [...WORDS.keys()].filter((word) => !visits(few).has(word));
    expect(unread).toHaveLength(36);
    const words = WORDS.map((word, index) => (unread.includes(index) ? 0n : word));
    expect(expected(pioneerVariant, { ...few, words })).toBe(expected(pioneerVariant, few));
  });
});

describe('what each mixed value is for', () => {
  const without = (mix: Mix): Variant => ({
    ...checkmateVariant,
    mixes: checkmateVariant.mixes.filter((other) => other !== mix),
  });
  const elsewhere = 0x50000n;
  const copy = LAYOUT.region + BigInt(LAYOUT.copyDistance);
  // The honest loop in a dishonest machine, and the value that gives it away.
  const cases: readonly (readonly [Mix, string, (variant: Variant) => bigint])[] = [
    ['data', 'altered words', (v) => runChecksum(checksumBody(v), INPUTS, { altered: ALTERED })],
    [
      'pointer',
      'reads from a clean copy',
      (v) => runChecksum(checksumBody(v), INPUTS, { altered: ALTERED, region: copy }),
    ],
    ['counter', 'code that was moved', (v) => runChecksum(checksumBody(v), INPUTS, { codeBase: elsewhere })],
    ['flags', 'interrupts left on', (v) => runChecksum(checksumBody(v), { ...INPUTS, interrupts: true })],
    ['dr7', 'an armed breakpoint', (v) => runChecksum(checksumBody(v), { ...INPUTS, dr7: 0x401n })],
    ['return', 'another caller', (v) => runChecksum(checksumBody(v), { ...INPUTS, returnAddress: 0x66n })],
  ];

  it.each(cases)('%s: %s', (mix, _, attempt) => {
    expect(attempt(checkmateVariant)).not.toBe(expected(checkmateVariant));
    expect(attempt(without(mix))).toBe(expected(without(mix)));
  });
});

describe('forgery, executed', () => {
  it.each(EXTRA_WORK.filter((work) => work !== 'none' && work !== 'counter'))(
    '%s hides an altered word',
    (work) => {
      for (const variant of VARIANTS) {
        expect(runChecksum(checksumBody(variant, work), INPUTS, { altered: ALTERED })).toBe(
          expected(variant),
        );
      }
    },
  );

  it('counter hides that the code was moved', () => {
    const codeBase = 0x50000n;
    expect(runChecksum(checksumBody(pioneerVariant, 'counter'), INPUTS, { codeBase })).toBe(
      expected(pioneerVariant),
    );
  });

  it('both at once hide both', () => {
    const body = checksumBody(checkmateVariant, 'pointer-and-counter');
    const sum = runChecksum(body, INPUTS, { altered: ALTERED, codeBase: 0x50000n });
    expect(sum).toBe(expected(checkmateVariant));
  });

  it('the honest loop hides neither', () => {
    expect(runChecksum(checksumBody(pioneerVariant), INPUTS, { altered: ALTERED })).not.toBe(
      expected(pioneerVariant),
    );
  });
});

describe('a loop that reads its own code', () => {
  const honest = checksumBody(pioneerVariant);
  const words = codeWords(honest, 64);
  const given = { ...INPUTS, words };
  const answers = (work: NamedWork): readonly [boolean, boolean] => {
    const attack = checksumBody(pioneerVariant, work);
    const theirs = codeWords(attack, 64);
    const altered = new Map([...theirs.entries()].filter(([index, word]) => word !== words[index]));
    const inPlace = runChecksum(attack, given, { altered });
    const elsewhere = runChecksum(attack, given, { codeBase: 0x50000n });
    return [inPlace === expected(pioneerVariant, given), elsewhere === expected(pioneerVariant, given)];
  };

  // In the place of the honest loop, whose copy is kept, and elsewhere, with the honest loop left where it
  // was.
  it.each<readonly [NamedWork, boolean, boolean]>([
    ['none', true, false],
    ['pointer', true, false],
    ['pointer-added', true, false],
    ['counter', false, true],
    ['pointer-and-counter', true, true],
    // The attack hides one word, and its own code takes more than one.
    ['compare', false, false],
  ])('with %s: accepted in place %s, elsewhere %s', (work, inPlace, elsewhere) => {
    expect(answers(work)).toEqual([inPlace, elsewhere]);
  });
});

describe('what the OR of 5 adds', () => {
  it('is known from the state modulo 8, for every state of 16 bits', () => {
    const states = Array.from({ length: 65_536 }, (_, x) => BigInt(x));
    const wrong = states.filter((x) => ((x * x) | 5n) !== x * x + BigInt(orAdds(Number(x % 8n))));
    expect(wrong).toEqual([]);
  });
});

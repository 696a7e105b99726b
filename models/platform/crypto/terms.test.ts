import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atom,
  derives,
  hash,
  isSame,
  learn,
  privateHalf,
  sign,
  statementsIn,
  textOf,
  tuple,
  type Term,
} from './index.ts';

const terms = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'K', 'q').map(atom),
    fc.tuple(tie('term'), tie('term')).map(([one, other]) => tuple(one, other)),
    fc.tuple(tie('term'), tie('term'), tie('term')).map(([one, two, three]) => tuple(one, two, three)),
    tie('term').map(hash),
    fc.tuple(fc.constantFrom('K', 'L'), tie('term')).map(([key, body]) => sign(key, body, 'somewhere')),
  ),
})).term;

describe('terms', () => {
  test('read as slides 15 and 16 write them', () => {
    expect(textOf(sign('K_smm', tuple(atom('Output'), atom('Nonce')), 'here'))).toBe(
      '{Output | Nonce}K_smm⁻¹',
    );
    expect(textOf(hash(tuple(hash(tuple(atom('0'), atom('Handler'))), atom('K_smm'))))).toBe(
      'H(H(0 | Handler) | K_smm)',
    );
  });

  test('constructors are injective: equal texts come of equal terms', () => {
    fc.assert(
      fc.property(terms, terms, (one, other) => {
        expect(isSame(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2000 },
    );
  });

  test('an origin makes no difference to anyone', () => {
    const body = tuple(atom('a'), atom('b'));
    expect(isSame(sign('K', body, 'here'), sign('K', body, 'there'))).toBe(true);
  });
});

describe('knowledge', () => {
  const secret = sign('K', tuple(atom('clean'), atom('n1')), 'here');

  test('a signature shows what it signs, and cannot be made again for anything else', () => {
    const known = learn([], secret, atom('n2'));
    expect(known.map(textOf)).toEqual(['clean', 'n1', 'n2', '{clean | n1}K⁻¹']);
    expect(derives(known, secret)).toBe(true);
    expect(derives(known, sign('K', tuple(atom('clean'), atom('n2')), 'nowhere'))).toBe(false);
  });

  test('with the private half of the key it can', () => {
    const known = learn([], secret, atom('n2'), privateHalf('K'));
    expect(derives(known, sign('K', tuple(atom('clean'), atom('n2')), 'nowhere'))).toBe(true);
  });

  test('a hash hides what it is of, and is made of what is known', () => {
    const known = learn([], hash(atom('a')));
    expect(derives(known, atom('a'))).toBe(false);
    expect(derives(known, hash(hash(atom('a'))))).toBe(true);
  });

  test('statements of different origin are kept apart, and the order of reading is not', () => {
    const again = sign('K', secret.body, 'there');
    expect(statementsIn(learn([], secret, again))).toHaveLength(2);
    expect(learn([], secret, again)).toEqual(learn([], again, secret));
  });

  test('what is learned is derivable, and learning takes nothing away', () => {
    fc.assert(
      fc.property(terms, terms, (one, other) => {
        const known = learn(learn([], one), other);
        expect([one, other].every((term) => derives(known, term))).toBe(true);
        expect(learn(known, one)).toEqual(known);
      }),
      { numRuns: 1000 },
    );
  });
});

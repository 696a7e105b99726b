import { expect, it } from 'vitest';
import type { Attack } from '../../attack/attack.ts';
import type { ClaimEntry } from '../report.ts';
import { statusOf, statusesIn } from './claim-status.ts';

type Judged = Parameters<typeof statusOf>[0];

const attack = (length: number): Attack => ({ length, shortest: true, cost: 0, initial: 0, steps: [] });
const error: ClaimEntry['error'] = {
  code: 'UW106',
  message: 'it threw',
  where: '',
  expected: '',
  got: '',
  likely: '',
  next: '',
};
const as = (
  expected: Judged['expected'],
  verdict: Judged['verdict'],
  more: Partial<Judged> = {},
): Judged => ({
  expected,
  verdict,
  asExpected: expected === verdict,
  ...more,
});

it.each<readonly [string, Judged]>([
  ['proof', as('holds', 'holds')],
  ['proof', as('violated', 'violated')],
  ['known-attack', as('violated', 'violated', { attack: attack(3), expectedLength: 3 })],
  ['new-attack', as('holds', 'violated', { attack: attack(3) })],
  ['new-attack', as('vacuous', 'violated', { attack: attack(3) })],
  ['new-attack', as('violated', 'violated', { attack: attack(3), expectedLength: 4, asExpected: false })],
  ['changed', as('violated', 'violated', { attack: attack(5), expectedLength: 4, asExpected: false })],
  ['changed', as('violated', 'holds')],
  ['changed', as('violated', 'vacuous')],
  ['changed', as('holds', 'holds', { asExpected: false })],
  ['broken-proof', as('holds', 'vacuous')],
  ['broken-proof', as('holds', 'violated')],
  ['unresolved', as('holds', 'unresolved')],
  ['unresolved', as('unresolved', 'unresolved')],
  ['vacuous', as('vacuous', 'vacuous')],
  ['fault', as('holds', 'unresolved', { error })],
])('calls it %s', (status, entry) => {
  expect(statusOf(entry)).toBe(status);
});

it('counts the gravest first', () => {
  expect(
    statusesIn([
      as('holds', 'holds'),
      as('vacuous', 'vacuous'),
      as('holds', 'violated', { attack: attack(1) }),
      as('holds', 'holds'),
    ]),
  ).toEqual([
    { status: 'new-attack', count: 1 },
    { status: 'vacuous', count: 1 },
    { status: 'proof', count: 2 },
  ]);
});

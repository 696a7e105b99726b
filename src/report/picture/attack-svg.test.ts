import { describe, expect, test } from 'vitest';
import type { Attack, AttackStep } from '../../attack/attack.ts';
import type { Change } from '../../attack/changes.ts';
import { faultOf } from '../../testing/fault-of.ts';
import { attackSvg } from './attack-svg.ts';
import { wrapped } from './svg-text.ts';
import { tracksOf } from './tracks.ts';

const step = (actor: string, text: string, ...changes: readonly Change[]): AttackStep => ({
  action: 'act',
  actor,
  text,
  choices: {},
  changes,
});

/** Somebody opens a gate, and closes it again two steps later. */
const attack: Attack = {
  length: 3,
  shortest: true,
  cost: 3,
  initial: 0,
  steps: [
    step('guest', 'opens <the gate> & waits', { field: 'gate', before: '"shut"', after: '"open"' }),
    step('host', 'counts', { field: 'ghost.seen', before: '0', after: '1', hidden: true }),
    step('guest', 'shuts it', { field: 'gate', before: '"open"', after: '"shut"' }),
  ],
};

describe('the fields of an attack', () => {
  test('keep each value from the step that brings it to the step that ends it', () => {
    expect(tracksOf(attack, ['gate', 'ghost.seen'])).toEqual([
      {
        field: 'gate',
        segments: [
          { from: 0, to: 2, value: 'open', atRest: false },
          { from: 2, to: 3, value: 'shut', atRest: true },
        ],
      },
      {
        field: 'ghost.seen',
        segments: [
          { from: 0, to: 1, value: '0', atRest: true },
          { from: 1, to: 3, value: '1', atRest: false },
        ],
      },
    ]);
  });

  test('are those that change most often where none are named, and never a ghost', () => {
    expect(tracksOf(attack).map(({ field }) => field)).toEqual(['gate']);
  });

  test('are refused where they keep their value (UW356)', () => {
    expect(faultOf(() => tracksOf(attack, ['door']))).toMatchObject({
      code: 'UW356',
      details: { got: 'door', expected: 'a field that changes in this attack: gate, ghost.seen' },
    });
  });
});

describe('the picture of an attack', () => {
  const picture = attackSvg(attack, { claim: 'GATE', outcome: 'breaks shut: The gate is shut.' });

  test('says in words what it shows', () => {
    expect(picture).toContain('<title id="title">GATE: 3 steps, no shorter attack exists</title>');
    expect(picture).toContain('3 guest: shuts it. breaks shut: The gate is shut.</desc>');
  });

  test('takes nothing of a model for markup', () => {
    expect(picture).toContain('>opens &lt;the gate&gt; &amp; waits</text>');
    expect(picture).not.toContain('<the gate>');
  });

  test('closes every element that it opens', () => {
    const opened = picture.match(/<[a-z]+(?: [^>]*)?(?<!\/)>/g)?.length;
    expect(opened).toBe(picture.match(/<\/[a-z]+>/g)?.length);
  });

  test('does not claim to be shortest where that is not known', () => {
    const other = attackSvg({ ...attack, shortest: false }, { claim: 'GATE', outcome: 'breaks shut' });
    expect(other).toContain('<title id="title">GATE: 3 steps</title>');
  });
});

test('lines are wrapped at spaces, and inside words that are longer than a line', () => {
  expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapped('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

import { describe, expect, it } from 'vitest';
import { suite } from '../../claim/claim.ts';
import { vault } from '../../testing/models/vault.ts';
import { outsideWords } from './outside-words.ts';

type Named = { readonly [part: string]: string };

const words = (leavesOut?: Named, untried?: Named): string | undefined => {
  const { claims } = suite({
    id: 'vault',
    says: 'a vault',
    model: vault,
    claims: {
      V: {
        invariant: 'shut',
        capabilities: ['hands'],
        expect: 'holds',
        says: 'It stays shut.',
        source: 'common sense',
        ...(leavesOut === undefined ? {} : { leavesOut }),
        ...(untried === undefined ? {} : { untried }),
      },
    },
  });
  return outsideWords(claims[0]!);
};

const numbered = (kind: string, many: number): Named =>
  Object.fromEntries(Array.from({ length: many }, (_, at) => [`${kind} ${at}`, 'too many']));

describe('what a claim says of what is outside its scope', () => {
  it.each<readonly [Named | undefined, Named | undefined, string | undefined]>([
    [undefined, undefined, undefined],
    [{ 'touches door': 'it opens' }, undefined, 'changes it: touches door (it opens)'],
    [undefined, {}, 'nothing that can be tried changes it'],
    [undefined, { hinges: 'two' }, 'not tried: hinges (two); nothing else that can be tried changes it'],
    [
      { 'touches door': 'it opens', 'touches lower': 'it opens' },
      {},
      'changes it: touches door, touches lower (it opens); nothing else that can be tried does',
    ],
    [
      { 'touches door': 'it opens' },
      { 'cores = *': 'another machine', 'layout = *': 'another machine', hinges: 'two' },
      'not tried: cores = *, layout = * (another machine); hinges (two); changes it: touches door (it opens); ' +
        'nothing else that can be tried does',
    ],
  ])('%j, not tried %j: %s', (leavesOut, untried, says) => {
    expect(words(leavesOut, untried)).toBe(says);
  });

  it('counts more than four with one reason, by their kind', () => {
    const named = { ...numbered('writes', 5), ...numbered('timers', 2) };
    expect(words(named)).toBe('changes it: 5 of writes, timers 0, timers 1 (too many)');
  });
});

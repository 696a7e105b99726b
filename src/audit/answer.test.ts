import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attack } from '../attack/attack.ts';
import { answerOf, assignmentsOf, type Assignment, type Case } from './answer.ts';

const question = { id: 'Q', invariant: 'i', says: 'Is it?', source: 'someone' };
const attack = (length: number): Attack => ({ length, shortest: true, cost: length, initial: 0, steps: [] });

const casesOf = (
  unknowns: readonly string[],
  decide: (assignment: Assignment) => Partial<Case>,
): readonly Case[] =>
  assignmentsOf(unknowns).map((assignment) => ({
    verdict: 'holds',
    scenario: { without: [], capabilities: [], parameters: assignment },
    states: 10,
    transitions: 20,
    complete: true,
    ...decide(assignment),
    assignment,
  }));

describe('assignmentsOf', () => {
  it('gives every combination, all false first', () => {
    expect(assignmentsOf(['a', 'b'])).toEqual([
      { a: false, b: false },
      { a: false, b: true },
      { a: true, b: false },
      { a: true, b: true },
    ]);
    expect(assignmentsOf([])).toEqual([{}]);
  });
});

describe('answerOf', () => {
  it('is what every case says when they agree', () => {
    const answer = answerOf(
      question,
      casesOf(['a'], () => ({ verdict: 'violated', attack: attack(3) })),
    );
    expect(answer).toMatchObject({
      verdict: 'violated',
      decidedBy: [],
      states: 20,
      transitions: 40,
      complete: true,
    });
  });

  it('depends on the unknowns that turn it over alone, and gives the first of the shortest attacks', () => {
    const cases = casesOf(['a', 'b', 'c'], ({ a, b }) =>
      a === true ? {} : { verdict: 'violated', attack: attack(b === true ? 2 : 5) },
    );
    const answer = answerOf(question, cases);
    expect(answer).toMatchObject({ verdict: 'depends', decidedBy: ['a'] });
    expect(answer.shortest?.attack?.length).toBe(2);
    expect(answer.shortest?.assignment).toEqual({ a: false, b: true, c: false });
  });

  it('holds where it says anything when it is vacuous elsewhere', () => {
    expect(
      answerOf(
        question,
        casesOf(['a'], ({ a }) => ({ verdict: a === true ? 'vacuous' : 'holds' })),
      ),
    ).toMatchObject({
      verdict: 'holds',
      decidedBy: ['a'],
    });
  });

  it('is unresolved as soon as one case is, and tells of an attack all the same', () => {
    const cases = casesOf(['a'], ({ a }) =>
      a === true ? { verdict: 'unresolved', bound: 'maxStates' } : { verdict: 'violated', attack: attack(4) },
    );
    const answer = answerOf(question, cases);
    expect(answer.verdict).toBe('unresolved');
    expect(answer.because).toBe(
      'maxStates ended the search; an attack exists all the same, for some values of the unknowns',
    );
    expect(answer.shortest?.attack?.length).toBe(4);
  });

  it('counts a scenario that several assignments share once', () => {
    const scenario = { without: [], capabilities: [], parameters: {} };
    expect(
      answerOf(
        question,
        casesOf(['a', 'b'], () => ({ scenario })),
      ).states,
    ).toBe(10);
  });

  it('is decided by exactly the unknowns that the verdict reads', () => {
    fc.assert(
      fc.property(fc.subarray(['a', 'b', 'c', 'd']), (read) => {
        const cases = casesOf(['a', 'b', 'c', 'd'], (assignment) =>
          read.length > 0 && read.every((name) => assignment[name])
            ? { verdict: 'violated', attack: attack(1) }
            : {},
        );
        expect(answerOf(question, cases).decidedBy).toEqual(read);
      }),
    );
  });
});

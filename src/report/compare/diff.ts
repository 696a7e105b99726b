import { match } from 'ts-pattern';
import { counted } from '../../attack/words.ts';
import type { Report } from '../report.ts';

/** The kind of difference between two reports, about a claim or a question about a board. */
export type DifferenceKind =
  /** An attack is there now, and none was before. */
  | 'new-attack'
  | 'shorter'
  | 'longer'
  /** An attack was there, and is gone. */
  | 'attack-gone'
  /** The verdict is another one, with no attack before or after. */
  | 'verdict'
  /** The scope of the claim is another one. */
  | 'scope'
  | 'came'
  | 'went'
  /** The number of states alone differs. */
  | 'states';

/** One difference between two reports. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The claim, or the board and its question. */
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** The policy by which a difference fails: each fails on what the one before does, and on more. */
export type Policy = 'new-attack' | 'shorter' | 'any';

interface Item {
  readonly id: string;
  readonly verdict: string;
  readonly length: number | undefined;
  readonly states: number;
  readonly scope: string;
  /** Whether it is an attack that nobody expects. */
  readonly isNews: boolean;
}

const itemsOf = ({ claims, platforms = [] }: Report): ReadonlyMap<string, Item> =>
  new Map(
    [
      ...claims.map(({ asExpected, attack, id, model, invariant, scope, states, verdict }) => ({
        id,
        verdict,
        length: attack?.length,
        states,
        scope: `${model}/${invariant}: ${scope}`,
        isNews: attack !== undefined && !asExpected,
      })),
      ...platforms.flatMap(({ answers, name }) =>
        answers.map(({ attack, id, invariant, states, verdict }) => ({
          id: `${name}: ${id}`,
          verdict,
          length: attack?.length,
          states,
          scope: invariant,
          isNews: attack !== undefined,
        })),
      ),
    ].map((item) => [item.id, item]),
  );

const wordsOf = ({ length, verdict }: Item): string =>
  length === undefined ? verdict : `${verdict} in ${counted(length, 'step')}`;

const kindOf = (before: Item, after: Item): DifferenceKind | undefined => {
  if (after.length !== undefined && before.length === undefined) return 'new-attack';
  if (after.length === undefined && before.length !== undefined) return 'attack-gone';
  if (after.length !== undefined && before.length !== undefined && after.length !== before.length) {
    return after.length < before.length ? 'shorter' : 'longer';
  }
  if (before.verdict !== after.verdict) return 'verdict';
  if (before.scope !== after.scope) return 'scope';
  return before.states === after.states ? undefined : 'states';
};

const difference = (before: Item, after: Item): readonly Difference[] => {
  const kind = kindOf(before, after);
  if (kind === undefined) return [];
  const told = (item: Item): string =>
    match(kind)
      .with('scope', () => item.scope)
      .with('states', () => counted(item.states, 'state'))
      .otherwise(() => wordsOf(item));
  return [{ kind, id: before.id, before: told(before), after: told(after) }];
};

/** Compares `next` with `previous`, claim by claim, in the order of `next`; claims that went come last. */
export const differencesOf = (previous: Report, next: Report): readonly Difference[] => {
  const [old, now] = [itemsOf(previous), itemsOf(next)];
  return [
    ...[...now.values()].flatMap((item): readonly Difference[] => {
      const before = old.get(item.id);
      if (before !== undefined) return difference(before, item);
      const kind = item.isNews ? 'new-attack' : 'came';
      return [{ kind, id: item.id, before: 'not there', after: wordsOf(item) }];
    }),
    ...[...old.values()].flatMap((item): readonly Difference[] =>
      now.has(item.id) ? [] : [{ kind: 'went', id: item.id, before: wordsOf(item), after: 'not there' }],
    ),
  ];
};

/** Whether a difference fails under a policy. The number of states alone never does. */
export const failsOn = (policy: Policy, { kind }: Difference): boolean =>
  match(policy)
    .with('new-attack', () => kind === 'new-attack')
    .with('shorter', () => kind === 'new-attack' || kind === 'shorter')
    .with('any', () => kind !== 'states')
    .exhaustive();

import { actionOf, defineModel, integers, systemOf, type Invariant, type System } from '../../model/index.ts';
import { plainScenario } from './random-model.ts';

/** A place in a graph. */
export interface At {
  readonly at: number;
}

type Claim = Invariant<At, unknown>;

/** A claim as the tests write it, without its sentence and its source. */
export type Asked<C extends Claim = Claim> = C extends Claim ? Omit<C, 'says' | 'source'> : never;

const act = actionOf<At, unknown>();

/** A system that walks along the edges of a graph: `edges[n]` are the places that place n leads to. */
export const graph = (
  edges: readonly (readonly number[])[],
  claims: { readonly [id: string]: Asked },
  initial: readonly number[] = [0],
): System =>
  systemOf(
    defineModel({
      id: 'graph',
      says: 'a walk along the edges of a graph',
      defences: {},
      capabilities: {},
      parameters: {},
      initial: (): readonly At[] => initial.map((at) => ({ at })),
      actions: {
        go: act({
          actor: 'walker',
          says: 'goes on',
          choose: { to: integers(0, edges.length - 1) },
          when: ({ at }, { to }) => edges[at]!.includes(to),
          then: (draft, { to }) => {
            draft.at = to;
          },
        }),
      },
      invariants: Object.fromEntries(
        Object.entries(claims).map(([id, claim]) => [id, { ...claim, says: id, source: 'test' }]),
      ),
    }),
    plainScenario,
  );

/** Returns the steps of a walk through these places. */
export const walk = (...places: readonly number[]): { action: string; choice: { to: number } }[] =>
  places.map((to) => ({ action: 'go', choice: { to } }));

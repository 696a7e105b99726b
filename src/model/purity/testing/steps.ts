import { actionOf } from '../../action.ts';
import { integers } from '../../domain.ts';
import type { Invariant } from '../../invariant.ts';
import type { AnyModel } from '../../model.ts';
import type { Setting } from '../../scenario.ts';

/** Three dials of three positions, and whether something odd has happened. */
export interface Dials {
  readonly xs: readonly number[];
  readonly bad: boolean;
}

/** The setting of a model of dials. */
export type DialSetting = Setting<{ readonly n: number; readonly box: { readonly n: number } }>;

const act = actionOf<Dials, DialSetting>();

/**
 * The functions of a model of dials that a test may put its own in the place of; each is pure if not given.
 */
export interface DialParts {
  readonly when?: (state: Dials, setting: DialSetting) => boolean;
  readonly then?: (draft: { xs: number[]; bad: boolean }, setting: DialSetting) => void;
  readonly invariant?: Invariant<Dials, DialSetting>;
  readonly exists?: () => boolean;
  readonly domain?: () => readonly number[];
  readonly initial?: () => Dials;
  /** The side effect of turning a dial. */
  readonly onTurn?: (draft: { xs: number[]; bad: boolean }, setting: DialSetting) => void;
}

const SAFE: Invariant<Dials, DialSetting> = {
  kind: 'always',
  says: 'nothing odd happens',
  source: 'test',
  holds: ({ bad }) => !bad,
};

const START: Dials = { xs: [0, 0, 0], bad: false };

/** A model of 27 or 54 states, in which `odd` may happen when `when` says so. */
export const dials = ({ domain, exists, initial, invariant, onTurn, then, when }: DialParts): AnyModel => ({
  id: 'dials',
  says: 'three dials',
  defences: {},
  capabilities: {},
  parameters: { n: 2, box: { n: 2 } },
  initial: initial ?? ((): Dials => START),
  actions: {
    turn: act({
      actor: 'anyone',
      says: 'turns a dial',
      choose: { i: integers(0, 2) },
      then: (draft, { i }, setting) => {
        draft.xs[i] = (draft.xs[i]! + 1) % 3;
        onTurn?.(draft, setting);
      },
    }),
    odd: act({
      actor: 'anyone',
      says: 'does something odd',
      ...(exists && { exists }),
      ...(domain && { choose: () => ({ to: { values: domain() } }) }),
      when: (state, _, setting) => when?.(state, setting) ?? state.xs[0] === 2,
      then: (draft, _, setting) => {
        if (then === undefined) draft.bad = true;
        else then(draft, setting);
      },
    }),
  },
  invariants: { aim: invariant ?? SAFE },
});

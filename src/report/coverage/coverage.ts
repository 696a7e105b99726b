import type { AnyModel } from '../../model/index.ts';
import type { Report } from '../report.ts';

/** The coverage of one model: what the claims of a run left untouched. */
export interface Coverage {
  readonly model: string;
  readonly claims: number;
  readonly searches: number;
  /** Whether each search looked at every state: if not, what is untouched may be touched further on. */
  readonly complete: boolean;
  /** The actions that no search found possible, and those that were possible and never changed a state. */
  readonly neverPossible: readonly string[];
  readonly neverEffective: readonly string[];
  /** The claims whose antecedent never came true. */
  readonly silent: readonly string[];
  /** The claims that ask for a witness of which there is none. */
  readonly unwitnessed: readonly string[];
  /**
   * The defences that no claim switches off, and those that are switched off and stop none of the attacks
   * that were found.
   */
  readonly neverOff: readonly string[];
  readonly stopsNothing: readonly string[];
}

/**
 * Measures what a run left untouched of each of `models` that it has claims about, from the counts of its
 * searches: nothing is searched. Claims that were not decided count for nothing.
 */
export const coverageOf = (
  { claims, searches }: Pick<Report, 'claims' | 'searches'>,
  models: readonly AnyModel[],
): readonly Coverage[] =>
  models.flatMap((model): readonly Coverage[] => {
    const own = claims.filter((entry) => entry.model === model.id);
    const made = searches.filter((search) => search.model === model.id);
    if (own.length === 0 || made.length === 0) return [];
    const sum = (action: string, count: 'effective' | 'enabled'): number =>
      made.reduce((total, { actions }) => total + (actions[action]?.[count] ?? 0), 0);
    const actions = Object.keys(model.actions);
    const possible = actions.filter((action) => sum(action, 'enabled') > 0);
    const off = new Set(own.flatMap(({ scenario }) => scenario.without));
    const stopping = new Set(own.flatMap(({ stops = [] }) => stops.map(({ defence }) => defence)));
    const defences = Object.keys(model.defences);
    const idsOf = (some: readonly { readonly id: string }[]): readonly string[] => some.map(({ id }) => id);
    return [
      {
        model: model.id,
        claims: own.length,
        searches: made.length,
        complete: made.every(({ complete }) => complete),
        neverPossible: actions.filter((action) => !possible.includes(action)),
        neverEffective: possible.filter((action) => sum(action, 'effective') === 0),
        silent: idsOf(own.filter(({ vacuity }) => vacuity?.kind === 'antecedent')),
        unwitnessed: idsOf(
          own.filter(({ attack, verdict }) => verdict === 'violated' && attack === undefined),
        ),
        neverOff: defences.filter((defence) => !off.has(defence)),
        stopsNothing: defences.filter((defence) => off.has(defence) && !stopping.has(defence)),
      },
    ];
  });

/** A result: `key` is what it is about, `gist` what a later report is compared with. */
export interface Found {
  readonly ruleId: string;
  readonly says: string;
  readonly key: string;
  readonly gist: string;
  readonly result: object;
}

/** The state of a result since an earlier report, in SARIF's words. */
export type BaselineState = 'new' | 'unchanged' | 'updated' | 'absent';

const withState = (found: Found, baselineState: BaselineState): Found => ({
  ...found,
  result: { ...found.result, baselineState },
});

/**
 * Returns the results of `now`, each with what has become of it, and after them those of `earlier` that are
 * gone.
 */
export const sinceEarlier = (now: readonly Found[], earlier: readonly Found[]): readonly Found[] => {
  const before = new Map(earlier.map((found) => [found.key, found.gist]));
  const keys = new Set(now.map(({ key }) => key));
  const stateOf = ({ gist, key }: Found): BaselineState => {
    if (!before.has(key)) return 'new';
    return before.get(key) === gist ? 'unchanged' : 'updated';
  };
  return [
    ...now.map((found) => withState(found, stateOf(found))),
    ...earlier.filter(({ key }) => !keys.has(key)).map((found) => withState(found, 'absent')),
  ];
};

import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageClaim } from '../../data.ts';
import { LOOKS, Mark, statuses } from '../marks.tsx';
import type { Route } from '../route.ts';

interface Props {
  readonly claims: readonly PageClaim[];
  readonly route: Extract<Route, { readonly view: 'all' }>;
  readonly replace: (route: Route) => void;
}

/** The filters of claims: by how they stand, and by words. `/` goes to the field of words. */
export const Filters = ({ claims, replace, route }: Props): VNode => {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const toField = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', toField);
    return () => removeEventListener('keydown', toField);
  }, []);
  const counts = (one: string): number => claims.filter(({ status }) => status === one).length;
  const there = statuses.filter((one) => counts(one) > 0);
  const toggled = (one: string): readonly string[] =>
    route.only.includes(one) ? route.only.filter((other) => other !== one) : [...route.only, one];
  return (
    <search class="filters">
      <label class="words">
        <span>Search in everything, steps of attacks too</span>
        <input
          ref={field}
          type="search"
          value={route.query}
          placeholder="H-DEFER, GPI_ROUT, slide 14 …"
          onInput={(event) => replace({ ...route, query: event.currentTarget.value })}
        />
      </label>
      <div class="chips" role="group" aria-label="Show only">
        {there.map((one) => (
          <button
            key={one}
            type="button"
            class={`chip ${one}`}
            aria-pressed={route.only.includes(one)}
            title={LOOKS[one].says}
            onClick={() => replace({ ...route, only: toggled(one) })}
          >
            <Mark of={one} /> <b>{counts(one)}</b> {counts(one) === 1 ? LOOKS[one].word : LOOKS[one].words}{' '}
            <span class="meaning">{LOOKS[one].says}</span>
          </button>
        ))}
      </div>
    </search>
  );
};

import type { VNode } from 'preact';
import type { Played } from './played.ts';

/** All steps with all that they change, for paper, on which nobody can press a key. */
export const PrintedSteps = ({ attack }: { readonly attack: Played }): VNode => (
  <ol class="printed">
    {attack.steps.map(({ changes, from, text }, at) => (
      <li key={at}>
        <b>{from}</b> {text}
        <ul>
          {changes
            .filter(({ hidden }) => hidden !== true)
            .map(({ after, before, field }) => (
              <li key={field}>
                {field}: {before} → {after}
              </li>
            ))}
        </ul>
      </li>
    ))}
  </ol>
);

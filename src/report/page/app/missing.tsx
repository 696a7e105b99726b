import type { VNode } from 'preact';

/** The page for an address of which the report has nothing. */
export const Missing = ({ what }: { readonly what: string }): VNode => (
  <main>
    <h1>Not in this report</h1>
    <p>
      There is no <strong>{what}</strong> in it: the address is of another report, or misspelt.
    </p>
    <p>
      <a href="#/">All that is in it</a>
    </p>
  </main>
);

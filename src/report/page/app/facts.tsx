import type { ComponentChildren, VNode } from 'preact';
import type { PageClaim } from '../data.ts';
import { counted, durationWords } from './words.ts';

interface Props {
  readonly claim: PageClaim;
  readonly texts: readonly string[];
  readonly replay: string | undefined;
}

const Fact = ({ children, name }: { readonly name: string; readonly children: ComponentChildren }): VNode => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Names = ({ names, none }: { readonly names: readonly string[]; readonly none: string }): VNode =>
  names.length === 0 ? (
    <>{none}</>
  ) : (
    <ul class="names">
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );

/** The length of the longest value that is shown at once. */
const SHORT = 120;

const Setting = ({ text }: { readonly text: string }): VNode =>
  text.length <= SHORT ? (
    <code>{text}</code>
  ) : (
    <details>
      <summary>
        <code>{text.slice(0, SHORT)}…</code>
      </summary>
      <code>{text}</code>
    </details>
  );

/** The facts of a claim: what the verdict is about, what it rests on, and the commands that repeat it. */
export const Facts = ({ claim, replay, texts }: Props): VNode => (
  <section aria-labelledby="facts">
    <h2 id="facts">What the verdict is about</h2>
    <dl class="facts">
      <Fact name="verdict">
        {claim.words}; expected: {claim.expected}
      </Fact>
      <Fact name="source">{claim.source}</Fact>
      <Fact name="model">{claim.model}</Fact>
      <Fact name="defences off">
        <Names names={claim.without} none="none" />
      </Fact>
      <Fact name="adversary can">
        <Names names={claim.capabilities} none="nothing" />
      </Fact>
      {claim.parameters.map(([name, text]) => (
        <Fact key={name} name={name}>
          <Setting text={texts[text] ?? ''} />
        </Fact>
      ))}
      <Fact name="search">
        {counted(claim.states, 'state')}, {counted(claim.transitions, 'transition')},{' '}
        {claim.complete ? 'all that can be reached' : 'not all that can be reached'};{' '}
        {durationWords(claim.durationMs)}
      </Fact>
      <Fact name="scope">{claim.scope}</Fact>
      {claim.notes.map((note) => (
        <Fact key={note} name="note">
          {note}
        </Fact>
      ))}
      {claim.place === undefined ? null : (
        <Fact name="asked in">
          <code>{claim.place}</code>
        </Fact>
      )}
      <Fact name="repeat">
        <code class="command">{claim.reproduce}</code>
      </Fact>
      {replay === undefined ? null : (
        <Fact name="replay">
          <code class="command">{replay}</code> in the folder of this page
        </Fact>
      )}
    </dl>
  </section>
);

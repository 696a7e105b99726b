import type { VNode } from 'preact';
import type { JudgementText as Judgement } from '../../run/situation.ts';

interface Props {
  readonly judgements: readonly Judgement[];
  readonly step: number;
  /** The invariant that is asked about; the others stand behind it. */
  readonly first: string | undefined;
  readonly onStep: (step: number) => void;
}

const WORDS = {
  broken: 'broken',
  witnessed: 'shown',
  holds: 'holds',
  'not asked': 'not asked',
  waits: 'an answer is owed',
  'no witness': 'not shown yet',
  'needs a search': 'a good state is not here; whether one can be reached takes a search',
} as const;

const MARKS = {
  broken: '✗',
  witnessed: '✓',
  holds: '✓',
  'not asked': '·',
  waits: '…',
  'no witness': '·',
  'needs a search': '?',
} as const;

const kindOf = (judged: keyof typeof WORDS): string => judged.replaceAll(' ', '-');

const Strip = ({
  judgement,
  onStep,
  step,
}: Omit<Props, 'first' | 'judgements'> & { readonly judgement: Judgement }): VNode => (
  <div class="strip" role="group" aria-label={`${judgement.id} after each step`}>
    {judgement.along.map((judged, at) => (
      <button
        key={at}
        type="button"
        class={kindOf(judged)}
        aria-current={at === step ? 'step' : undefined}
        aria-label={`after step ${at}: ${WORDS[judged]}`}
        title={`after step ${at}: ${WORDS[judged]}`}
        onClick={() => onStep(at)}
      >
        <span aria-hidden="true">{MARKS[judged]}</span>
      </button>
    ))}
  </div>
);

const Grounds = ({ judgement }: { readonly judgement: Judgement }): VNode | null => {
  const decisive = judgement.grounds.filter(({ otherwise }) => otherwise !== undefined);
  const shown = decisive.length > 0 ? decisive : judgement.grounds;
  if (shown.length === 0) return null;
  return (
    <ul class="grounds">
      {shown.map(({ field, otherwise, value }) => (
        <li key={field}>
          <code>
            {field} = {value}
          </code>
          {otherwise === undefined ? '' : <span class="quiet"> with {otherwise} it would not be broken</span>}
        </li>
      ))}
    </ul>
  );
};

const One = ({
  judgement,
  onStep,
  step,
}: Omit<Props, 'first' | 'judgements'> & { readonly judgement: Judgement }): VNode => {
  const { along, brokenAt, id, says } = judgement;
  const now = along[Math.min(step, along.length - 1)] ?? 'not asked';
  const isBroken = brokenAt !== undefined && brokenAt <= step;
  return (
    <div class="judged">
      <p>
        <b>{id}</b>{' '}
        <span class={`badge ${kindOf(isBroken ? 'broken' : now)}`}>
          {isBroken ? `broken at step ${brokenAt}` : WORDS[now]}
        </span>
      </p>
      <p class="quiet">{says}</p>
      <Strip judgement={judgement} step={step} onStep={onStep} />
      {isBroken ? (
        <>
          <p class="quiet">What breaks it:</p>
          <Grounds judgement={judgement} />
        </>
      ) : null}
    </div>
  );
};

/**
 * The invariants' answers along a path, asked of the model itself: the one that matters in full, the others
 * behind it.
 */
export const Judgements = ({ first, judgements, onStep, step }: Props): VNode => {
  const isBroken = ({ brokenAt }: Judgement): boolean => brokenAt !== undefined && brokenAt <= step;
  const main = judgements.filter(({ id }) => id === first);
  const broken = judgements.filter((one) => !main.includes(one) && isBroken(one));
  const others = judgements.filter((one) => !main.includes(one) && !isBroken(one));
  const each = (one: Judgement): VNode => <One key={one.id} judgement={one} step={step} onStep={onStep} />;
  const brokenWords = broken.map(({ brokenAt, id }) => `${id} at step ${brokenAt}`).join(', ');
  return (
    <section class="panel" aria-label="Invariants">
      <h3>Invariants after step {step}</h3>
      <div aria-live="polite">{main.map(each)}</div>
      {broken.length === 0 ? null : (
        <details>
          <summary class="alarming">
            {main.length === 0 ? 'Broken' : 'Also broken'}: {brokenWords}
          </summary>
          {broken.map(each)}
        </details>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>
            {main.length + broken.length === 0 ? 'None is broken' : 'Others, not broken'} ({others.length})
          </summary>
          {others.map(each)}
        </details>
      )}
    </section>
  );
};

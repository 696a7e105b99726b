import type { VNode } from 'preact';
import { leftWords, readersWords } from '../../../../attack/why/words.ts';
import type { StepExplanation } from '../../../../attack/why/why.ts';
import type { StopEntry } from '../../../report.ts';
import type { Whys } from '../../run/situation.ts';

interface Props {
  readonly whys: Whys | undefined;
  readonly step: number;
  /** The defences that are off, and what each would do about the path. */
  readonly stops: readonly StopEntry[];
  readonly claim: string;
}

const PHASES = {
  prepare: 'the adversary prepares',
  strike: 'the adversary strikes: its last step that does not cover up',
  'cover up': 'the adversary covers up: a field is again what it was before the adversary changed it',
  others: 'no power of the adversary is in it: the machine or its honest users do it',
} as const;

const stopWords = ({ defence, partsAt, refusedAt }: StopEntry): string =>
  `${defence}${refusedAt === partsAt ? ': the step is not possible then' : ': the step comes out otherwise'}`;

const One = ({ claim, step, stops, why }: Omit<Props, 'whys'> & { readonly why: StepExplanation }): VNode => {
  const readers = readersWords(why.readBy);
  const own = stops.filter(({ partsAt }) => partsAt === step);
  return (
    <dl class="why">
      <dt>for</dt>
      <dd>{PHASES[why.phase]}</dd>
      <dt>what it writes is read by</dt>
      <dd>
        {readers.length === 0 ? 'nothing in this attack' : null}
        <ul>
          {readers.map((reader) => (
            <li key={reader}>{reader}</li>
          ))}
        </ul>
      </dd>
      {why.left === undefined ? null : (
        <>
          <dt>without it</dt>
          <dd>
            <b>{why.left.kind === 'works' ? 'not needed here' : 'needed'}</b>: {leftWords(why.left)}
          </dd>
        </>
      )}
      <dt>stopped here by</dt>
      <dd>{own.length === 0 ? 'no single defence that is off' : own.map(stopWords).join('; ')}</dd>
      <dt>in every attack?</dt>
      <dd>
        that takes searches: <code class="command">npx underwatch explain --attack {claim}</code>
      </dd>
    </dl>
  );
};

/** Explains a step: what reads what it wrote, what becomes of the path without it, and what stops it. */
export const Why = ({ whys, ...given }: Props): VNode | null => {
  if (whys === undefined || given.step === 0) return null;
  const why = whys.kind === 'told' ? whys.steps[given.step - 1] : undefined;
  return (
    <section class="panel" aria-labelledby="why">
      <h3 id="why">Why step {given.step} is there</h3>
      {whys.kind === 'refused' ? <p class="quiet">It could not be told: {whys.because}</p> : null}
      {why === undefined ? null : <One {...given} why={why} />}
      {whys.kind === 'told' && why === undefined ? (
        <p class="quiet">It shows how the path goes on; nothing can be mended any more.</p>
      ) : null}
    </section>
  );
};

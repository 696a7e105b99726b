import { useMemo } from 'preact/hooks';
import type { PageStep, PageSubject } from '../../data.ts';
import type { Path } from '../../../../attack/walk/walk.ts';
import type { Choosing, Runner, Session, Situation } from '../../run/situation.ts';
import type { Played } from '../player/played.ts';

/** A place in a model that runs, or why there is none. */
export type Looked =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'there'; readonly session: Session; readonly path: Path; readonly situation: Situation };

/** Returns the numbers of recorded steps; as many as the scenario has. */
export const numbersOf = (session: Session, steps: readonly Choosing[]): readonly number[] => {
  const numbers = steps.map((step) => session.numberOf(step));
  const strange = numbers.indexOf(undefined);
  return (strange === -1 ? numbers : numbers.slice(0, strange)).flatMap((number) => number ?? []);
};

const looked = (
  runner: Runner,
  { invariant, model, scenario }: PageSubject,
  recorded: Played | undefined,
  asked: Partial<Path>,
  step: number,
): Looked => {
  const opened = runner.open(model, scenario);
  if (opened.kind === 'refused') return opened;
  const { session } = opened;
  const path: Path = {
    start: asked.start ?? recorded?.initial ?? 0,
    taken: asked.taken ?? numbersOf(session, recorded?.steps ?? []),
  };
  try {
    return { kind: 'there', session, path, situation: session.look(path, step, invariant) };
  } catch (error) {
    return { kind: 'refused', because: error instanceof Error ? error.message : String(error) };
  }
};

/** Looks at a place of a path through a model that runs in the page. */
export const useLook = (
  runner: Runner | undefined,
  subject: PageSubject,
  recorded: Played | undefined,
  asked: Partial<Path>,
  step: number,
): Looked =>
  useMemo(
    () => (runner === undefined ? { kind: 'waiting' } : looked(runner, subject, recorded, asked, step)),
    [runner, JSON.stringify([subject, asked, step]), recorded],
  );

/**
 * Finds the first step at which the model in the page differs from what is recorded: then it is not the one
 * that was run.
 */
export const firstUnlike = (situation: Situation, recorded: Played): number | undefined => {
  const text = (step: PageStep | undefined): string =>
    step === undefined ? '' : JSON.stringify([step.text, step.changes]);
  const at = recorded.steps.findIndex((step, place) => text(step) !== text(situation.steps[place]));
  return at === -1 ? undefined : at + 1;
};

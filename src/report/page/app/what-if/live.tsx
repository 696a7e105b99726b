import type { VNode } from 'preact';
import type { PageData, PageSubject } from '../../data.ts';
import type { FieldHistory, Whys } from '../../run/situation.ts';
import type { Played } from '../player/played.ts';
import { Judgements } from './judgements.tsx';
import { firstUnlike, useLook } from './look.ts';
import { useRunner } from './runner.ts';
import { useWhy } from './use-why.ts';

interface Props {
  readonly data: PageData;
  readonly subject: PageSubject;
  readonly recorded: Played;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly children: (
    fields: readonly FieldHistory[] | undefined,
    judged: VNode | null,
    whys: Whys | undefined,
  ) => VNode;
}

/**
 * The model's own view of a recorded path: all fields and all invariants at each step; nothing where it goes
 * otherwise.
 */
export const Live = ({ children, onStep, recorded, step, subject }: Props): VNode => {
  const looked = useLook(useRunner(), subject, recorded, {}, step);
  const whys = useWhy(looked, subject, recorded.onward?.stem ?? recorded.steps.length);
  if (looked.kind !== 'there' || firstUnlike(looked.situation, recorded) !== undefined) {
    return children(undefined, null, undefined);
  }
  const { fields, judgements } = looked.situation;
  const at = Math.min(step, recorded.steps.length);
  return children(
    fields,
    <Judgements judgements={judgements} first={subject.invariant} step={at} onStep={onStep} />,
    whys,
  );
};
